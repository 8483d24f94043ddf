import type { Selectable } from 'kysely';

import type { Backend } from './bullmq/backend.ts';
import type { Tick } from './bullmq/connection.ts';
import type { Db, ScheduleRow } from './database.ts';
import { hashKey } from './enqueue.ts';
import { startLoop } from './loop.ts';
import type { Log } from './queue.ts';
import { nextTick, toRhythm } from './rhythm.ts';
import type { Rhythm } from './rhythm.ts';
import { insertJobs } from './sql/insert.ts';
import type { NewJob } from './sql/insert.ts';
import type { Clock } from './worker.ts';

export type ClockOptions = { readonly db: Db; readonly backend: Backend; readonly log: Log };

const syncIntervalMs = 15_000;

/** A tick this late means that BullMQ's chain is dead: each of its ticks is made when the one before starts. */
const graceMs = 30_000;

/** Makes BullMQ's schedulers what table `job_schedule` says, and ticks. */
export function startClock({ db, backend, log }: ClockOptions): Clock {
  const worker = backend.startClock(async ({ data, dueAt }) => tick(db, data.key, dueAt));
  const loop = startLoop({
    name: 'clock',
    intervalMs: syncIntervalMs,
    log,
    run: async () => {
      const rows = await db.selectFrom('job_schedule').selectAll().execute();
      await tickOverdue(db, rows, log);
      await syncSchedulers(backend, rows);
      return undefined;
    },
  });
  return {
    wake: loop.wake,
    close: async () => {
      await loop.close();
      await worker.close();
    },
  };
}

type Row = Selectable<ScheduleRow>;

/**
 * Enqueues the job of a schedule, once per tick whoever calls. All ticks up to now are one: the next is in the future, and
 * the job is dropped while the previous tick's job has not started.
 */
async function tick(db: Db, key: string, dueAt: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('job_schedule').selectAll().where('key', '=', key).forUpdate().executeTakeFirst();
    if (row === undefined) return;
    const rhythm = toRhythm(row);
    if (row.next_tick_at.getTime() > dueAt + toleranceMs(rhythm)) return;
    const next = nextTick(rhythm, dueAt, Date.now());
    await tx
      .updateTable('job_schedule')
      .set({ last_tick_at: new Date(), next_tick_at: new Date(next) })
      .where('key', '=', key)
      .execute();
    await insertJobs(tx, [row.job as NewJob]);
  });
}

/** BullMQ counts a fixed pause from its own first tick, which is not to the millisecond when the row expects it. */
const toleranceMs = (rhythm: Rhythm): number => ('everyMs' in rhythm ? rhythm.everyMs / 2 : 500);

async function tickOverdue(db: Db, rows: readonly Row[], log: Log): Promise<void> {
  const now = Date.now();
  for (const { key, next_tick_at } of rows) {
    if (now - next_tick_at.getTime() < graceMs) continue;
    log.warn({ schedule: key, dueAt: next_tick_at }, 'schedule missed its tick: ticking now');
    await tick(db, key, now);
  }
}

async function syncSchedulers({ clock }: Backend, rows: readonly Row[]): Promise<void> {
  const existing = new Map((await clock.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]));
  for (const row of rows) {
    const id = schedulerId(row.key);
    const rhythm = toRhythm(row);
    const scheduler = existing.get(id);
    existing.delete(id);
    const alive = scheduler !== undefined && (scheduler.next ?? 0) > Date.now() - graceMs;
    if (alive && isSame(rhythm, scheduler)) continue;
    await clock.upsertJobScheduler(id, toRepeat(rhythm), { name: 'tick', data: { key: row.key } satisfies Tick });
  }
  for (const id of existing.keys()) await clock.removeJobScheduler(id);
}

/** Keys may hold colons, which BullMQ gives a meaning of its own. */
const schedulerId = (key: string): string => hashKey('schedule', key);

const isSame = (rhythm: Rhythm, scheduler: { every?: number; pattern?: string; tz?: string }): boolean =>
  'everyMs' in rhythm
    ? scheduler.every === rhythm.everyMs
    : scheduler.pattern === rhythm.cron && scheduler.tz === rhythm.timeZone;

const toRepeat = (rhythm: Rhythm): { pattern: string; tz: string } | { every: number } =>
  'everyMs' in rhythm ? { every: rhythm.everyMs } : { pattern: rhythm.cron, tz: rhythm.timeZone };
