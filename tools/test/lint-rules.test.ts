import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const BOUNDARY = 'eslint(no-restricted-imports)';

const importing = (module: string) => `import { one } from '${module}';\nexport const two = one;\n`;
const environment = "export const port = process.env['PORT'];\n";
const logging = (message: string) =>
  `export function tell(log: { info: (fields: object, message: string) => void }, name: string): void {\n  log.info({ name }, ${message});\n}\n`;

/** What is done, where, and the rule that must refuse it. */
const refused: [what: string, path: string, text: string, rule: string][] = [
  ['another plugin', 'plugins/a/plugin.ts', importing('@switchboard/plugin-threecx'), BOUNDARY],
  ['another plugin by its path', 'plugins/b/jobs/copy.ts', importing('../../threecx/map.ts'), BOUNDARY],
  ['the inside of the core in a plugin', 'plugins/c/plugin.ts', importing('@switchboard/core'), BOUNDARY],
  ['the queue engine in a plugin', 'plugins/d/plugin.ts', importing('bullmq'), BOUNDARY],
  ['a stand-in in a plugin', 'plugins/e/plugin.ts', importing('@switchboard/sandbox/twenty'), BOUNDARY],
  ['the test harness in a plugin', 'plugins/f/plugin.ts', importing('@switchboard/testing/hub'), BOUNDARY],
  ['the queue engine in the core', 'core/host/a.ts', importing('ioredis'), BOUNDARY],
  ['a stand-in in the core', 'core/host/b.ts', importing('@switchboard/sandbox/twenty'), BOUNDARY],
  ['the hub in a stand-in', 'sandbox/twenty/a.ts', importing('@switchboard/core/contract'), BOUNDARY],
  ['nock beside the one harness', 'plugins/g/test/client.test.ts', importing('nock'), BOUNDARY],
  ['the environment beside the settings', 'core/http/a.ts', environment, 'node(no-process-env)'],
  ['a log message that varies', 'core/host/c.ts', logging('`Hello ${name}`'), 'switchboard(static-log-message)'],
];

const allowed: [what: string, path: string, text: string][] = [
  ['the contract in a plugin', 'plugins/h/map.ts', importing('@switchboard/core/contract')],
  ['the test harness in the tests of a plugin', 'plugins/h/test/x.test.ts', importing('@switchboard/testing/hub')],
  ['the queue engine in the queue', 'queue/bullmq/a.ts', importing('bullmq')],
  ['the environment in the settings', 'core/config/a.ts', environment],
  ['a fixed log message', 'core/host/d.ts', logging("'Hello'")],
];

describe('the lint rules', () => {
  let folder: string;
  /** Rules broken, by file. */
  let broken: Map<string, string[]>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-lint-'));
    for (const path of ['.oxlintrc.json', 'tsconfig.json', 'tools/lint-rules'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [, path, text] of [...refused, ...allowed]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    broken = lint(folder);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(refused)('refuse %s', (_what, path, _text, rule) => {
    expect(broken.get(path)).toContain(rule);
  });

  test.each(allowed)('allow %s', (_what, path) => {
    expect(broken.get(path) ?? []).toEqual([]);
  });
});

function lint(folder: string): Map<string, string[]> {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json', 'core', 'plugins', 'queue', 'sandbox'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const broken = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) broken.set(filename, [...(broken.get(filename) ?? []), code]);
  return broken;
}
