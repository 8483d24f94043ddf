import { sql } from 'kysely';

import type { Db } from './database.ts';
import { notifyClocks, tenantValue } from './database.ts';
import { hashKey, toNewJob } from './enqueue.ts';
import { nextTick, parseRhythm, toRhythm } from './rhythm.ts';
import type { EnqueueOptions, Queue } from './queue.ts';
import type { ScheduleInfo, ScheduleInput } from './schedule.ts';
import type { NewJob } from './sql/insert.ts';

export type Schedules = Pick<Queue, 'schedule' | 'unschedule' | 'listSchedules'>;

/** The rows are the truth; the clock of the worker processes brings BullMQ's schedulers in line with them. */
export function createSchedules(db: Db): Schedules {
  return {
    schedule: async (input, { transaction = db }: EnqueueOptions = {}) => {
      const rhythm = parseRhythm(input);
      const [cron, everyMs, timeZone] =
        'cron' in rhythm ? [rhythm.cron, null, rhythm.timeZone] : [null, rhythm.everyMs, 'UTC'];
      const first = 'cron' in rhythm ? nextTick(rhythm, Date.now(), Date.now()) : Date.now();
      // The same rhythm again, as at every start of the hub, must not move the next tick.
      await sql`
        insert into job_schedule as s (key, cron, every_ms, time_zone, job, next_tick_at)
        values (${input.key}, ${cron}, ${everyMs}, ${timeZone}, ${JSON.stringify(tickJob(input))}::jsonb, ${new Date(first)})
        on conflict (key) do update set job = excluded.job, cron = excluded.cron, every_ms = excluded.every_ms,
          time_zone = excluded.time_zone,
          next_tick_at = case when (s.cron, s.every_ms, s.time_zone)
            is not distinct from (excluded.cron, excluded.every_ms, excluded.time_zone)
            then s.next_tick_at else excluded.next_tick_at end`.execute(transaction);
      await sql`select ${notifyClocks}`.execute(transaction);
    },
    unschedule: async (key, { transaction = db } = {}) => {
      const { rows } = await sql`delete from job_schedule where key = ${key} returning key`.execute(transaction);
      await sql`select ${notifyClocks}`.execute(transaction);
      return rows.length > 0;
    },
    listSchedules: async () => {
      const rows = await db.selectFrom('job_schedule').selectAll().orderBy('key').execute();
      return rows.map((row): ScheduleInfo => {
        const job = row.job as NewJob;
        const rhythm = toRhythm(row);
        return {
          key: row.key,
          every: 'cron' in rhythm ? { cron: rhythm.cron } : { ms: rhythm.everyMs },
          timeZone: row.time_zone,
          type: job.type,
          tenantId: tenantValue(job.tenant_id),
          owner: job.owner,
          lastTickAt: row.last_tick_at,
          nextTickAt: row.next_tick_at,
        };
      });
    },
  };
}

/** A tick that comes while the last one's job waits is dropped; while it runs, the new job waits for it. */
function tickJob({ key, job }: ScheduleInput): NewJob {
  const row = toNewJob({ ...job, dedupeKey: `schedule ${key}`, dedupe: 'while-waiting' });
  return { ...row, serialize_hash: row.serialize_hash ?? hashKey(row.tenant_id, row.owner, `schedule ${key}`) };
}
