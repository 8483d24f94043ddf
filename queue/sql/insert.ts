import { sql } from 'kysely';

import { notifyWorkers } from '../database.ts';
import type { Lane } from '../job-type.ts';
import type { Enqueued, Executor } from '../queue.ts';

/** A row to be, in the names of its columns. */
export type NewJob = {
  readonly tenant_id: string;
  readonly owner: string;
  readonly type: string;
  readonly lane: Lane;
  readonly payload: unknown;
  readonly dedupe_key: string;
  readonly dedupe_hash: string;
  readonly dedupe_forever: boolean;
  readonly serialize_hash: string | null;
  readonly max_attempts: number;
  readonly delay_ms: number;
};

/** Stores jobs in one statement and wakes the dispatchers at commit; a second statement runs only for duplicates. */
export async function insertJobs(executor: Executor, jobs: readonly NewJob[]): Promise<readonly Enqueued[]> {
  const stored = new Map<string, Enqueued>();
  const missing = (candidates: readonly NewJob[]) => candidates.filter((job) => !stored.has(job.dedupe_hash));
  // A second round is for whoever met a `while-waiting` job that started in between: its key is free again.
  for (let open = jobs; open.length > 0; open = missing(open)) {
    for (const { dedupe_hash, id } of await insertNew(executor, open))
      stored.set(dedupe_hash, { id, duplicate: false });
    const refused = missing(open);
    if (refused.length === 0) break;
    for (const { dedupe_hash, id } of await findEarlier(executor, refused))
      stored.set(dedupe_hash, { id, duplicate: true });
  }
  return jobs.map((job) => {
    const answer = stored.get(job.dedupe_hash)!;
    stored.set(job.dedupe_hash, { id: answer.id, duplicate: true });
    return answer;
  });
}

type Found = { dedupe_hash: string; id: string };

async function insertNew(executor: Executor, jobs: readonly NewJob[]): Promise<readonly Found[]> {
  const input = JSON.stringify(jobs.map((job, position) => ({ ...job, position })));
  const { rows } = await sql<Found>`
    with input as (
      select * from jsonb_to_recordset(${input}::jsonb) as i(
        position integer, tenant_id text, owner text, type text, lane text, payload jsonb, dedupe_key text,
        dedupe_hash uuid, dedupe_forever boolean, serialize_hash uuid, max_attempts integer, delay_ms double precision)
    ), inserted as (
      insert into job (tenant_id, owner, type, lane, payload, dedupe_key, dedupe_hash, dedupe_forever,
                       serialize_hash, max_attempts, run_at)
      select tenant_id, owner, type, lane, payload, dedupe_key, dedupe_hash, dedupe_forever,
             serialize_hash, max_attempts, now() + delay_ms * interval '1 millisecond'
      from input
      where not exists (select from job_key k where k.dedupe_hash = input.dedupe_hash and input.dedupe_forever)
      order by position
      on conflict (dedupe_hash) where dedupe_forever or state in ('waiting', 'blocked', 'queued') do nothing
      returning id, dedupe_hash
    ), wake as (select ${notifyWorkers})
    select inserted.dedupe_hash, inserted.id from wake left join inserted on true
    where inserted.id is not null`.execute(executor);
  return rows;
}

/**
 * The lock holds a `while-waiting` job back until the caller commits: a run that started before could not see what the
 * caller wrote, and nothing would run after it. Claiming and dispatching skip locked rows.
 */
async function findEarlier(executor: Executor, jobs: readonly NewJob[]): Promise<readonly Found[]> {
  const hashes = (forever: boolean) =>
    jobs.filter((job) => job.dedupe_forever === forever).map((job) => job.dedupe_hash);
  const kept = await sql<Found>`
    select dedupe_hash, id from job where dedupe_hash = any(${hashes(true)}::uuid[])
      and (dedupe_forever or state in ('waiting', 'blocked', 'queued'))
    union all
    select dedupe_hash, job_id from job_key where dedupe_hash = any(${hashes(true)}::uuid[])`.execute(executor);
  const waiting = await sql<Found>`
    select dedupe_hash, id from job where dedupe_hash = any(${hashes(false)}::uuid[])
      and (dedupe_forever or state in ('waiting', 'blocked', 'queued'))
    for key share`.execute(executor);
  return [...kept.rows, ...waiting.rows];
}
