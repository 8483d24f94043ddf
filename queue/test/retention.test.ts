import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTables } from '../database.ts';
import { forgetKeys, removeOld } from '../sql/sweep.ts';
import { note, openQueueUnderTest } from './support.ts';
import type { QueueUnderTest } from './support.ts';

let it: QueueUnderTest;

beforeAll(async () => {
  it = await openQueueUnderTest((connectionString) => ({ kind: 'postgres', connectionString }));
});
afterAll(async () => await it.close());

const keys = async (): Promise<number> => (await it.database.pool.query('select from job_key')).rowCount ?? 0;

test('a key outlives its job, and is forgotten when its own time is over', async () => {
  const { pool } = it.database;
  const db = openTables(pool);
  await it.queue.enqueue(note('once'));
  await pool.query("update job set state = 'done', finished_at = now() - interval '31 days'");

  await removeOld(db, 30);
  await forgetKeys(db, 400);
  expect((await it.queue.enqueue(note('once'))).duplicate).toBe(true);

  await pool.query("update job_key set kept_at = now() - interval '401 days'");
  await forgetKeys(db, 400);
  expect(await keys()).toBe(0);
  expect((await it.queue.enqueue(note('once'))).duplicate).toBe(false);
});
