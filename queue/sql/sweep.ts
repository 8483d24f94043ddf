import { sql } from 'kysely';

import type { Db } from '../database.ts';
import type { Job } from '../job.ts';
import type { Lane } from '../job-type.ts';
import { givenTickets, toJob } from './claim.ts';
import type { JobRow } from '../database.ts';
import type { Selectable } from 'kysely';
import { workerLifetime } from './dispatch.ts';
import type { Ticket } from './dispatch.ts';
import { unblockNext } from './settle.ts';

const sweepSize = 500;

export type Abandoned = { readonly job: Job; readonly ticket: number; readonly serialized: boolean };

/** Running jobs whose worker has stopped renewing them. */
export async function findAbandoned(db: Db): Promise<readonly Abandoned[]> {
  const { rows } = await sql<Selectable<JobRow>>`
    select * from job where state = 'running' and lease_until < now() order by id limit ${sql.lit(sweepSize)}`.execute(
    db,
  );
  return rows.map((row) => ({ job: toJob(row), ticket: row.ticket, serialized: row.serialize_hash !== null }));
}

/** Long enough that a healthy worker would have started it, or that its place in BullMQ's queue can be checked calmly. */
const queuedForLong = sql`interval '10 seconds'`;

export type QueuedTicket = Ticket & { readonly lane: Lane };

export async function findQueuedForLong(db: Db): Promise<readonly QueuedTicket[]> {
  const { rows } = await sql<QueuedTicket>`
    select id, ticket, lane from job where state = 'queued' and queued_at < now() - ${queuedForLong}
    order by queued_at limit ${sql.lit(sweepSize)}`.execute(db);
  return rows;
}

/** Puts dispatched jobs back, to be dispatched again under a new ticket. */
export async function takeBack(db: Db, tickets: readonly Ticket[]): Promise<void> {
  await sql`
    with held as materialized (
      select id, ticket, state from job where id = any(${tickets.map(({ id }) => id)}::uuid[])
      order by id for update skip locked
    )
    update job set state = 'waiting' from held join ${givenTickets(tickets)} on given.id = held.id and given.ticket = held.ticket
    where job.id = held.id and held.state = 'queued'`.execute(db);
}

/** Blocked jobs with nobody in front of them, as after a row was removed by hand. */
export async function unblockOrphans(db: Db): Promise<void> {
  const { rows } = await sql<{ hash: string }>`
    with recursive keys(hash) as (
      (select serialize_hash from job where serialize_hash is not null and state = 'blocked' order by serialize_hash limit 1)
      union all
      select next.hash from keys cross join lateral (
        select j.serialize_hash as hash from job j where j.state = 'blocked' and j.serialize_hash > keys.hash
        order by j.serialize_hash limit 1) next
    )
    select hash from keys where not exists (
      select from job j where j.serialize_hash = keys.hash and j.state in ('waiting', 'queued', 'running'))`.execute(
    db,
  );
  if (rows.length > 0) {
    await unblockNext(
      db,
      rows.map(({ hash }) => hash),
    );
  }
}

export async function forgetDeadWorkers(db: Db): Promise<void> {
  await sql`delete from job_worker where seen_at < now() - ${workerLifetime}`.execute(db);
}

const retentionBatch = 5000;

/** Removes finished jobs; the keys of `forever` jobs stay longer. @returns true when there may be more */
export async function removeOld(db: Db, keepDays: number): Promise<boolean> {
  const { rows } = await sql<{ removed: number }>`
    with old as (
      delete from job where id in (
        select id from job where state in ('done', 'discarded') and finished_at < now() - ${keepDays}::float8 * interval '1 day'
        order by finished_at limit ${sql.lit(retentionBatch)} for update skip locked)
      returning id, dedupe_hash, dedupe_forever
    ), kept as (
      insert into job_key (dedupe_hash, job_id) select dedupe_hash, id from old where dedupe_forever on conflict do nothing
    )
    select count(*)::integer as removed from old`.execute(db);
  return rows[0]?.removed === retentionBatch;
}

/** Forgets that a job of a key was done. @returns true when there may be more */
export async function forgetKeys(db: Db, keepDays: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from job_key where dedupe_hash in (
      select dedupe_hash from job_key where kept_at < now() - ${keepDays}::float8 * interval '1 day'
      order by kept_at limit ${sql.lit(retentionBatch)} for update skip locked)`.execute(db);
  return numAffectedRows === BigInt(retentionBatch);
}
