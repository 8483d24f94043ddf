import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hubDatabase, testDatabase } from '@switchboard/testing';
import type { TestDatabase } from '@switchboard/testing';
import pg from 'pg';
import { migrationFolders } from '../../store/migration-folders.ts';
import { migrate } from '../../store/migrate.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'migrate-'));
  await writeFile(join(folder, '001-fact.sql'), 'create table fact (id int primary key);');
  await writeFile(join(folder, '002-more.sql'), `insert into fact values (1); alter table fact add column name text;`);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const run = () => migrate(database.pool, [{ area: 'test', folder }]);
const facts = async () => (await database.pool.query('select * from fact')).rows;

test('applies what is missing, in order, once', async () => {
  expect(await run()).toEqual(['test/001-fact.sql', 'test/002-more.sql']);
  expect(await run()).toEqual([]);
  await writeFile(join(folder, '003-last.sql'), `update fact set name = 'last';`);
  expect(await run()).toEqual(['test/003-last.sql']);
  expect(await facts()).toEqual([{ id: 1, name: 'last' }]);
});

test('ten processes that start together apply each migration once', async () => {
  const applied = await Promise.all(Array.from({ length: 10 }, run));
  expect(applied.flat().sort()).toEqual(['test/001-fact.sql', 'test/002-more.sql']);
  expect(await facts()).toEqual([{ id: 1, name: null }]);
});

test('a migration that fails leaves nothing of itself, keeps the earlier ones, and can be repaired', async () => {
  await writeFile(join(folder, '003-broken.sql'), 'delete from fact; select no_such_function();');
  await expect(run()).rejects.toThrow(/"test\/003-broken\.sql" failed: function no_such_function\(\) does not exist/);
  expect(await facts()).toHaveLength(1);
  await writeFile(join(folder, '003-broken.sql'), 'delete from fact;');
  expect(await run()).toEqual(['test/003-broken.sql']);
});

describe('refuses, with the next step,', () => {
  test.each([
    ['nobody listens', (url: URL) => (url.port = '1'), /ECONNREFUSED/],
    ['the password is wrong', (url: URL) => (url.password = 'hunter2'), /password authentication failed/],
    ['there is no such database', (url: URL) => (url.pathname = '/nowhere'), /"nowhere" does not exist/],
  ])('a database that cannot be reached: %s', async (_why, spoil, reason) => {
    const url = new URL(database.url);
    spoil(url);
    const pool = new pg.Pool({ connectionString: url.href });
    await expect(migrate(pool, [])).rejects.toMatchObject({
      field: 'DATABASE_URL',
      message: expect.stringMatching(reason),
      remedy: expect.stringContaining('DATABASE_URL'),
    });
    await pool.end();
  });

  test('a database that a newer version has migrated', async () => {
    await run();
    await rm(join(folder, '002-more.sql'));
    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining('newer than this version of the hub: it already has "test/002-more.sql"'),
      remedy: expect.stringMatching(/newer version.*backup/),
    });
  });

  test('a file that was changed after it was applied', async () => {
    await run();
    await writeFile(join(folder, '001-fact.sql'), 'create table fact (id bigint primary key);');
    await expect(run()).rejects.toThrow(/"test\/001-fact\.sql" was changed/);
  });
});

test('tables of a plugin that is not here any more do not keep the hub from starting', async () => {
  await run();
  expect(await migrate(database.pool, [{ area: 'other', folder: await mkdtemp(join(tmpdir(), 'none-')) }])).toEqual([]);
});

test("the hub's own migrations apply to an empty schema and name no schema", async () => {
  const hub = await hubDatabase();
  const { rows } = await hub.pool.query(
    `select table_schema = current_schema() as own from information_schema.tables where table_name = 'tenant' and table_schema = current_schema()`,
  );
  expect(rows).toEqual([{ own: true }]);
  expect(await migrate(hub.pool, migrationFolders)).toEqual([]);
  await hub.close();
});
