import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `npm run screenshots`: pictures of every page of the console, as its tests see them, into docs/screenshots. */
const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs/screenshots');
await rm(folder, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['tools/test.ts', 'console/test/'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SCREENSHOTS: folder },
});
process.exitCode = status ?? 1;
