import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const HEAD_BYTES = 4100;

/** Writes a file under the folder, whole or not at all, and answers its size in bytes. */
export async function writeStored(
  folder: string,
  path: string,
  content: AsyncIterable<Buffer> | Buffer,
): Promise<number> {
  const target = inside(folder, path);
  const partial = `${target}.partial`;
  await mkdir(dirname(target), { recursive: true });
  const sink = createWriteStream(partial);
  try {
    await pipeline(Buffer.isBuffer(content) ? [content] : content, sink);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return sink.bytesWritten;
}

export function streamStored(folder: string, path: string): ReadStream {
  return createReadStream(inside(folder, path));
}

/** The first bytes of a file, enough to tell its type. */
export async function readHead(folder: string, path: string): Promise<Buffer> {
  const file = await open(inside(folder, path));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The content, or undefined when there is no such file. */
export async function readStored(folder: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(inside(folder, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function removeStored(folder: string, path: string): Promise<void> {
  await rm(inside(folder, path), { force: true, recursive: true });
}

/** The absolute path. Throws when it would leave the folder. */
function inside(folder: string, path: string): string {
  const root = resolve(folder);
  const target = resolve(root, path);
  if (!target.startsWith(root + sep)) throw new RangeError(`Path traversal detected for file: ${path}`);
  return target;
}
