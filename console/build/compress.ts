import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const compressible = /\.(?:js|css|svg)$/;
const squeeze = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Puts `name.br` and `name.gz` beside every file that gets smaller, so that the hub compresses nothing while people wait. */
export async function compressFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!compressible.test(name)) continue;
    const content = await readFile(join(folder, name));
    for (const [ending, run] of Object.entries(squeeze)) {
      const smaller = await run(content);
      if (smaller.length < content.length) await writeFile(join(folder, `${name}.${ending}`), smaller);
    }
  }
}
