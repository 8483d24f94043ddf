import { sql } from 'kysely';

import type { Db } from '../database.ts';
import type { Lane } from '../job-type.ts';

/** One dispatch of one job: what BullMQ carries. An older ticket of the same job starts nothing. */
export type Ticket = { readonly id: string; readonly ticket: number };

export type Dispatched = {
  /** In the order in which they shall run. */
  readonly tickets: readonly Ticket[];
  /** Jobs moved out of the way because an earlier one of their serialize key is not finished. */
  readonly blocked: number;
  /** There is room left, and lines of which only the beginning was read. */
  readonly more: boolean;
};

export type DispatchRequest = {
  readonly lane: Lane;
  /** Reads so many times more of each line than would usually do. */
  readonly depthFactor: number;
  /** Most a tenant may have queued and running, as a share of the lane's slots. */
  readonly tenantShare: number;
};

/** How many jobs wait in BullMQ per slot: enough that no slot idles, few enough that the order is decided late. */
const queuedPerSlot = 2;

/** A worker process not seen for so long no longer counts. */
export const workerLifetime = sql`interval '15 seconds'`;

/**
 * Marks the next jobs of a lane `queued` and returns them, or undefined when another dispatcher is at it.
 *
 * One dispatcher at a time: otherwise two of them could each start a job of the same serialize key. The lock is a
 * statement of its own, so that the next one sees what the previous holder committed.
 */
export async function dispatch(db: Db, request: DispatchRequest): Promise<Dispatched | undefined> {
  return db.transaction().execute(async (tx) => {
    const lock = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('switchboard dispatch ' || current_schema(), 0)) as held`.execute(
      tx,
    );
    if (lock.rows[0]?.held !== true) return undefined;
    const { rows } = await pick(request).execute(tx);
    const tickets = rows.flatMap(({ id, ticket }) => (id === null || ticket === null ? [] : [{ id, ticket }]));
    return { tickets, blocked: rows[0]?.blocked ?? 0, more: rows[0]?.more ?? false };
  });
}

type Picked = { id: string | null; ticket: number | null; blocked: number; more: boolean };

/**
 * Fair share: jobs are ranked by what their tenant has in flight plus their place in the tenant's own line, so whoever has
 * little goes before whoever has much. A line is what one owner has waiting for one tenant; lines are found by skipping
 * through the index and only their beginnings are read, so a backlog of a million costs no more than one of a hundred.
 */
const pick = ({ lane, depthFactor, tenantShare }: DispatchRequest) => sql<Picked>`
  with recursive active as (
    select tenant_id, count(*) as total, count(*) filter (where state = 'queued') as queued
    from job where lane = ${lane} and state in ('queued', 'running') group by tenant_id
  ), slots as (
    select coalesce(sum((slots ->> ${lane})::integer), 0) as n from job_worker where seen_at > now() - ${workerLifetime}
  ), room as (
    select greatest(slots.n * ${sql.lit(queuedPerSlot)} - coalesce((select sum(queued) from active), 0), 0) as n,
           greatest(ceil(slots.n * ${tenantShare}::float8), 1) as per_tenant
    from slots
  ), lines(tenant_id, owner) as (
    (select tenant_id, owner from job where state = 'waiting' and lane = ${lane} and (select n from room) > 0
     order by tenant_id, owner limit 1)
    union all
    select next.tenant_id, next.owner from lines cross join lateral (
      select j.tenant_id, j.owner from job j
      where j.state = 'waiting' and j.lane = ${lane} and (j.tenant_id, j.owner) > (lines.tenant_id, lines.owner)
      order by j.tenant_id, j.owner limit 1) next
  ), depth as (
    select least(greatest(2 * (select n from room) / greatest(count(*), 1), 4) * ${depthFactor}::integer, 5000)::integer as n
    from lines
  ), candidate as materialized (
    select first.*, lines.tenant_id,
           row_number() over (partition by lines.tenant_id, lines.owner order by first.run_at, first.seq) as owner_position
    from lines cross join lateral (
      select j.id, j.seq, j.run_at, j.serialize_hash from job j
      where j.state = 'waiting' and j.lane = ${lane} and j.tenant_id = lines.tenant_id and j.owner = lines.owner
        and j.run_at <= now()
      order by j.run_at, j.seq limit (select n from depth)) first
    where not exists (select from job_pause p where p.owner = lines.owner and p.tenant_id = lines.tenant_id)
  ), judged as materialized (
    select candidate.*, head.id as head_id from candidate left join lateral (
      select h.id from job h
      where h.serialize_hash = candidate.serialize_hash and h.id <> candidate.id
        and (h.state in ('queued', 'running') or (h.state = 'waiting' and h.seq < candidate.seq))
      order by h.state = 'waiting', h.seq limit 1) head on candidate.serialize_hash is not null
  ), ranked as (
    select judged.id, judged.run_at, judged.seq,
           coalesce(active.total, 0) + row_number() over (
             partition by judged.tenant_id order by judged.owner_position, judged.run_at, judged.seq) as rank
    from judged left join active using (tenant_id) where judged.head_id is null
  ), chosen as materialized (
    select id, row_number() over (order by rank, run_at, seq) as position from ranked
    where rank <= (select per_tenant from room)
    order by rank, run_at, seq limit (select n from room)
  ), free as materialized (
    select id from job where id in (select id from chosen) and state = 'waiting' for update skip locked
  ), queued as (
    update job set state = 'queued', ticket = job.ticket + 1, queued_at = now()
    from free where job.id = free.id returning job.id, job.ticket
  ), ${blockBehindHeads}, summary as (
    select (select count(*)::integer from blocked) as blocked,
           (select count(*) from chosen) < (select n from room)
             and exists (select from candidate where owner_position = (select n from depth)) as more
  )
  select queued.id, queued.ticket, summary.blocked, summary.more
  from summary left join (queued join chosen on chosen.id = queued.id) on true
  order by chosen.position`;

/**
 * A job is only marked `blocked` while the unfinished job in front of it is locked. Whoever finishes that one waits for the
 * lock and then finds the blocked job; without it, both could miss each other and the job would wait for ever.
 */
const blockBehindHeads = sql`
  heads as materialized (
    select id from job where id in (select head_id from judged) and state in ('waiting', 'queued', 'running')
    for share skip locked
  ), behind as materialized (
    select id from job where state = 'waiting'
      and id in (select judged.id from judged join heads on heads.id = judged.head_id)
    for update skip locked
  ), blocked as (
    update job set state = 'blocked' from behind where job.id = behind.id returning job.id
  )`;
