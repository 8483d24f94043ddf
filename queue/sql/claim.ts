import { sql } from 'kysely';

import type { Db, JobRow } from '../database.ts';
import { tenantValue } from '../database.ts';
import type { Job } from '../job.ts';
import type { Selectable } from 'kysely';
import { relaxedCommit, ticketName } from './dispatch.ts';
import type { Ticket } from './dispatch.ts';

/** A worker that has not renewed its jobs for so long has lost them. */
export const leaseMs = 10_000;

export const lease = sql`${sql.lit(leaseMs)} * interval '1 millisecond'`;

export type ClaimedJob = { readonly job: Job; readonly ticket: number; readonly serialized: boolean };

/** `busy`: an enqueuing transaction holds the row; ask again. `void`: the ticket is not the newest, or the job is over. */
export type Claim = ClaimedJob | 'busy' | 'void';

/** Starts the runs of these tickets: each ticket starts at most once, whoever asks. */
export async function claimJobs(db: Db, tickets: readonly Ticket[]): Promise<readonly Claim[]> {
  const { rows } = await sql<Selectable<JobRow>>`
    with held as materialized (
      select j.id, j.ticket, j.state from (select ${relaxedCommit}) relaxed cross join job j
      where j.id = any(${tickets.map(({ id }) => id)}::uuid[]) order by j.id for update of j skip locked
    )
    update job set state = 'running', attempts = attempts + 1, lease_until = now() + ${lease},
                   first_started_at = coalesce(first_started_at, now())
    from held join ${givenTickets(tickets)} on given.id = held.id and given.ticket = held.ticket
    where job.id = held.id and held.state = 'queued' returning job.*`.execute(db);
  // Older tickets of the same job may be among those given: each gets what its own number got.
  const claimed = new Map(rows.map((row) => [ticketName(row), row]));
  const missing = tickets.filter((ticket) => !claimed.has(ticketName(ticket)));
  const busy = missing.length === 0 ? new Set<string>() : await findQueued(db, missing);
  return tickets.map((ticket) => {
    const row = claimed.get(ticketName(ticket));
    if (row === undefined) return busy.has(ticketName(ticket)) ? 'busy' : 'void';
    return { job: toJob(row), ticket: row.ticket, serialized: row.serialize_hash !== null };
  });
}

async function findQueued(db: Db, tickets: readonly Ticket[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<Ticket & { readonly state: string }>`
    select job.id, job.ticket, job.state from job join ${givenTickets(tickets)} on given.id = job.id and given.ticket = job.ticket
    where job.id = any(${tickets.map(({ id }) => id)}::uuid[])`.execute(db);
  return new Set(rows.filter(({ state }) => state === 'queued').map(ticketName));
}

/** A table expression `given(id, ticket)`. */
export const givenTickets = (tickets: readonly Ticket[]) => sql`
  unnest(${tickets.map(({ id }) => id)}::uuid[], ${tickets.map(({ ticket }) => ticket)}::integer[]) as given(id, ticket)`;

export function toJob(row: Selectable<JobRow>): Job {
  return {
    id: row.id,
    type: row.type,
    tenantId: tenantValue(row.tenant_id),
    owner: row.owner,
    lane: row.lane,
    payload: row.payload,
    dedupeKey: row.dedupe_key,
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    firstStartedAt: row.first_started_at,
    finishedAt: row.finished_at,
    errorCode: row.error_code,
    errorMessage: row.error_message,
  };
}
