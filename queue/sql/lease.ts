import { sql } from 'kysely';

import type { Db } from '../database.ts';
import type { Lane } from '../job-type.ts';
import { givenTickets, lease } from './claim.ts';
import { relaxedCommit } from './dispatch.ts';
import type { Ticket } from './dispatch.ts';

/** Tells that this process lives, and keeps its jobs for another lease. @returns ids of the jobs that it still has */
export async function renew(
  db: Db,
  worker: { readonly id: string; readonly slots: Readonly<Record<Lane, number>> },
  tickets: readonly Ticket[],
): Promise<ReadonlySet<string>> {
  await sql`
    insert into job_worker (id, slots, seen_at) values (${worker.id}, ${JSON.stringify(worker.slots)}::jsonb, now())
    on conflict (id) do update set seen_at = excluded.seen_at`.execute(db);
  if (tickets.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    with held as materialized (
      select j.id, j.ticket, j.state from (select ${relaxedCommit}) relaxed cross join job j
      where j.id = any(${tickets.map(({ id }) => id)}::uuid[]) order by j.id for no key update of j
    )
    update job set lease_until = now() + ${lease}
    from held join ${givenTickets(tickets)} on given.id = held.id and given.ticket = held.ticket
    where job.id = held.id and held.state = 'running' returning job.id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

export async function signOff(db: Db, workerId: string): Promise<void> {
  await db.deleteFrom('job_worker').where('id', '=', workerId).execute();
}
