import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import type { SessionReport } from './session/report.ts';
import { readTest } from './webhook-test/state.ts';
import type { WebhookTest } from './webhook-test/state.ts';

/** How a tenant's connection to Twenty is doing. */
export interface CrmStatus {
  readonly outbox: {
    readonly pending: number;
    readonly parked: number;
    /** When the oldest pending write was staged. */
    readonly oldest: Date | undefined;
  };
  /** What the session last said; undefined when none ever ran. */
  readonly session: (SessionReport & { readonly at: Date }) | undefined;
  readonly mirror: readonly MirrorStatus[];
  /** The last test of whether Twenty's webhooks arrive; undefined before the first. */
  readonly webhookTest: WebhookTest | undefined;
}

export interface MirrorStatus {
  readonly object: string;
  readonly state: 'copying' | 'fresh';
  /** Records copied so far, and how many there were when the copy began; what is left in time is in the session's report. */
  readonly copied: number;
  readonly total: number | undefined;
  /** Everything up to then is in the mirror, whatever happened to webhooks. */
  readonly freshUntil: Date | undefined;
  readonly lastWebhook: Date | undefined;
  /** Changes since then that only polling found: more than a few mean that webhooks do not arrive. */
  readonly missedByWebhooks: number;
}

export async function readStatus(db: Executor, tenantId: string): Promise<CrmStatus> {
  const [outbox, session, mirror, webhookTest] = await Promise.all([
    readOutbox(db, tenantId),
    readSession(db, tenantId),
    readMirror(db, tenantId),
    readTest(db, tenantId),
  ]);
  return { outbox, session, mirror, webhookTest };
}

async function readOutbox(db: Executor, tenantId: string): Promise<CrmStatus['outbox']> {
  const { rows } = await sql<{ pending: number; parked: number; oldest: Date | null }>`
    select
      (select count(*) from crm_outbox where tenant_id = ${tenantId} and state = 'pending') as pending,
      (select count(*) from crm_outbox where tenant_id = ${tenantId} and state = 'parked') as parked,
      (select min(staged_at) from (
        select (
          select staged_at from crm_outbox
          where tenant_id = ${tenantId} and state = 'pending' and crm_outbox.lane = lane.lane order by seq limit 1
        ) as staged_at from unnest(array[0, 1, 2]) as lane
      ) first) as oldest
  `.execute(db);
  const { pending = 0, parked = 0, oldest = null } = rows[0] ?? {};
  return { pending, parked, oldest: oldest ?? undefined };
}

async function readSession(db: Executor, tenantId: string): Promise<CrmStatus['session']> {
  const { rows } = await sql<{ report: SessionReport; updated_at: Date }>`
    select report, updated_at from crm_session where tenant_id = ${tenantId}
  `.execute(db);
  return rows[0] && { ...rows[0].report, at: rows[0].updated_at };
}

async function readMirror(db: Executor, tenantId: string): Promise<MirrorStatus[]> {
  const { rows } = await sql<{
    object: string;
    copied: number;
    total: number | null;
    copied_at: Date | null;
    watermark: Date | null;
    heard_at: Date | null;
    missed: number;
  }>`
    select object, copied, total, copied_at, watermark, heard_at, missed from crm_sync
    where tenant_id = ${tenantId} order by object
  `.execute(db);
  return rows.map((row) => ({
    object: row.object,
    state: row.copied_at === null ? 'copying' : 'fresh',
    copied: row.copied,
    total: row.total ?? undefined,
    freshUntil: row.copied_at === null ? undefined : (row.watermark ?? undefined),
    lastWebhook: row.heard_at ?? undefined,
    missedByWebhooks: row.missed,
  }));
}
