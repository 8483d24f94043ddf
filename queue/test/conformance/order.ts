import { expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';

import { failure, note, textOf, untilState } from '../support.ts';
import type { QueueUnderTest } from '../support.ts';

/** What runs before what: serialize keys, lanes, fairness, pauses, delays. */
export function describeOrder(it: () => QueueUnderTest): void {
  test('runs jobs of one serialize key one at a time and in order, also across retries', async () => {
    const seen: string[] = [];
    let running = 0;
    let overlaps = 0;
    await it().work(async (context) => {
      running += 1;
      overlaps += running > 1 ? 1 : 0;
      const text = textOf(context);
      seen.push(text);
      await new Promise(setImmediate);
      running -= 1;
      if (text === '3' && context.attempt === 1) throw failure('backoff');
      if (text === '5') throw failure('never');
    });
    const texts = Array.from({ length: 12 }, (_, n) => String(n));
    const jobs = await it().queue.enqueueMany(texts.map((text) => ({ ...note(text), payload: { text, key: 'call' } })));
    await untilState(it(), jobs[11]!.id, 'done');
    expect(overlaps).toBe(0);
    expect(seen).toEqual(['0', '1', '2', '3', '3', ...texts.slice(4)]);
  });

  test('a long line behind one serialize key does not hold up the rest of the tenant', async () => {
    const hold = Promise.withResolvers<void>();
    const seen: string[] = [];
    await it().work(async (context) => {
      if (textOf(context) === 'head') await hold.promise;
      seen.push(textOf(context));
    });
    const serial = (text: string) => ({ ...note(text), payload: { text, key: 'busy' } });
    const line = Array.from({ length: 120 }, (_, n) => serial(`line ${n}`));
    await it().queue.enqueueMany([serial('head'), ...line, note('free')]);
    await waitFor('the free one', () => seen.includes('free'));
    expect(seen).toEqual(['free']);
    hold.resolve();
    await waitFor('the line', () => seen.length === 122, 60_000);
    expect(seen.slice(2)).toEqual(line.map(({ payload }) => payload.text));
  }, 90_000);

  test('runs the live lane while bulk work holds all slots of its own', async () => {
    const hold = Promise.withResolvers<void>();
    await it().work(({ job }) => (job.lane === 'bulk' ? hold.promise : undefined), {
      concurrency: { live: 1, normal: 1, bulk: 2 },
    });
    const bulk = await it().queue.enqueueMany(
      Array.from({ length: 20 }, (_, n) => ({ ...note(`bulk ${n}`), lane: 'bulk' as const })),
    );
    await waitFor('bulk to run', async () => (await it().queue.stats()).running.bulk > 0);
    const live = await it().queue.enqueue({ ...note('ringing'), lane: 'live' });
    await untilState(it(), live.id, 'done');
    hold.resolve();
    await untilState(it(), bulk[19]!.id, 'done');
  });

  test('fifty tenants with ten jobs each are done when one with ten thousand has had about as many', async () => {
    const order: string[] = [];
    await it().queue.pause('test', 'big');
    await it().work(({ job }) => void order.push(job.tenantId!), { concurrency: { live: 0, normal: 10, bulk: 0 } });
    const inputs = (tenantId: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...note(`${n}`), tenantId }));
    for (let batch = 0; batch < 10; batch += 1) {
      await it().queue.enqueueMany(inputs('big', 10_000).slice(batch * 1000, (batch + 1) * 1000));
    }
    await it().queue.resume('test', 'big');
    await waitFor('the big tenant to be under way', () => order.length > 20);
    const before = order.length;
    const small = Array.from({ length: 50 }, (_, n) => inputs(`small ${n}`, 10));
    await it().queue.enqueueMany(small.flat());
    await waitFor('the small tenants', () => order.filter((tenant) => tenant !== 'big').length === 500, 60_000);
    const bigMeanwhile = order.slice(before).filter((tenant) => tenant === 'big').length;
    // In equal turns the big one gets one of fifty-one, plus what was in flight when the others came.
    expect(bigMeanwhile).toBeLessThan(150);
  }, 90_000);

  test('a paused owner’s jobs wait without using attempts and run when it is resumed', async () => {
    await it().queue.pause('test', 'tenant-a', 'maintenance');
    await it().work(() => {});
    const paused = await it().queue.enqueue(note('paused'));
    const other = await it().queue.enqueue({ ...note('other'), tenantId: 'tenant-b' });
    await untilState(it(), other.id, 'done');
    expect(await it().queue.get(paused.id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await it().queue.resume('test', 'tenant-a');
    await untilState(it(), paused.id, 'done');
  });

  test('runs a delayed job when its time has come', async () => {
    const work = await it().work(() => {});
    const delayed = await it().queue.enqueue({ ...note('later'), delayMs: 3_600_000 });
    const now = await it().queue.enqueue(note('now'));
    await untilState(it(), now.id, 'done');
    expect(work.kinds(delayed.id)).toEqual([]);
    await it().makeDue();
    await untilState(it(), delayed.id, 'done');
  });

  test('counts what waits by owner and lane, and says how long the oldest has been due', async () => {
    await it().queue.enqueueMany([note('1'), note('2'), { ...note('3'), owner: 'other', lane: 'bulk' }]);
    await it().database.pool.query("update job set run_at = now() - interval '1 minute'");
    const stats = await it().queue.stats();
    expect(stats.counts).toEqual([
      { state: 'waiting', owner: 'other', lane: 'bulk', count: 1 },
      { state: 'waiting', owner: 'test', lane: 'normal', count: 2 },
    ]);
    expect(stats.oldestDueSeconds.normal).toBeGreaterThan(59);
    expect(stats.oldestDueSeconds.live).toBe(0);
    expect(stats.backend).toMatchObject({ ok: true });
  });
}
