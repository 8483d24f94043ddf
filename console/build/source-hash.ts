import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the build follows from, from the root of the repository. */
const sources = ['console/src', 'console/build', 'console/index.html', 'console/vite.config.ts', 'package-lock.json'];

/** The same for the same sources, so that what is built need not be built again. */
export async function hashSources(root: string): Promise<string> {
  const paths = (await Promise.all(sources.map(async (source) => await listFiles(join(root, source))))).flat().sort();
  const hash = createHash('sha256');
  for (const path of paths) {
    hash.update(`${relative(root, path)}\0`);
    hash.update(await readFile(path));
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
