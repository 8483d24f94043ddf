import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig, readEnvironment, renderEnvExample } from '../../config/index.ts';
import type { Environment } from '../../config/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(() => rm(folder, { recursive: true }));

const load = (environment: Environment = {}) => loadConfig({ DATA_DIR: folder, ...environment });
const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');
const token = 'a token of at least thirty-two characters';
const ownDatabase = { DATABASE_URL: 'postgres://hub:pass@db.example.com/hub', HUB_KEY: key, OPERATOR_TOKEN: token };

test('a first start needs no settings: keys are made once, readable by their owner only', async () => {
  const first = load();
  expect(first).toMatchObject({
    host: '127.0.0.1',
    port: 4400,
    publicUrl: 'http://localhost:4400',
    databaseUrl: undefined,
  });
  expect(first.hubKeys[0]).toHaveLength(32);
  expect(first.operatorToken.length).toBeGreaterThanOrEqual(32);
  const second = load();
  expect(second.hubKeys).toEqual(first.hubKeys);
  expect(second.operatorToken).toBe(first.operatorToken);
  for (const file of ['hub.key', 'operator.token']) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
});

test('a line without a value is a setting that is not set', () => {
  expect(load({ PORT: '', HUB_KEY: '', REDIS_URL: '' })).toMatchObject({ port: 4400, redisUrl: undefined });
});

test('the environment comes before .env', async () => {
  await writeFile(join(folder, '.env'), 'PORT=5000\nSWITCHBOARD_TEST_ONLY="from the file"\n');
  process.env['PORT'] = '6000';
  try {
    expect(readEnvironment(folder)).toMatchObject({ PORT: '6000', SWITCHBOARD_TEST_ONLY: 'from the file' });
    expect(process.env['SWITCHBOARD_TEST_ONLY']).toBeUndefined();
  } finally {
    delete process.env['PORT'];
  }
});

test('the key may be in a file, and earlier keys follow the current one', async () => {
  const file = join(folder, 'mounted');
  await writeFile(file, `${key}\n`);
  const older = Buffer.from(key, 'base64').reverse();
  const { hubKeys } = load({ HUB_KEY_FILE: file, HUB_KEY_PREVIOUS: ` ${older.toString('base64')}` });
  expect(hubKeys).toEqual([Buffer.from(key, 'base64'), older]);
});

test.each([
  ['off', false],
  ['2', 2],
  ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
])('TRUST_PROXY=%s', (text, expected) => {
  expect(load({ TRUST_PROXY: text }).trustProxy).toEqual(expected);
});

test("the sandbox is on for a first start and off beside the owner's own database, unless told", () => {
  expect(load().sandbox.enabled).toBe(true);
  expect(load(ownDatabase).sandbox.enabled).toBe(false);
  expect(load({ ...ownDatabase, SANDBOX: 'on' }).sandbox.enabled).toBe(true);
  expect(load({ SANDBOX: 'off' }).sandbox.enabled).toBe(false);
});

describe('refuses, naming the variable, the problem and the remedy, without the value:', () => {
  test.each<[string, string, Environment, RegExp]>([
    ['a port that is no number', 'PORT', { PORT: '44oo' }, /whole number from 1 to 65535/],
    ['a port out of range', 'PORT', { PORT: '70000' }, /whole number from 1 to 65535/],
    ['a public address with a path', 'PUBLIC_URL', { PUBLIC_URL: 'https://hub.example.com/x' }, /without a path/],
    ['another kind of database', 'DATABASE_URL', { DATABASE_URL: 'mysql://hub:hunter2@db' }, /postgres:\/\//],
    ['another kind of queue', 'REDIS_URL', { REDIS_URL: 'amqp://hunter2' }, /redis:\/\//],
    ['a short key', 'HUB_KEY', { HUB_KEY: 'aHVudGVyMg==' }, /at least 32 random bytes/],
    ['a key that is one letter', 'HUB_KEY', { HUB_KEY: 'A'.repeat(44) }, /random/],
    ['a key that is no base64', 'HUB_KEY', { HUB_KEY: `hunter2 ${'x'.repeat(40)}` }, /base64/],
    ['a bad earlier key', 'HUB_KEY_PREVIOUS', { HUB_KEY_PREVIOUS: `${key},hunter2` }, /at least 32 random bytes/],
    ['two keys', 'HUB_KEY_FILE', { HUB_KEY: key, HUB_KEY_FILE: '/run/key' }, /together with HUB_KEY/],
    ['a key file that is not there', 'HUB_KEY_FILE', { HUB_KEY_FILE: '/nowhere/key' }, /cannot be read/],
    ['a short operator token', 'OPERATOR_TOKEN', { OPERATOR_TOKEN: 'hunter2' }, /at least 32 characters/],
    ['believing every proxy', 'TRUST_PROXY', { TRUST_PROXY: 'true' }, /number of proxies/],
    ['an unknown word', 'LOG_LEVEL', { LOG_LEVEL: 'loud' }, /debug, info, warn or error/],
    ['an own database without a key', 'HUB_KEY', { ...ownDatabase, HUB_KEY: '' }, /HUB_KEY is missing/],
    [
      'an own database without a token',
      'OPERATOR_TOKEN',
      { ...ownDatabase, OPERATOR_TOKEN: '' },
      /OPERATOR_TOKEN is missing/,
    ],
  ])('%s', (_what, field, environment, problem) => {
    expect.assertions(3);
    try {
      load(environment);
    } catch (error) {
      expect(error).toMatchObject({
        field,
        message: expect.stringMatching(problem),
        remedy: expect.stringContaining('.'),
      });
      expect(String(error)).toContain(field);
      expect(JSON.stringify([String(error), error])).not.toContain('hunter2');
    }
  });

  test.each(['', 'oops\n'])('a generated operator token that was damaged to %j', async (left) => {
    await writeFile(join(folder, 'operator.token'), left);
    expect(() => load()).toThrow(/operator\.token does not hold an operator token/);
  });

  test('a generated key that was damaged', async () => {
    await writeFile(join(folder, 'hub.key'), 'oops\n');
    expect(() => load()).toThrow(/hub\.key does not hold a master key/);
  });

  test('a data folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(() => load({ DATA_DIR: join(folder, 'file', 'data') })).toThrow(/cannot be (read|written)/);
  });
});

describe('.env.example', () => {
  test('names every setting once, explained', () => {
    const lines = renderEnvExample().split('\n');
    const names = lines.flatMap((line) => /^#([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['HOST', 'DATABASE_URL', 'REDIS_URL', 'HUB_KEY', 'SANDBOX', 'RETENTION_JOBS_DAYS']),
    );
    for (const [index, line] of lines.entries()) if (/^#[A-Z_]+=/.test(line)) expect(lines[index - 1]).toMatch(/^# \S/);
  });

  test('copied as it is, changes nothing', async () => {
    await writeFile(join(folder, '.env'), renderEnvExample());
    const example = await readFile(join(folder, '.env'), 'utf8');
    expect(example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
