import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    const { build } = await import('vite');
    await build({
      configFile: join(root, 'console/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: aside, emptyOutDir: true },
    });
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
