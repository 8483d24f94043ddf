import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compressFolder } from './compress.ts';
import { hashSources } from './source-hash.ts';

const root = join(import.meta.dirname, '../..');
const target = join(root, 'console/dist');
const stamp = (folder: string) => join(folder, 'source-hash');

/** Builds the pages into `console/dist` unless they are there already. @returns whether there was anything to do */
export async function buildConsole(): Promise<boolean> {
  const hash = await hashSources(root);
  if ((await readFile(stamp(target), 'utf8').catch(() => '')) === hash) return false;
  // Built aside and moved when whole: a build that was killed, or a second one beside it, leaves no half of one.
  const aside = join(root, 'console', `dist.${process.pid}`);
  try {
    await runVite(aside);
    await compressFolder(join(aside, 'assets'));
    await writeFile(stamp(aside), hash);
    await mkdir(target, { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return true;
}

/** In a process of its own, because the environment of whoever asks (a test, a development server) would end up in the pages. */
async function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', outDir], {
    cwd: join(root, 'console'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The console cannot be built: see the lines above');
}
