import { expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';

import { note, noteType, startWork, untilState } from '../support.ts';
import type { QueueUnderTest } from '../support.ts';

/** Work by the clock. */
export function describeSchedules(it: () => QueueUnderTest): void {
  test('a schedule ticks once however many workers there are, and stops when it is unscheduled', async () => {
    const ticks: string[] = [];
    const other = await it().open();
    await it().work(({ job }) => void ticks.push(job.id));
    await startWork(other, noteType, ({ job }) => void ticks.push(job.id));
    const { tenantId, owner, type, payload } = note('tick');
    const job = { type, payload, tenantId, owner };
    await it().queue.schedule({ key: 'poll', every: { ms: 1000 }, job });
    await it().queue.schedule({ key: 'nightly', every: { cron: '30 2 * * *' }, timeZone: 'Europe/Amsterdam', job });
    await waitFor('three ticks', () => ticks.length >= 3);
    expect(new Set(ticks).size).toBe(ticks.length);

    const schedules = await it().queue.listSchedules();
    const [nightly, poll] = schedules;
    expect(nightly).toMatchObject({ key: 'nightly', every: { cron: '30 2 * * *' }, lastTickAt: null });
    expect(poll?.lastTickAt).toBeInstanceOf(Date);
    const rows = await it().database.pool.query<{ created_at: Date }>('select created_at from job order by seq');
    const times = rows.rows.map(({ created_at }) => created_at.getTime());
    for (let n = 1; n < times.length; n += 1) expect(times[n]! - times[n - 1]!).toBeGreaterThan(400);

    expect(await it().queue.unschedule('poll')).toBe(true);
    expect(await it().queue.unschedule('poll')).toBe(false);
    expect((await it().queue.listSchedules()).map(({ key }) => key)).toEqual(['nightly']);
  });

  test('ticks missed while no worker ran are one', async () => {
    const ticks: string[] = [];
    const { tenantId, owner, type, payload } = note('tick');
    await it().queue.schedule({ key: 'hourly', every: { ms: 3_600_000 }, job: { type, payload, tenantId, owner } });
    await it().database.pool.query("update job_schedule set next_tick_at = now() - interval '5 hours'");
    await it().work(({ job }) => void ticks.push(job.id));
    await waitFor('a tick', () => ticks.length > 0);
    const [schedule] = await it().queue.listSchedules();
    expect(schedule!.nextTickAt.getTime()).toBeGreaterThan(Date.now());
    const marker = await it().queue.enqueue(note('marker'));
    await untilState(it(), marker.id, 'done');
    expect(ticks.filter((id) => id !== marker.id)).toHaveLength(1);
  });

  test.each([{ cron: '99 * * * *' }, { cron: '* * * * * *' }, { ms: 10 }])('refuses the schedule %j', async (every) => {
    const { tenantId, owner, type, payload } = note('tick');
    const scheduled = it().queue.schedule({ key: 'bad', every, job: { type, payload, tenantId, owner } });
    await expect(scheduled).rejects.toMatchObject({ code: 'invalid-job' });
  });
}
