import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createThreads, ThreadError, type Threads } from '../embedded/threads.ts';
import { shareThreads } from '../embedded/shared-threads.ts';

let threads: Threads;
beforeAll(() => {
  const worker = new URL('./fixtures/broken-worker.ts', import.meta.url);
  threads = createThreads({ threads: 1, timeLimitMs: 3_000, worker });
});
afterAll(async () => await threads.close());

const order = async (what: number, signal = new AbortController().signal) =>
  await threads.write({ audio: Float32Array.of(what), rate: 16_000 }, signal);

test.each([
  ['hangs', 1, 'hangs'],
  ['ends its thread', 2, 'crashes'],
  ['throws', 3, 'crashes'],
] as const)('an engine that %s fails for that part, and goes on with the next', async (_, what, reason) => {
  const failure: unknown = await order(what).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ThreadError);
  expect(failure).toMatchObject({ reason });
  expect(await order(0)).toMatchObject({ text: 'Hello.' });
});

test('who stops the work hears why, and not that the engine is broken', async () => {
  const stop = new AbortController();
  const work = order(1, stop.signal);
  stop.abort(new Error('shutting down'));
  await expect(work).rejects.toThrow('shutting down');
});

test('threads that are shared end with the last holder', async () => {
  let closed = 0;
  const shared = shareThreads(() => ({ ...threads, close: () => Promise.resolve(void (closed += 1)) }));
  expect(shared.hold()).toBe(shared.hold());
  await shared.release();
  expect(closed).toBe(0);
  await shared.release();
  expect(closed).toBe(1);
});
