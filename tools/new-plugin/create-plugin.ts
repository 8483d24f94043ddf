import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A plugin with the id `acme`, checked and tested like any other; new ones are copies of it with their own name. */
const template = join(import.meta.dirname, '../plugin-template');

/** Names that mean something else in addresses, jobs or secrets. */
const RESERVED = ['core', 'crm', 'hub', 'queue', 'sandbox'];
const LONGEST_ID = 32;

/**
 * Writes `plugins/ID` below the root.
 * @returns the files, relative to the new folder
 * @throws Error with one sentence when the name cannot be used
 */
export async function createPlugin(root: string, id: string | undefined): Promise<string[]> {
  const name = checkId(id);
  const folder = join(root, 'plugins', name);
  if (existsSync(folder))
    throw new Error(`plugins/${name} exists already: choose another name, or change what is there.`);
  const files = await listFiles();
  for (const file of files) {
    const text = await readFile(join(template, file), 'utf8');
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), rename(text, name));
  }
  return files;
}

function checkId(id: string | undefined): string {
  if (id === undefined) throw new Error('Name the plugin: npm run new-plugin acme');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > LONGEST_ID)
    throw new Error(
      `"${id}" cannot be the name of a plugin: use at most ${LONGEST_ID} small letters and digits, parts joined by "-", beginning with a letter.`,
    );
  if (RESERVED.includes(id)) throw new Error(`"${id}" is the name of a part of the hub: choose another one.`);
  return id;
}

async function listFiles(): Promise<string[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(template.length + 1))
    .toSorted();
}

function rename(text: string, id: string): string {
  const title = id
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
  return text.replaceAll('acme', id).replaceAll('Acme', title);
}
