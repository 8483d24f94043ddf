import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run screenshots`: pictures of every page of the console, light and dark, with the data of its tests, into docs/screenshots. */
const root = join(import.meta.dirname, '..');
const { status } = spawnSync(process.execPath, ['tools/test.ts', 'console/test/pages'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SCREENSHOTS: join(root, 'docs/screenshots') },
});
process.exitCode = status ?? 1;
