import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What every plugin folder has, so that whoever knows one finds the way in all. */
const REQUIRED = ['package.json', 'plugin.ts', 'config.ts', 'README.md', 'test/conformance.test.ts'];
/** `plugin.ts` is definition and wiring only. */
const LONGEST_DEFINITION = 60;

/** The ids of the plugins: the folders below `plugins/`. */
export async function listPlugins(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'plugins'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** @returns one sentence per thing that a plugin folder lacks */
export async function findFolderProblems(root: string): Promise<string[]> {
  const found = await Promise.all((await listPlugins(root)).map(async (id) => await examine(root, id)));
  return found.flat();
}

async function examine(root: string, id: string): Promise<string[]> {
  const folder = join(root, 'plugins', id);
  const files = new Set(await readdir(folder, { recursive: true }));
  const missing = REQUIRED.filter((file) => !files.has(file));
  if (missing.length > 0) return [`plugins/${id} lacks ${missing.join(', ')}.`];
  const problems: string[] = [];
  const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string };
  if (name !== `@switchboard/plugin-${id}`)
    problems.push(`plugins/${id}/package.json: the name must be @switchboard/plugin-${id}.`);
  const lines = (await readFile(join(folder, 'plugin.ts'), 'utf8')).split('\n').length - 1;
  if (lines > LONGEST_DEFINITION)
    problems.push(`plugins/${id}/plugin.ts has ${lines} lines; at most ${LONGEST_DEFINITION}: move code out of it.`);
  return problems;
}
