import { sql } from 'kysely';

import type { Db, Tx } from '../database.ts';
import { notifyWorkers } from '../database.ts';
import type { OutcomeKind } from '../job.ts';
import type { ErrorText } from '../error-text.ts';
import { ticketName } from './dispatch.ts';
import type { Ticket } from './dispatch.ts';

/** What becomes of a run. Only the run that holds the ticket can say it, once. */
export type Settlement = Ticket & {
  readonly kind: OutcomeKind;
  readonly delayMs: number;
  readonly error: ErrorText | undefined;
  /** Has a serialize key: the next one of it may go. */
  readonly serialized: boolean;
  /** Only when the lease has run out: for who finds an abandoned job and must not take it from a worker that came back. */
  readonly onlyExpired?: boolean;
};

/** @returns names of the tickets that were settled; the others' jobs belong to somebody else by now */
export async function settleJobs(db: Db, settlements: readonly Settlement[]): Promise<ReadonlySet<string>> {
  const follows = settlements.some(({ kind, serialized }) => serialized || kind === 'paused');
  if (!follows) return new Set((await settle(db, settlements)).map(ticketName));
  return db.transaction().execute(async (tx) => {
    const settled = await settle(tx, settlements);
    const freed = settled.flatMap(({ serialize_hash, over }) =>
      over && serialize_hash !== null ? [serialize_hash] : [],
    );
    if (freed.length > 0) await unblockNext(tx, freed);
    const names = new Set(settled.map(ticketName));
    const pausing = settlements.filter(
      (settlement) => settlement.kind === 'paused' && names.has(ticketName(settlement)),
    );
    for (const settlement of pausing) await pauseOwnerOf(tx, settlement);
    return names;
  });
}

type Settled = Ticket & { serialize_hash: string | null; over: boolean };

/** Rows are locked in order of id, like everywhere: two batches in different order would wait for each other. */
async function settle(db: Db | Tx, settlements: readonly Settlement[]): Promise<Settled[]> {
  const given = JSON.stringify(settlements.map(toRecord));
  const { rows } = await sql<Settled>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as given(
        job uuid, ticket integer, over_state text, delay_ms double precision, refund integer,
        code text, message text, remedy text, only_expired boolean)
    ), held as materialized (
      select id, ticket, state, lease_until, dedupe_forever, dedupe_hash from job
      where id = any(${settlements.map(({ id }) => id)}::uuid[]) order by id for no key update
    ), next as materialized (
      select held.id, given.*, case
        when over_state is not null then over_state
        when not held.dedupe_forever and exists (
          select from job newer where newer.dedupe_hash = held.dedupe_hash and newer.state in ('waiting', 'blocked', 'queued'))
        then 'done' else 'waiting' end as next_state
      from held join given on given.job = held.id and given.ticket = held.ticket
      where held.state = 'running' and (not only_expired or held.lease_until < now())
    )
    update job set
      state = next.next_state,
      attempts = job.attempts - next.refund,
      run_at = case when next.next_state = 'waiting' then now() + next.delay_ms * interval '1 millisecond' else job.run_at end,
      finished_at = case when next.next_state = 'waiting' then null else now() end,
      lease_until = null,
      error_code = coalesce(next.code, job.error_code),
      error_message = coalesce(next.message, job.error_message),
      error_remedy = case when next.code is null then job.error_remedy else next.remedy end
    from next where job.id = next.id
    returning job.id, job.ticket, job.serialize_hash, next.next_state <> 'waiting' as over`.execute(db);
  return rows;
}

/** A retry of a `while-waiting` job whose successor waits already is `done`: the successor does its work. */
function toRecord({ id, ticket, kind, delayMs, error, onlyExpired = false }: Settlement): object {
  const refunded: readonly OutcomeKind[] = ['later', 'paused', 'returned'];
  return {
    job: id,
    ticket,
    over_state: kind === 'done' || kind === 'dead' ? kind : null,
    delay_ms: delayMs,
    refund: refunded.includes(kind) ? 1 : 0,
    code: error?.code ?? null,
    message: error?.message ?? null,
    remedy: error?.remedy ?? null,
    only_expired: onlyExpired,
  };
}

/** Must be a later statement of the same transaction: see `markBlocked` in dispatch.ts. */
export async function unblockNext(db: Db | Tx, serializeHashes: readonly string[]): Promise<void> {
  await sql`
    update job set state = 'waiting' where id in (
      select (select b.id from job b where b.serialize_hash = over.hash and b.state = 'blocked' order by b.seq limit 1)
      from unnest(${serializeHashes}::uuid[]) as over(hash))`.execute(db);
}

async function pauseOwnerOf(tx: Tx, { id, error }: Settlement): Promise<void> {
  const { owner, tenant_id } = await tx
    .selectFrom('job')
    .select(['owner', 'tenant_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await pause(tx, owner, tenant_id, error?.message ?? 'a job asked for it');
}

/** Takes back what is queued, too. */
export async function pause(db: Db | Tx, owner: string, tenantColumn: string, reason: string): Promise<void> {
  await db
    .insertInto('job_pause')
    .values({ owner, tenant_id: tenantColumn, reason })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await sql`
    update job set state = 'waiting' from (
      select id from job where owner = ${owner} and tenant_id = ${tenantColumn} and state = 'queued'
      order by id for update skip locked
    ) taken where job.id = taken.id`.execute(db);
}

export async function resume(db: Db, owner: string, tenantColumn: string): Promise<void> {
  await db.deleteFrom('job_pause').where('owner', '=', owner).where('tenant_id', '=', tenantColumn).execute();
  await sql`select ${notifyWorkers}`.execute(db);
}
