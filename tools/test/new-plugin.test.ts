import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findFolderProblems } from '../checks/plugin-folders.ts';
import { createPlugin } from '../new-plugin/create-plugin.ts';

const repository = join(import.meta.dirname, '../..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchboard-plugin-'));
  mkdirSync(join(root, 'plugins'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('npm run new-plugin', () => {
  test.each([
    [undefined, 'Name the plugin'],
    ['Acme', 'cannot be the name'],
    ['../acme', 'cannot be the name'],
    ['acme--mail', 'cannot be the name'],
    ['a'.repeat(33), 'at most 32'],
    ['crm', 'part of the hub'],
  ])('refuses the name %s in one sentence', async (id, sentence) => {
    await expect(createPlugin(root, id)).rejects.toThrow(sentence);
  });

  test('never touches a folder that is there', async () => {
    mkdirSync(join(root, 'plugins/acme'));
    await expect(createPlugin(root, 'acme')).rejects.toThrow('exists already');
  });

  test('makes a complete folder that passes lint, types, conformance and its own tests', async () => {
    borrowRepository();
    await createPlugin(root, 'door-bell');
    expect(await findFolderProblems(root)).toEqual([]);
    expectToPass('oxlint/bin/oxlint', 'plugins');
    expectToPass('typescript/bin/tsc', '-p', '.');
    const output = expectToPass('jest/bin/jest.js', `--rootDir=${root}`, '--runInBand', '--verbose', 'plugins');
    expect(output).toContain('door-bell keeps the plugin contract');
  }, 240_000);
});

/** What a plugin finds around it; the hub itself comes through node_modules, from where it is. */
function borrowRepository(): void {
  for (const path of ['.oxlintrc.json', 'jest.config.mjs', 'tools/lint-rules'])
    cpSync(join(repository, path), join(root, path), { recursive: true });
  for (const path of ['node_modules', 'testing']) symlinkSync(join(repository, path), join(root, path));
  const settings = { extends: join(repository, 'tsconfig.json'), include: ['plugins'], exclude: [] };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(settings));
}

/** @returns what the tool printed */
function expectToPass(tool: string, ...args: string[]): string {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(repository, 'node_modules', tool), ...args],
    { cwd: root, encoding: 'utf8' },
  );
  const output = stdout + stderr;
  expect(status === 0 ? '' : output).toBe('');
  return output;
}
