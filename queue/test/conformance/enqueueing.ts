import { expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';

import { InvalidPayloadError } from '../../index.ts';
import { note, noteType, startWork, textOf, untilState } from '../support.ts';
import type { QueueUnderTest } from '../support.ts';

/** What is stored, and what is the same work. */
export function describeEnqueueing(it: () => QueueUnderTest): void {
  test('runs a job with its parsed payload', async () => {
    const seen: unknown[] = [];
    await it().work(({ payload, attempt, job }) => void seen.push([payload, attempt, job.tenantId]));
    const { id, duplicate } = await it().queue.enqueue(note('hello'));
    await untilState(it(), id, 'done');
    expect(duplicate).toBe(false);
    expect(seen).toEqual([[{ text: 'hello' }, 1, 'tenant-a']]);
  });

  test('runs the same dedupe key once, also after it is done', async () => {
    const seen: string[] = [];
    await it().work((context) => void seen.push(textOf(context)));
    const first = await it().queue.enqueue(note('first', 'same'));
    await untilState(it(), first.id, 'done');
    expect(await it().queue.enqueue(note('second', 'same'))).toEqual({ id: first.id, duplicate: true });
    const last = await it().queue.enqueue(note('last'));
    await untilState(it(), last.id, 'done');
    expect(seen).toEqual(['first', 'last']);
  });

  test('keeps the same dedupe key of another tenant apart', async () => {
    const a = await it().queue.enqueue({ ...note('x', 'same'), tenantId: 'tenant-a' });
    const b = await it().queue.enqueue({ ...note('x', 'same'), tenantId: 'tenant-b' });
    expect(b.duplicate).toBe(false);
    expect(b.id).not.toBe(a.id);
  });

  test('answers duplicates within one batch with the first', async () => {
    const answers = await it().queue.enqueueMany([note('one', 'k'), note('two', 'other'), note('three', 'k')]);
    expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
    expect(answers[2]?.id).toBe(answers[0]?.id);
  });

  test('takes a while-waiting key again once the first has started', async () => {
    const hold = Promise.withResolvers<void>();
    const seen: string[] = [];
    await it().work(async (context) => {
      seen.push(textOf(context));
      if (textOf(context) === 'first') await hold.promise;
    });
    const flush = (text: string) => it().queue.enqueue({ ...note(text, 'flush'), dedupe: 'while-waiting' });
    await flush('first');
    await waitFor('the first run', () => seen.length === 1);
    const second = await flush('second');
    expect(second.duplicate).toBe(false);
    hold.resolve();
    await untilState(it(), second.id, 'done');
    expect(seen).toEqual(['first', 'second']);
  });

  test('does not start a while-waiting job before the transaction that found it there commits', async () => {
    const flush = { ...note('flush'), dedupe: 'while-waiting' as const };
    const waiting = await it().queue.enqueue(flush);
    const seen: string[] = [];
    await it()
      .database.db.transaction()
      .execute(async (transaction) => {
        const again = await it().queue.enqueue(flush, { transaction });
        expect(again).toEqual({ id: waiting.id, duplicate: true });
        await it().work((context) => void seen.push(textOf(context)));
        const other = await it().queue.enqueue(note('other'));
        await untilState(it(), other.id, 'done');
        expect(seen).toEqual(['other']);
      });
    await untilState(it(), waiting.id, 'done');
  });

  test('stores nothing when the transaction is rolled back', async () => {
    const rolledBack = it()
      .database.db.transaction()
      .execute(async (transaction) => {
        await it().queue.enqueue(note('lost'), { transaction });
        throw new Error('changed my mind');
      });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    const again = await it().queue.enqueue(note('lost'));
    expect(again.duplicate).toBe(false);
  });

  test('refuses a payload that does not fit, naming the field, and stores none of the batch', async () => {
    const bad = it().queue.enqueueMany([note('good'), { ...note('bad'), payload: { text: 7 } }]);
    await expect(bad).rejects.toBeInstanceOf(InvalidPayloadError);
    await expect(bad).rejects.toMatchObject({ code: 'payload', retry: 'never', field: 'payload.text' });
    expect((await it().queue.enqueue(note('good'))).duplicate).toBe(false);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud83d'],
  ])('refuses text with %s', async (_, text) => {
    await expect(it().queue.enqueue(note(text, 'k'))).rejects.toMatchObject({ field: 'payload.text' });
  });

  test('removes finished jobs after the days that were set, but remembers their keys', async () => {
    const work = await it().work(() => {});
    const { id } = await it().queue.enqueue(note('old'));
    await untilState(it(), id, 'done');
    await work.close();
    await it().database.pool.query("update job set finished_at = now() - interval '31 days'");
    await startWork(await it().open(), noteType, () => {});
    await waitFor('the row to go', async () => (await it().queue.get(id)) === undefined);
    expect(await it().queue.enqueue(note('old'))).toEqual({ id, duplicate: true });
  });
}
