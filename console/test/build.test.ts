import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';

/** What people wait for before the first page is there, and that pages ask for nothing that the hub does not offer. */

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'console/dist');
/** Scripts and styles of the frame, compressed; a page adds its own few kilobytes. */
const BUDGET_KB = 240;

type Chunk = {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
};

let chunks: Readonly<Record<string, Chunk>>;

beforeAll(async () => {
  const built = spawnSync(process.execPath, ['console/build/main.ts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The console cannot be built:\n${built.stderr}`);
  chunks = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as typeof chunks;
}, 180_000);

/** All that is loaded before the first line of the frame runs. */
function initial(name: string, seen = new Set<string>()): Set<string> {
  const { file, imports = [], css = [] } = chunks[name]!;
  if (seen.has(file)) return seen;
  for (const one of [file, ...css]) seen.add(one);
  for (const one of imports) initial(one, seen);
  return seen;
}

test('the frame stays within its budget, and charts come later', async () => {
  const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry === true)!;
  const files = [...initial(entry)];
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(folder, `${file}.gz`)).catch(() => stat(join(folder, file)))).size),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0) / 1024).toBeLessThan(BUDGET_KB);
  expect(files.some((file) => file.includes('engine'))).toBe(false);
});

test('every request of a page is in the description of the hub', async () => {
  const { paths } = JSON.parse(await readFile(join(root, 'docs/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const asked: string[] = [];
  for (const name of await readdir(join(root, 'console/src/api'))) {
    const source = await readFile(join(root, 'console/src/api', name), 'utf8');
    for (const [, method = '', path = ''] of source.matchAll(/'(GET|POST|PUT|PATCH|DELETE)',\s*'(\/tenants[^']*)'/g)) {
      asked.push(`${method} ${path}`);
    }
  }
  expect(asked.length).toBeGreaterThan(20);
  const offered = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/console/v1', '')}`),
  );
  expect(asked.filter((one) => !offered.includes(one))).toEqual([]);
});
