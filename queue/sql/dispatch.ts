import { sql } from 'kysely';

import type { Db, Tx } from '../database.ts';
import type { Line } from '../fair-share.ts';
import type { Lane } from '../job-type.ts';

/** One dispatch of one job: what BullMQ carries. An older ticket of the same job starts nothing. */
export type Ticket = { readonly id: string; readonly ticket: number };

/** BullMQ refuses ids that are integers or hold colons; this is neither. */
export const ticketName = ({ id, ticket }: Ticket): string => `${id}-${ticket}`;

/** A worker process not seen for so long no longer counts. */
export const workerLifetime = sql`interval '15 seconds'`;

/**
 * For changes that a crash of PostgreSQL may undo without harm (the job is dispatched or run again): their commit does not
 * wait for the disk.
 */
export const relaxedCommit = sql`set_config('synchronous_commit', 'off', true)`;

/**
 * Runs `work` while no other dispatcher runs, else gives undefined: two at a time could each start a job of the same serialize
 * key. The lock is a statement of its own, so that the next one sees what the previous holder committed.
 */
export async function whileDispatching<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T | undefined> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('switchboard dispatch ' || current_schema(), 0)) as held,
             ${relaxedCommit}`.execute(tx);
    return rows[0]?.held === true ? work(tx) : undefined;
  });
}

export type Load = {
  readonly lane: Lane;
  /** Of all live workers. */
  readonly slots: number;
  readonly queued: number;
  /** Queued and running, per tenant. */
  readonly active: Readonly<Record<string, number>>;
};

/** What the lanes have to do and how much they can. */
export async function readLoad(tx: Tx): Promise<readonly Load[]> {
  const { rows } = await sql<Load>`
    with active as (
      select lane, tenant_id, count(*) as total, count(*) filter (where state = 'queued') as queued
      from job where state in ('queued', 'running') group by lane, tenant_id
    ), worker as (
      select key as lane, sum(value::integer) as slots
      from job_worker cross join jsonb_each_text(slots) where seen_at > now() - ${workerLifetime} group by key
    )
    select worker.lane, worker.slots::integer as slots, coalesce(sum(active.queued), 0)::integer as queued,
           coalesce(jsonb_object_agg(tenant_id, total) filter (where tenant_id is not null), '{}') as active
    from worker left join active on active.lane = worker.lane
    group by worker.lane, worker.slots`.execute(tx);
  return rows;
}

export type LineKey = { readonly lane: Lane; readonly tenant: string; readonly owner: string };

/** Who has jobs waiting and is not paused. Skips through the index: costs as much as there are lines, not rows. */
export async function findLines(tx: Tx): Promise<readonly LineKey[]> {
  const { rows } = await sql<LineKey>`
    with recursive line(lane, tenant, owner) as (
      (select lane, tenant_id, owner from job where state = 'waiting' order by lane, tenant_id, owner limit 1)
      union all
      select next.* from line cross join lateral (
        select j.lane, j.tenant_id, j.owner from job j
        where j.state = 'waiting' and (j.lane, j.tenant_id, j.owner) > (line.lane, line.tenant, line.owner)
        order by j.lane, j.tenant_id, j.owner limit 1) next
    )
    select lane, tenant, owner from line
    where not exists (select from job_pause p where p.owner = line.owner and p.tenant_id = line.tenant)`.execute(tx);
  return rows;
}

export type Candidate = {
  readonly id: string;
  readonly tenant: string;
  readonly dueAt: Date;
  /** The unfinished job of the same serialize key that goes first; null when this one may run. */
  readonly headId: string | null;
};

/** @param depth how many jobs of each line */
export async function readLines(tx: Tx, keys: readonly LineKey[], depth: number): Promise<readonly Line<Candidate>[]> {
  const { rows } = await sql<Candidate & { line: number }>`
    select line.position::integer as line, line.tenant, first.id, first.run_at as "dueAt",
           coalesce(active.id, earlier.id) as "headId"
    from jsonb_to_recordset(${JSON.stringify(keys.map((key, position) => ({ ...key, position })))}::jsonb)
      as line(position integer, lane text, tenant text, owner text)
    cross join lateral (
      select j.id, j.seq, j.run_at, j.serialize_hash from job j
      where j.state = 'waiting' and j.lane = line.lane and j.tenant_id = line.tenant and j.owner = line.owner
        and j.run_at <= now()
      order by j.run_at, j.seq limit ${depth}) first
    left join lateral (
      select a.id from job a
      where a.serialize_hash = first.serialize_hash and a.state in ('queued', 'running') limit 1) active on true
    left join lateral (
      select w.id from job w
      where w.serialize_hash = first.serialize_hash and w.state = 'waiting' and w.seq < first.seq
      order by w.seq limit 1) earlier on true
    order by line.position, first.run_at, first.seq`.execute(tx);
  const found = Map.groupBy(rows, ({ line }) => line);
  return keys.map(({ lane, tenant, owner }, position) => ({
    lane,
    tenant,
    owner,
    candidates: found.get(position) ?? [],
  }));
}

/**
 * Marks jobs `queued`. Rows that somebody holds (see `findEarlier` in insert.ts) are left for the next time.
 *
 * Here and wherever rows are found by id, the state is checked behind the lock: in the condition it would tempt the planner to
 * read the whole index of that state, whose size its statistics never know.
 */
export async function markQueued(tx: Tx, ids: readonly string[]): Promise<readonly Ticket[]> {
  const { rows } = await sql<Ticket>`
    with held as materialized (
      select id, state from job where id = any(${ids}::uuid[]) order by id for update skip locked
    )
    update job set state = 'queued', ticket = job.ticket + 1, queued_at = now()
    from held where job.id = held.id and held.state = 'waiting' returning job.id, job.ticket`.execute(tx);
  const tickets = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => tickets.get(id) ?? []);
}

/**
 * Moves jobs out of the way of those behind them. A job is only marked `blocked` while the unfinished job in front of it is
 * locked: whoever finishes that one waits for the lock and then finds the blocked job. Without it both could miss each other
 * and the job would wait for ever.
 */
export async function markBlocked(tx: Tx, candidates: readonly Candidate[]): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with given as (
      select * from unnest(${candidates.map(({ id }) => id)}::uuid[], ${candidates.map(({ headId }) => headId)}::uuid[])
        as given(id, head_id)
    ), heads as materialized (
      select id, state from job where id = any(${candidates.map(({ headId }) => headId)}::uuid[])
      order by id for share skip locked
    ), held as materialized (
      select id, state from job where id = any(${candidates.map(({ id }) => id)}::uuid[])
      order by id for update skip locked
    )
    update job set state = 'blocked' from given
    join heads on heads.id = given.head_id and heads.state in ('waiting', 'queued', 'running')
    join held on held.id = given.id and held.state = 'waiting'
    where job.id = given.id returning job.id`.execute(tx);
  return rows.length;
}
