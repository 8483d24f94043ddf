import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import { outboxChannel } from './stage.ts';

/** A write that Twenty refused, or that the gateway keeps back. */
export type ParkedWrite = {
  /** Grows with the order of staging. */
  readonly id: number;
  readonly object: string;
  readonly recordId: string;
  /** Names only: the values are a customer's. */
  readonly fieldNames: readonly string[];
  /** `refused`, `missing`, `deleted`, `dependency`, `too-large`, `permission` */
  readonly code: string;
  /** Twenty's words where it said something. */
  readonly message: string;
  readonly remedy: string | undefined;
  readonly stagedAt: Date;
  readonly parkedAt: Date;
};

export type ParkedFilter = { readonly id?: number; readonly object?: string; readonly code?: string };

/** Oldest first. @param after the last id of the page before @param limit default 100, at most 1000 */
export async function listParked(
  db: Executor,
  tenantId: string,
  { after = 0, limit = 100, ...filter }: ParkedFilter & { after?: number; limit?: number } = {},
): Promise<ParkedWrite[]> {
  const { rows } = await sql<Omit<ParkedWrite, 'remedy'> & { remedy: string | null }>`
    select seq as id, object, record_id as "recordId", error_code as code, error_message as message, remedy,
      array(select jsonb_object_keys(fields)) as "fieldNames", staged_at as "stagedAt", parked_at as "parkedAt"
    from crm_outbox
    where ${matching(tenantId, filter)} and seq > ${after}
    order by seq limit ${Math.min(limit, 1000)}
  `.execute(db);
  return rows.map((row) => ({ ...row, remedy: row.remedy ?? undefined }));
}

/** Stops counting at `most`. */
export async function countParked(db: Executor, tenantId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from (
      select from crm_outbox where tenant_id = ${tenantId} and state = 'parked' limit ${most}) counted
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Sends them again, with what was staged for the same records since. @returns how many */
export async function replayParked(db: Executor, tenantId: string, filter: ParkedFilter = {}): Promise<number> {
  const { numAffectedRows } = await sql`
    update crm_outbox
    set state = 'pending', waits_for = null, parked_at = null, error_code = null, error_message = null, remedy = null
    where ${matching(tenantId, filter)}
  `.execute(db);
  await sql`select pg_notify(${outboxChannel}, ${tenantId})`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Gives them up for good. The row stays, with the reason, until the retention, which counts from now, removes it. @returns how many */
export async function discardParked(
  db: Executor,
  tenantId: string,
  filter: ParkedFilter,
  reason: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update crm_outbox set state = 'discarded', remedy = ${reason}, waits_for = null, parked_at = now()
    where ${matching(tenantId, filter)}
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}

function matching(tenantId: string, { id, object, code }: ParkedFilter) {
  return sql`tenant_id = ${tenantId} and state = 'parked'
    and (${id ?? null}::bigint is null or seq = ${id ?? null}::bigint)
    and (${object ?? null}::text is null or object = ${object ?? null}::text)
    and (${code ?? null}::text is null or error_code = ${code ?? null}::text)`;
}
