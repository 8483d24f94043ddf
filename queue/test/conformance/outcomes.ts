import { expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { z } from 'zod';

import { defineJob } from '../../index.ts';
import { failure, note, noteType, startWork, stateOf, textOf, untilState } from '../support.ts';
import type { QueueUnderTest } from '../support.ts';

/** What becomes of a run: retries, pauses, dead letters. */
export function describeOutcomes(it: () => QueueUnderTest): void {
  test('makes a dead letter of a payload that a newer version no longer takes', async () => {
    const { id } = await it().queue.enqueue(note('old'));
    const newer = defineJob({ name: noteType.name, payload: z.object({ subject: z.string() }) });
    await startWork(it().queue, newer, () => {});
    await untilState(it(), id, 'dead');
    expect(await it().queue.deadLetters.get(id)).toMatchObject({ errorCode: 'payload', attempts: 1 });
  });

  test('never retries what must not be retried', async () => {
    await it().work(() => Promise.reject(failure('never', 'refused', 'no such customer')));
    const { id } = await it().queue.enqueue(note('x'));
    await untilState(it(), id, 'dead');
    expect(await it().queue.deadLetters.get(id)).toMatchObject({
      owner: 'test',
      tenantId: 'tenant-a',
      type: 'test.note',
      attempts: 1,
      errorCode: 'refused',
      errorMessage: 'no such customer',
    });
  });

  test('backs off until the attempts are used up, then makes a dead letter', async () => {
    const work = await it().work(() => Promise.reject(new Error('unknown trouble')));
    const { id } = await it().queue.enqueue({ ...note('x'), type: { ...noteType, attempts: 3 } });
    for (const runs of [1, 2]) {
      await waitFor(`run ${runs}`, () => work.kinds(id).length === runs);
      await it().makeDue();
    }
    await untilState(it(), id, 'dead');
    await waitFor('the last outcome', () => work.kinds(id).length === 3);
    expect(work.kinds(id)).toEqual(['retry', 'retry', 'dead']);
    expect(work.outcomes[1]?.delayMs).toBeGreaterThan(work.outcomes[0]!.delayMs);
  });

  test('runs later without using an attempt when the error names the time', async () => {
    let runs = 0;
    const work = await it().work(({ attempt }) => {
      runs += 1;
      expect(attempt).toBe(1);
      if (runs < 4) throw failure({ afterMs: 250 });
    });
    const { id } = await it().queue.enqueue({ ...note('x'), type: { ...noteType, attempts: 1 } });
    await untilState(it(), id, 'done');
    await waitFor('the last outcome', () => work.kinds(id).length === 4);
    expect(work.kinds(id)).toEqual(['later', 'later', 'later', 'done']);
  });

  test('pauses the owner for the tenant when the error says so; its jobs wait and no others', async () => {
    let works = false;
    const work = await it().work(({ job }) => {
      if (job.owner === 'broken' && job.tenantId === 'tenant-a' && !works) {
        throw Object.assign(failure('never', 'credentials'), { pausesPlugin: true });
      }
    });
    const broken = await it().queue.enqueue({ ...note('1'), owner: 'broken' });
    await waitFor('the pause', () => work.kinds(broken.id).length === 1);
    expect(work.kinds(broken.id)).toEqual(['paused']);
    const waits = await it().queue.enqueue({ ...note('2'), owner: 'broken' });
    const others = await it().queue.enqueueMany([
      { ...note('3'), owner: 'broken', tenantId: 'tenant-b' },
      { ...note('4'), owner: 'sound' },
    ]);
    for (const { id } of others) await untilState(it(), id, 'done');
    expect(await stateOf(it(), waits.id)).toBe('waiting');
    expect((await it().queue.stats()).pauses).toMatchObject([{ owner: 'broken', tenantId: 'tenant-a' }]);

    works = true;
    await it().queue.resume('broken', 'tenant-a');
    for (const { id } of [broken, waits]) await untilState(it(), id, 'done');
    expect(await it().queue.get(broken.id)).toMatchObject({ attempts: 1 });
  });

  test('replays one dead letter, with another payload, and a new budget of attempts', async () => {
    const seen: string[] = [];
    await it().work((context) => {
      seen.push(textOf(context));
      if (textOf(context) === 'bad') throw failure('never');
    });
    const { id } = await it().queue.enqueue(note('bad'));
    await untilState(it(), id, 'dead');
    expect(await it().queue.deadLetters.replay(id, { payload: { text: 'good' } })).toBe(true);
    await untilState(it(), id, 'done');
    expect(seen).toEqual(['bad', 'good']);
    expect(await it().queue.get(id)).toMatchObject({ attempts: 1 });
    expect(await it().queue.deadLetters.replay(id)).toBe(false);
    expect((await it().queue.enqueue(note('bad'))).duplicate).toBe(true);
  });

  test('lists, counts, replays and discards dead letters by filter', async () => {
    let works = false;
    await it().work(({ job }) => {
      if (!works) throw failure('never', job.owner === 'one' ? 'refused' : 'gone');
    });
    const inputs = ['one', 'one', 'one', 'two', 'two'].map((owner, n) => ({ ...note(`n${n}`), owner }));
    const jobs = await it().queue.enqueueMany(inputs);
    const { deadLetters } = it().queue;
    await waitFor('five dead letters', async () => (await deadLetters.count()) === 5);

    const page = await deadLetters.list({}, { limit: 3 });
    const rest = await deadLetters.list({}, { limit: 3, after: page.next! });
    expect(new Set([...page.items, ...rest.items].map(({ id }) => id))).toEqual(new Set(jobs.map(({ id }) => id)));
    expect(rest.next).toBeUndefined();
    expect(await deadLetters.count({ errorCode: 'refused' })).toBe(3);
    expect(await deadLetters.count({ tenantId: 'tenant-b' })).toBe(0);

    const last = jobs[4]!.id;
    expect(await deadLetters.discard(last, 'customer left')).toBe(true);
    expect(await deadLetters.discard(last, 'again')).toBe(false);
    works = true;
    expect(await deadLetters.replayAll({ owner: 'one' })).toBe(3);
    for (const { id } of jobs.slice(0, 3)) await untilState(it(), id, 'done');
    expect(await stateOf(it(), jobs[3]!.id)).toBe('dead');
    expect(await stateOf(it(), last)).toBe('discarded');
  });

  test('aborts the signal on time-out and counts the run as failed', async () => {
    const reasons: unknown[] = [];
    const slow = { ...noteType, timeoutMs: 50 };
    const work = await startWork(
      it().queue,
      slow,
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reasons.push(signal.reason);
            reject(new Error('aborted by the library'));
          });
        }),
    );
    const { id } = await it().queue.enqueue(note('slow'));
    await waitFor('the outcome', () => work.kinds(id).length === 1);
    expect(work.kinds(id)).toEqual(['retry']);
    expect(reasons).toMatchObject([{ code: 'timeout' }]);
    expect(await it().queue.get(id)).toMatchObject({ errorCode: 'timeout', attempts: 1 });
  });
}
