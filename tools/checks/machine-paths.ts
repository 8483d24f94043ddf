import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that exist on somebody's machine only; `/Users/Pbx.` begins the functions of an entity of 3CX. */
const MACHINE_PATH = /(?<![\w.])\/(?:Users\/(?!Pbx\.)\w|home\/\w|root\/|work\/\w|opt\/\w|var\/tmp\/\w)[\w./-]*/;
/** Paths inside the container, which are the same everywhere. */
const CONTAINER_FILES = new Set(['Dockerfile', 'docker-compose.yml']);
const LOCK = 'package-lock.json';

/** @returns one line per place in a file of the repository that names a path of one machine */
export async function findMachinePaths(root: string): Promise<string[]> {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  const files = listed.toString().split('\0').filter(Boolean);
  const found = await Promise.all(files.map(async (file) => (isExempt(file) ? [] : await search(root, file))));
  return found.flat();
}

function isExempt(file: string): boolean {
  return file === LOCK || CONTAINER_FILES.has(file) || file === 'tools/checks/machine-paths.ts';
}

async function search(root: string, file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line, index) => {
    const [path] = MACHINE_PATH.exec(line) ?? [];
    return path === undefined ? [] : [`${file}:${index + 1} names ${path}, which is a path of one machine.`];
  });
}
