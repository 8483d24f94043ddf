import { spawnSync } from 'node:child_process';

/** Programs that tests run beside the hub, the packages of Debian that bring them, and what each answers where it is there. */
const PROGRAMS = [
  { program: 'redis-server', packages: 'redis-server', tests: 'on Redis', asks: '--version' },
  { program: 'chromium', packages: 'chromium', tests: 'in a browser', asks: '--version' },
  { program: 'dovecot', packages: 'dovecot-imapd', tests: 'on a mail server', asks: '--version' },
  { program: 'flite', packages: 'flite', tests: 'with somebody who speaks', asks: '-lv' },
] as const;

/**
 * Installs what tests need where that needs nobody's password. Where it cannot be installed those tests are skipped, each with that
 * reason in its name.
 */
export function ensurePrograms(): void {
  const missing = PROGRAMS.filter(({ program, asks }) => !succeeds([program, asks]));
  if (missing.length === 0 || !succeeds(['apt-get', '--version'])) return;
  const names = missing.map(({ packages }) => packages);
  const asRoot = rootPrefix();
  if (asRoot === undefined) {
    console.error(`Missing: "sudo apt-get install ${names.join(' ')}" adds the tests ${list(missing)} to the run.`);
    return;
  }
  console.error(`Installing ${names.join(' and ')} for the tests ${list(missing)} (once) ...`);
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  succeeds([...apt, 'update']);
  succeeds([...apt, 'install', '-y', '--no-install-recommends', ...names]);
  // Their packages start servers of their own, which nobody asked for: the tests bring theirs.
  for (const { program } of missing) {
    if (program !== 'chromium') succeeds([...asRoot, 'systemctl', 'disable', '--now', program]);
  }
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
