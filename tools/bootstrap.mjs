// Runs a TypeScript entry of this repository on the pinned Node 24, on any machine that has Node 20 or newer.
// Plain JavaScript without dependencies, because it is what installs them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled, markInstalled } from './install-stamp.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const runtime = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function install() {
  console.error('Installing dependencies (once, about a minute) ...');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0 || !existsSync(runtime)) {
    console.error(
      'Installing the dependencies failed: see the lines above, check the network and the free disk space, then run the same command again.',
    );
    process.exit(1);
  }
  markInstalled(root);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node ${process.versions.node} is too old: install Node 20 or newer, then run the same command again.`);
  process.exit(1);
}
if (!existsSync(runtime) || !isInstalled(root)) install();

const [entry, ...args] = process.argv.slice(2);
const child = spawn(runtime, [join(root, entry), ...args], {
  stdio: 'inherit',
  // Otherwise glibc keeps memory for each thread.
  env: { MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${dirname(runtime)}:${process.env.PATH}` },
});
// Ctrl-C reaches the child through the terminal's process group; kill(1) reaches only us, so pass it on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => {});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
