import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase, waitFor } from '@switchboard/testing';
import { z } from 'zod';
import { createQueue, defineJob } from '../index.ts';
import { type Link, openLink } from './link.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ring = defineJob({ name: 'test.ring', payload: z.object({}) });
let database: Awaited<ReturnType<typeof hubDatabase>>;
let link: Link;

beforeAll(async () => {
  database = await hubDatabase();
  link = await openLink(database.url);
});
afterAll(async () => {
  await link.close();
  await database.pool.query('drop schema if exists bullmq_patient cascade');
  await database.close();
});

test('a queue whose connection breaks while BullMQ prepares its schema works once the connection is back', async () => {
  link.cut();
  const queue = await createQueue({
    database,
    backend: { kind: 'postgres', connectionString: link.url, schema: 'bullmq_patient' },
    log: silent,
  });
  let ran = 0;
  await queue.work({ resolve: () => ({ type: ring, run: async () => void (ran += 1) }) });
  await queue.enqueue({ type: ring, payload: {}, tenantId: null, owner: 'core', dedupeKey: 'once' });
  await waitFor('the backend to be found unwell', async () => !(await queue.stats()).backend.ok);
  link.mend();
  await waitFor('the job to run', () => ran > 0, 25_000);
  await waitFor('the job to be over', async () => (await queue.stats()).counts.length === 0);
  expect(ran).toBe(1);
  expect((await queue.stats()).backend.ok).toBe(true);
  await queue.close();
}, 60_000);
