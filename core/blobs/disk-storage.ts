import { createWriteStream } from 'node:fs';
import { glob, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NotFoundError } from '../contract/errors.ts';
import type { BlobStorage } from './storage.ts';

/** Files in a folder, readable by the hub's user only. Every process of the hub must see the same folder. */
export function createDiskStorage(folder: string): BlobStorage {
  const root = resolve(folder);
  const pathOf = (location: string): string => {
    const path = resolve(root, location);
    if (!path.startsWith(root + sep)) throw new RangeError('a location lies within the storage');
    return path;
  };
  return {
    write: async (location, source, signal) => {
      const path = pathOf(location);
      const partial = `${path}.partial`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await pipeline(source, createWriteStream(partial, { mode: 0o600, flush: true }), { signal });
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      await flushFolder(dirname(path));
    },
    read: async (location, range) => {
      try {
        const file = await open(pathOf(location));
        return file.createReadStream(range && { start: range.first, end: range.last });
      } catch (error) {
        if (!isMissing(error)) throw error;
        throw new NotFoundError('A stored file is missing on disk', {
          remedy: 'Put the folder "blobs" of the data folder back from the backup.',
          cause: error,
        });
      }
    },
    remove: (location) => rm(pathOf(location), { force: true }),
    list: async function* () {
      for await (const location of glob('*/*/*', { cwd: root })) {
        const found = await stat(join(root, location)).catch(() => undefined);
        if (found?.isFile()) yield { location, changedAt: found.mtime };
      }
    },
  };
}

/** Only then does the file's name survive a power cut. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
