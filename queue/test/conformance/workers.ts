import { expect, test } from '@jest/globals';
import { openDatabase } from '@switchboard/core/testing';
import { waitFor } from '@switchboard/testing';

import { createQueue } from '../../index.ts';
import { openLink } from '../link.ts';
import { note, noteType, queueName, quiet, startWork, stateOf, textOf, untilState } from '../support.ts';
import type { BackendFor, QueueUnderTest } from '../support.ts';
import { startWorkerProcess } from '../worker-process.ts';

/** Workers that stop, die or lose their servers. */
export function describeWorkers(it: () => QueueUnderTest, backendFor: BackendFor): void {
  test('closing waits for what runs, starts nothing more, and another worker does the rest', async () => {
    const hold = Promise.withResolvers<void>();
    const seen: string[] = [];
    const work = await it().work(
      async (context) => {
        seen.push(textOf(context));
        await hold.promise;
      },
      { concurrency: { normal: 1 } },
    );
    const jobs = await it().queue.enqueueMany([note('running'), note('second'), note('third')]);
    await waitFor('the first run', () => seen.length === 1);
    const closed = work.close({ deadlineMs: 20_000 });
    hold.resolve();
    await closed;
    expect(await stateOf(it(), jobs[0]!.id)).toBe('done');
    expect(seen).toEqual(['running']);
    const other = await it().open();
    await startWork(other, noteType, (context) => void seen.push(textOf(context)));
    for (const { id } of jobs) await untilState(it(), id, 'done');
    expect(seen).toEqual(['running', 'second', 'third']);
  });

  test('closing aborts what outlasts the deadline and gives it back without using an attempt', async () => {
    const work = await it().work(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    );
    const { id } = await it().queue.enqueue(note('long'));
    await untilState(it(), id, 'running');
    await work.close({ deadlineMs: 0 });
    expect(work.kinds(id)).toEqual(['returned']);
    expect(await it().queue.get(id)).toMatchObject({ state: 'waiting', attempts: 0, errorCode: null });
  });

  test('a job whose worker was killed runs again, and its outcome counts once', async () => {
    const { id } = await it().queue.enqueue(note('hang'));
    const child = startWorkerProcess(it().database.url, backendFor(it().database.url));
    await untilState(it(), id, 'running');
    child.kill('SIGKILL');
    const work = await it().work(() => {});
    await untilState(it(), id, 'done');
    await waitFor('the outcomes', () => work.kinds(id).includes('done'));
    expect(work.kinds(id)).toEqual(['retry', 'done']);
    expect(await it().queue.get(id)).toMatchObject({ attempts: 2, errorCode: 'worker-lost' });
  }, 60_000);

  test('goes on by itself when the database was away', async () => {
    const link = await openLink(it().database.url);
    const database = openDatabase(link.url, { max: 5 });
    const queue = await createQueue({ database, backend: backendFor(link.url), name: queueName, log: quiet });
    try {
      const hold = Promise.withResolvers<void>();
      let runs = 0;
      const work = await startWork(queue, noteType, async () => {
        runs += 1;
        await hold.promise;
      });
      const during = await it().queue.enqueue(note('during'));
      await waitFor('the run', () => runs === 1);
      link.cut();
      hold.resolve();
      const after = await it().queue.enqueue(note('after'));
      expect(await stateOf(it(), during.id)).toBe('running');
      link.mend();
      for (const { id } of [during, after]) await untilState(it(), id, 'done');
      expect(work.kinds(during.id)).toEqual(['done']);
      expect(runs).toBe(2);
    } finally {
      await queue.close({ deadlineMs: 1000 });
      await database.close();
      await link.close();
    }
  }, 60_000);
}
