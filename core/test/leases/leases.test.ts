import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase, waitFor } from '@switchboard/testing';
import { createLeases } from '../../leases/leases.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let database: Awaited<ReturnType<typeof hubDatabase>>;

beforeAll(async () => {
  database = await hubDatabase();
});
afterAll(async () => await database.close());

function process_(ttlMs = 600) {
  return { leases: createLeases({ db: database.db, log: silent, ttlMs }), stop: new AbortController() };
}

function until(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

test('of two processes one works, and the other takes over when the first stops', async () => {
  const [first, second] = [process_(), process_()];
  const working = new Set<string>();
  const work = (name: string) => async (signal: AbortSignal) => {
    working.add(name);
    await until(signal);
    working.delete(name);
  };
  const one = first.leases.hold('tenant-a', work('first'), first.stop.signal);
  await waitFor('the first to work', () => working.has('first'));
  const two = second.leases.hold('tenant-a', work('second'), second.stop.signal);
  await sleep(800);
  expect([...working]).toEqual(['first']);
  first.stop.abort();
  await one;
  await waitFor('the second to take over', () => working.has('second'));
  expect([...working]).toEqual(['second']);
  second.stop.abort();
  await two;
});

test('a hold that is stopped while it takes the lease ends, and leaves the lease to others', async () => {
  const [first, second] = [process_(), process_()];
  let begun = 0;
  const work = async (signal: AbortSignal) => {
    begun += 1;
    await until(signal);
  };
  const one = first.leases.hold('tenant-b', work, first.stop.signal);
  first.stop.abort();
  await one;
  expect(begun).toBe(0);
  const two = second.leases.hold('tenant-b', work, second.stop.signal);
  await waitFor('the other to work', () => begun === 1);
  second.stop.abort();
  await two;
});

test('a lease whose holder died passes to another process after its time', async () => {
  await database.db
    .insertInto('lease')
    .values({ name: 'orphan', holder: '00000000-0000-4000-8000-000000000001', expires_at: new Date(Date.now() + 500) })
    .execute();
  const { leases, stop } = process_();
  let held = false;
  const holding = leases.hold(
    'orphan',
    async (signal) => {
      held = true;
      await until(signal);
    },
    stop.signal,
  );
  expect(held).toBe(false);
  await waitFor('the lease to pass', () => held);
  stop.abort();
  await holding;
});

test('work whose lease passed to another process is aborted', async () => {
  const { leases, stop } = process_();
  let reason: unknown;
  const holding = leases.hold(
    'stolen',
    async (signal) => {
      await until(signal);
      reason ??= signal.reason;
    },
    stop.signal,
  );
  await waitFor('the lease to be taken', async () =>
    database.db.selectFrom('lease').select('name').where('name', '=', 'stolen').executeTakeFirst(),
  );
  await database.db
    .updateTable('lease')
    .set({ holder: '00000000-0000-4000-8000-000000000002', expires_at: new Date(Date.now() + 60_000) })
    .where('name', '=', 'stolen')
    .execute();
  await waitFor('the work to be aborted', () => reason);
  expect(String(reason)).toContain('passed to another process');
  stop.abort();
  await holding;
});

test('work that fails runs again', async () => {
  const { leases, stop } = process_();
  let runs = 0;
  const holding = leases.hold(
    'failing',
    async () => {
      runs += 1;
      throw new Error('broken link');
    },
    stop.signal,
  );
  await waitFor('the second run', () => runs >= 2);
  stop.abort();
  await holding;
});
