import { spawnSync } from 'node:child_process';

/**
 * Installs Redis where that needs nobody's password. Where it cannot be installed the tests that need it are skipped,
 * each with that reason in its name.
 */
export function ensureRedis(): void {
  if (succeeds(['redis-server', '--version']) || !succeeds(['apt-get', '--version'])) return;
  const asRoot = rootPrefix();
  if (asRoot === undefined) {
    console.error('Redis is missing: "sudo apt-get install redis-server" adds its tests to the run.');
    return;
  }
  console.error('Installing redis-server for the tests on Redis (once) ...');
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  succeeds([...apt, 'update']);
  succeeds([...apt, 'install', '-y', '--no-install-recommends', 'redis-server']);
  // The package starts a server of its own, which nobody asked for: the tests bring theirs.
  succeeds([...asRoot, 'systemctl', 'disable', '--now', 'redis-server']);
}

/** What goes before a command that only root may run; undefined when we may not become root. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return succeeds(['sudo', '-n', 'true']) ? ['sudo', '-n'] : undefined;
}

function succeeds([program, ...args]: readonly string[]): boolean {
  return program !== undefined && spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
