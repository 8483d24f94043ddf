import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { understand } from '../../understand/understand.ts';
import expected from './expected.json' with { type: 'json' };

/** Messages written the way each client, server and gateway writes them, each with what has to be understood of it. */
const corpus = join(import.meta.dirname, '..', 'corpus');

test('every message of the corpus has its expectation', async () => {
  const files = (await readdir(corpus)).filter((file) => file.endsWith('.eml')).map((file) => file.slice(0, -4));
  expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(Object.entries(expected))('%s', async (name, wanted) => {
  const understood = await understand(await readFile(join(corpus, `${name}.eml`)));
  expect(understood).toMatchObject(wanted);
});
