import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';

/** How far the copy of one object has come. */
export type SyncState = {
  readonly object: string;
  readonly fingerprint: string;
  readonly cursor: string | null;
  readonly copied: number;
  readonly total: number | null;
  readonly copied_at: Date | null;
  readonly watermark: Date | null;
  readonly polled_at: Date | null;
  readonly counted_at: Date | null;
  readonly swept_at: Date | null;
  readonly missed: number;
  readonly heard_at: Date | null;
};

export async function readSync(db: Executor, tenantId: string): Promise<Map<string, SyncState>> {
  const { rows } = await sql<SyncState>`
    select object, fingerprint, cursor, copied, total, copied_at, watermark, polled_at, counted_at, swept_at, missed,
      heard_at
    from crm_sync where tenant_id = ${tenantId}
  `.execute(db);
  return new Map(rows.map((row) => [row.object, row]));
}

/** Begins a copy anew; lookups go on with what is there. @param total records that there are, for the progress shown */
export async function beginCopy(
  db: Executor,
  tenantId: string,
  object: string,
  { fingerprint, total }: { fingerprint: string; total: number },
): Promise<void> {
  await sql`
    insert into crm_sync (tenant_id, object, fingerprint, total)
    values (${tenantId}, ${object}, ${fingerprint}, ${total})
    on conflict (tenant_id, object) do update
    set fingerprint = excluded.fingerprint, cursor = null, copied = 0, total = excluded.total, copied_at = null,
      watermark = null, polled_at = null, counted_at = null
  `.execute(db);
}

export type CopyProgress = {
  readonly cursor: string | undefined;
  readonly rows: number;
  readonly total: number | undefined;
  /** The server's time when the copy began: changes are read from there on. */
  readonly watermark: Date;
};

export async function noteCopied(
  db: Executor,
  tenantId: string,
  object: string,
  progress: CopyProgress,
): Promise<void> {
  const { cursor, rows, total, watermark } = progress;
  await sql`
    update crm_sync
    set cursor = ${cursor ?? null}, copied = copied + ${rows}, total = coalesce(${total ?? null}::integer, total),
      watermark = coalesce(watermark, ${watermark}), copied_at = case when ${cursor === undefined} then now() end
    where tenant_id = ${tenantId} and object = ${object}
  `.execute(db);
}

/** @param missed changes that no webhook had told */
export async function notePolled(
  db: Executor,
  tenantId: string,
  object: string,
  { watermark, missed }: { watermark: Date; missed: number },
): Promise<void> {
  await sql`
    insert into crm_sync (tenant_id, object, fingerprint, copied_at, watermark, polled_at)
    values (${tenantId}, ${object}, '', now(), ${watermark}, now())
    on conflict (tenant_id, object) do update
    set watermark = excluded.watermark, polled_at = now(), missed = crm_sync.missed + ${missed}
  `.execute(db);
}

export async function noteCounted(db: Executor, tenantId: string, object: string): Promise<void> {
  await sql`
    update crm_sync set counted_at = now() where tenant_id = ${tenantId} and object = ${object}
  `.execute(db);
}

export async function noteSwept(db: Executor, tenantId: string, object: string): Promise<void> {
  await sql`
    update crm_sync set swept_at = now() where tenant_id = ${tenantId} and object = ${object}
  `.execute(db);
}

/** Webhooks come in: they arrive. */
export async function noteHeard(db: Executor, tenantId: string, object: string): Promise<void> {
  await sql`
    update crm_sync set heard_at = now(), missed = 0 where tenant_id = ${tenantId} and object = ${object}
  `.execute(db);
}

/** Nonces whose timestamp would be refused anyway. */
export async function forgetNonces(db: Executor): Promise<void> {
  await sql`delete from crm_nonce where seen_at < now() - interval '15 minutes'`.execute(db);
}
