import type { Handler, Job, Queue } from '@switchboard/queue';
import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob } from '../contract/index.ts';
import type { Blobs } from '../blobs/index.ts';
import type { Executor } from '../store/database.ts';

const sweepJob = defineJob({ name: 'core.sweep', payload: z.object({}), lane: 'bulk', timeoutMs: 3_600_000 });

export interface Retention {
  readonly inbox: number;
  readonly deliveries: number;
  /** For what the hub need not remember any more. */
  readonly memory: number;
}

export interface Sweeper {
  readonly schedule: () => Promise<void>;
  readonly resolve: (job: Job) => Handler | undefined;
}

export interface SweeperOptions {
  readonly db: Executor;
  readonly queue: Queue;
  readonly blobs: Blobs;
  readonly days: Retention;
}

/** Nightly: what is past its retention goes. Jobs are swept by the queue itself; the audit log is never swept. */
export function createSweeper({ db, queue, blobs, days }: SweeperOptions): Sweeper {
  const handler: Handler = {
    type: sweepJob,
    run: async ({ signal }) => {
      await sweep(db, days, signal);
      await blobs.sweep(signal);
    },
  };
  return {
    schedule: async () =>
      await queue.schedule({
        key: 'core/sweep',
        every: { cron: '17 3 * * *' },
        job: { type: sweepJob, payload: {}, tenantId: null, owner: 'core' },
      }),
    resolve: (job) => (job.type === sweepJob.name ? handler : undefined),
  };
}

const BATCH = 5000;

async function sweep(db: Executor, days: Retention, signal: AbortSignal): Promise<void> {
  const open = sql`exists (select 1 from delivery where delivery.inbox_id = inbox.id and result in ('waiting', 'failed'))`;
  await deleteInBatches(db, sql`inbox`, sql`${olderThan('received_at', days.inbox)} and not ${open}`, signal);
  await deleteInBatches(
    db,
    sql`delivery`,
    sql`${olderThan('created_at', days.deliveries)} and result <> 'waiting'`,
    signal,
  );
  await deleteInBatches(db, sql`event`, olderThan('created_at', days.deliveries), signal);
  const isLinked = sql`state = 'linked' and ${olderThan('linked_at', days.deliveries)}`;
  await deleteInBatches(db, sql`crm_file`, isLinked, signal);
  await deleteInBatches(db, sql`plugin_fact`, sql`expires_at < now()`, signal);
  await sweepAuth(db, days, signal);
  await sweepCrm(db, days, signal);
}

/** Sessions that are over, and who signed in when: both hold addresses of people. */
async function sweepAuth(db: Executor, days: Retention, signal: AbortSignal): Promise<void> {
  await deleteInBatches(db, sql`auth_flow`, sql`expires_at < now()`, signal);
  await deleteInBatches(db, sql`auth_failure`, sql`window_ends_at < now()`, signal);
  await deleteInBatches(
    db,
    sql`auth_session`,
    sql`coalesce(ended_at, expires_at) < now() - interval '30 days'`,
    signal,
  );
  await deleteInBatches(db, sql`auth_sign_in`, olderThan('at', days.deliveries), signal);
}

/** What the gateway keeps about writes that were given up, and about records that Twenty does not have any more. */
async function sweepCrm(db: Executor, days: Retention, signal: AbortSignal): Promise<void> {
  const givenUp = sql`${olderThan('parked_at', days.deliveries)} and state = 'discarded'`;
  await deleteInBatches(db, sql`crm_outbox`, givenUp, signal);
  // Of a destroyed record the mirror keeps nothing but that it was there; the deleted ones that Twenty still has stay.
  const destroyed = sql`${olderThan('deleted_at', days.memory)} and not data ? 'createdAt'`;
  await deleteInBatches(db, sql`crm_record`, destroyed, signal);
  const target = sql`select from crm_record record where record.tenant_id = crm_link.tenant_id and record.id = crm_id`;
  const pointless = sql`${olderThan('created_at', days.memory)} and not exists (${target})`;
  await deleteInBatches(db, sql`crm_link`, pointless, signal);
  await deleteInBatches(db, sql`crm_nonce`, sql`seen_at < now() - interval '1 day'`, signal);
}

function olderThan(column: string, days: number) {
  return sql`${sql.ref(column)} < now() - ${days} * interval '1 day'`;
}

/** Short transactions, so that nobody waits for the sweep. */
async function deleteInBatches(
  db: Executor,
  table: ReturnType<typeof sql>,
  due: ReturnType<typeof sql>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const doomed = sql`select ctid from ${table} where ${due} limit ${BATCH}`;
    const { numAffectedRows } = await sql`delete from ${table} where ctid = any (array(${doomed}))`.execute(db);
    if ((numAffectedRows ?? 0n) < BATCH) return;
  }
}
