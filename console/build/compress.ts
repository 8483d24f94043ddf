import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(?:js|mjs|css|svg|json)$/;
const brotli = promisify(brotliCompress);
const squeeze = {
  br: async (content: Buffer) =>
    await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: qualityFor(content) } }),
  gz: promisify(gzip),
};

/** The best takes ten seconds for the coasts of the map, to save a tenth of them. */
function qualityFor({ length }: Buffer): number {
  return length > 300_000 ? 9 : constants.BROTLI_MAX_QUALITY;
}

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
