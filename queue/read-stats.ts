import { sql } from 'kysely';

import type { Backend } from './bullmq/backend.ts';
import type { Db } from './database.ts';
import { tenantValue } from './database.ts';
import { lanes } from './job-type.ts';
import type { Lane } from './job-type.ts';
import { workerLifetime } from './sql/dispatch.ts';
import type { JobCount, QueueStats } from './stats.ts';

/** Reads every unfinished row: for a metrics scrape, not for a page that is asked for all the time. */
export async function readStats(db: Db, backend: Backend): Promise<QueueStats> {
  const [counts, oldest, slots, pauses, lag, health] = await Promise.all([
    readCounts(db),
    readOldest(db),
    readSlots(db),
    db.selectFrom('job_pause').selectAll().orderBy('since').execute(),
    readScheduleLag(db),
    backend.health(),
  ]);
  const running = (lane: Lane) =>
    counts
      .filter((count) => count.lane === lane && count.state === 'running')
      .reduce((sum, { count }) => sum + count, 0);
  return {
    counts,
    oldestDueSeconds: perLane((lane) => oldest.get(lane) ?? 0),
    slots: perLane((lane) => slots.get(lane) ?? 0),
    running: perLane(running),
    backend: health,
    pauses: pauses.map(({ owner, tenant_id, reason, since }) => ({
      owner,
      tenantId: tenantValue(tenant_id),
      reason,
      since,
    })),
    scheduleLagSeconds: lag,
  };
}

const perLane = (value: (lane: Lane) => number): Record<Lane, number> => ({
  live: value('live'),
  normal: value('normal'),
  bulk: value('bulk'),
});

async function readCounts(db: Db): Promise<readonly JobCount[]> {
  const { rows } = await sql<JobCount>`
    select state, owner, lane, count(*)::integer as count from job
    where state in ('waiting', 'blocked', 'queued', 'running', 'dead')
    group by state, owner, lane order by state, owner, lane`.execute(db);
  return rows;
}

async function readOldest(db: Db): Promise<ReadonlyMap<Lane, number>> {
  const { rows } = await sql<{ lane: Lane; seconds: number }>`
    select lane, extract(epoch from now() - min(run_at))::float8 as seconds from job
    where state = 'waiting' and run_at <= now()
      and not exists (select from job_pause p where p.owner = job.owner and p.tenant_id = job.tenant_id)
    group by lane`.execute(db);
  return new Map(rows.map(({ lane, seconds }) => [lane, seconds]));
}

async function readSlots(db: Db): Promise<ReadonlyMap<Lane, number>> {
  const { rows } = await sql<{ lane: Lane; slots: number }>`
    select lane, sum((slots ->> lane)::integer)::integer as slots
    from job_worker cross join unnest(${[...lanes]}::text[]) as lane
    where seen_at > now() - ${workerLifetime} group by lane`.execute(db);
  return new Map(rows.map(({ lane, slots }) => [lane, slots]));
}

async function readScheduleLag(db: Db): Promise<number> {
  const { rows } = await sql<{ lag: number }>`
    select coalesce(greatest(extract(epoch from now() - min(next_tick_at)), 0), 0)::float8 as lag
    from job_schedule`.execute(db);
  return rows[0]?.lag ?? 0;
}
