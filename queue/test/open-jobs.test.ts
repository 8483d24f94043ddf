import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import type { OpenJobs } from '../index.ts';
import { failure, note, openQueueUnderTest, textOf } from './support.ts';
import type { QueueUnderTest } from './support.ts';

/** What somebody sees of jobs that are not over yet. */

let it: QueueUnderTest;
const gate = Promise.withResolvers<void>();

beforeAll(async () => {
  it = await openQueueUnderTest((connectionString) => ({ kind: 'postgres', connectionString }));
});
afterAll(async () => {
  gate.resolve();
  await it?.close();
});

const tenantId = 'tenant-a';
const list: OpenJobs['list'] = async (filter, page) => await it.queue.openJobs.list(filter, page);

test('tells how each job stands, why, and since or until when; of one tenant, without what is over', async () => {
  const { queue } = it;
  await queue.pause('off', tenantId);
  await queue.enqueueMany([
    { ...note('stands still'), owner: 'off' },
    { ...note('fails'), lane: 'live' },
    { ...note('hangs'), lane: 'bulk' },
    { ...note('tomorrow'), delayMs: 86_400_000 },
    note('is done'),
    { ...note('of another'), tenantId: 'tenant-b', delayMs: 86_400_000 },
    { ...note('of the hub'), tenantId: null, delayMs: 86_400_000 },
  ]);
  await it.work(async (context) => {
    if (textOf(context) === 'fails') throw failure({ afterMs: 3_600_000 }, 'upstream', 'nobody answers');
    if (textOf(context) === 'hangs') await gate.promise;
  });
  const states = async () => (await list({ tenantId })).items.map(({ state }) => state);
  await waitFor('each to stand', async () => (await states()).join(' ') === 'waiting retrying running scheduled');
  const { items, next } = await list({ tenantId });
  expect(next).toBeUndefined();
  expect(items).toMatchObject([
    {
      state: 'waiting',
      owner: 'off',
      lane: 'normal',
      isPaused: true,
      attempts: 0,
      startedAt: null,
      errorMessage: null,
    },
    { state: 'retrying', owner: 'test', lane: 'live', isPaused: false, errorMessage: 'nobody answers' },
    { state: 'running', owner: 'test', lane: 'bulk', attempts: 1, startedAt: expect.any(Date) },
    { state: 'scheduled', owner: 'test', lane: 'normal', attempts: 0, type: 'test.note' },
  ]);
  expect(items.every((job) => !('payload' in job) && !('dedupeKey' in job))).toBe(true);
  const none = { running: 0, waiting: 0, retrying: 0, scheduled: 0 };
  expect(await it.queue.openJobs.countByLane(tenantId)).toEqual([
    { ...none, lane: 'live', retrying: 1 },
    { ...none, lane: 'normal', waiting: 1, scheduled: 1 },
    { ...none, lane: 'bulk', running: 1 },
  ]);
  for (const job of items) {
    expect((await list({ tenantId, state: job.state })).items).toEqual([job]);
  }
  expect((await list({ tenantId, owner: 'off' })).items).toEqual([items[0]]);
  expect((await list({ tenantId, type: 'test.other' })).items).toEqual([]);
  expect((await list({ tenantId: null })).items).toHaveLength(1);
});

test('goes on where a page ended, whatever was enqueued or ended meanwhile', async () => {
  const tenant = { tenantId: 'tenant-c' };
  const later = (text: string) => ({ ...note(text), ...tenant, delayMs: 86_400_000 });
  const enqueued = await it.queue.enqueueMany(['1', '2', '3', '4', '5'].map(later));
  const first = await list(tenant, { limit: 2 });
  await it.database.pool.query("update job set state = 'done', finished_at = now() where id = $1", [
    first.items[1]?.id,
  ]);
  await it.queue.enqueue({ ...later('6'), lane: 'live' });
  const second = await list(tenant, { limit: 3, after: String(first.next) });
  const third = await list(tenant, { limit: 3, after: String(second.next) });
  const ids = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
  expect(ids.slice(0, 5)).toEqual(enqueued.map(({ id }) => id));
  expect(ids).toHaveLength(6);
  expect(third.next).toBeUndefined();
});
