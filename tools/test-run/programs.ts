import { spawnSync } from 'node:child_process';

/** Programs that tests run beside the hub, as Debian names them and their packages. */
const PROGRAMS = [
  { program: 'redis-server', tests: 'on Redis' },
  { program: 'chromium', tests: 'in a browser' },
] as const;

/**
 * Installs what tests need where that needs nobody's password. Where it cannot be installed those tests are skipped, each with that
 * reason in its name.
 */
export function ensurePrograms(): void {
  const missing = PROGRAMS.filter(({ program }) => !succeeds([program, '--version']));
  if (missing.length === 0 || !succeeds(['apt-get', '--version'])) return;
  const names = missing.map(({ program }) => program);
  const asRoot = rootPrefix();
  if (asRoot === undefined) {
    console.error(`Missing: "sudo apt-get install ${names.join(' ')}" adds the tests ${list(missing)} to the run.`);
    return;
  }
  console.error(`Installing ${names.join(' and ')} for the tests ${list(missing)} (once) ...`);
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  succeeds([...apt, 'update']);
  succeeds([...apt, 'install', '-y', '--no-install-recommends', ...names]);
  // The package starts a server of its own, which nobody asked for: the tests bring theirs.
  if (names.includes('redis-server')) succeeds([...asRoot, 'systemctl', 'disable', '--now', 'redis-server']);
}

function list(programs: readonly (typeof PROGRAMS)[number][]): string {
  return programs.map(({ tests }) => tests).join(' and ');
}

/** What goes before a command that only root may run; undefined when we may not become root. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return succeeds(['sudo', '-n', 'true']) ? ['sudo', '-n'] : undefined;
}

function succeeds([program, ...args]: readonly string[]): boolean {
  return program !== undefined && spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
