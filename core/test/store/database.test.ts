import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testDatabase, waitFor } from '@switchboard/testing';
import type { TestDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { openDatabase } from '../../store/database.ts';

let schema: TestDatabase;

beforeAll(async () => {
  schema = await testDatabase();
});
afterAll(() => schema.close());

test('works in the schema of its connection string', async () => {
  const database = openDatabase(schema.url);
  await sql`create table fact as select 1 as id`.execute(database.db);
  expect((await schema.pool.query('select id from fact')).rows).toEqual([{ id: 1 }]);
  await database.close();
});

test('closes every connection, also when only the pool was used', async () => {
  const database = openDatabase(schema.url);
  await database.pool.query('select 1');
  await database.close();
  await expect(database.pool.query('select 1')).rejects.toThrow('after calling end on the pool');
  expect(database.pool.totalCount).toBe(0);
});

test('gives counts as numbers and calendar days as text', async () => {
  const database = openDatabase(schema.url);
  const { rows } = await sql`select count(*) as count, date '2026-02-28' as day`.execute(database.db);
  expect(rows).toEqual([{ count: 1, day: '2026-02-28' }]);
  await database.close();
});

test('a notification reaches every listener of its channel and no other, until it unsubscribes', async () => {
  const database = openDatabase(schema.url);
  const heard: string[] = [];
  const stop = await database.listen('first', (payload) => heard.push(`a ${payload}`));
  await database.listen('first', (payload) => heard.push(`b ${payload}`));
  await database.listen('second', (payload) => heard.push(`c ${payload}`));
  await schema.pool.query(`select pg_notify('first', 'one')`);
  await waitFor('both listeners', () => heard.length === 2);
  stop();
  await schema.pool.query(`select pg_notify('first', 'two')`);
  await schema.pool.query(`notify second`);
  await waitFor('the rest', () => heard.includes('c '));
  expect(heard).toEqual(['a one', 'b one', 'b two', 'c ']);
  await database.close();
});

test('a cut connection is opened again, and its listeners are told so that they can look for what they missed', async () => {
  const database = openDatabase(schema.url);
  const heard: string[] = [];
  let reconnected = 0;
  await database.listen(
    'cut',
    (payload) => heard.push(payload),
    () => (reconnected += 1),
  );
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen "cut"'`;
  expect((await schema.pool.query(cut)).rowCount).toBe(1);
  await waitFor('the reconnection', () => reconnected === 1);
  await schema.pool.query(`select pg_notify('cut', 'after')`);
  await waitFor('the notification', () => heard.length === 1);
  expect(heard).toEqual(['after']);
  await database.close();
});

test('the first listen fails at once when the database cannot be reached', async () => {
  const unreachable = new URL(schema.url);
  unreachable.port = '1';
  const database = openDatabase(unreachable.href);
  await expect(database.listen('any', () => {})).rejects.toThrow('ECONNREFUSED');
  await database.close();
});
