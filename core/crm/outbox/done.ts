import { sql } from 'kysely';
import type { SwitchboardError } from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';

/** Twenty has them. What was parked because it points at one of these records gets its turn. */
export async function completeRows(
  db: Executor,
  tenantId: string,
  done: { readonly seqs: readonly number[]; readonly recordIds: readonly string[] },
): Promise<void> {
  await sql`delete from crm_outbox where seq = any(${done.seqs}::bigint[])`.execute(db);
  await sql`
    update crm_outbox
    set state = 'pending', waits_for = null, parked_at = null, error_code = null, error_message = null, remedy = null
    where tenant_id = ${tenantId} and waits_for = any(${done.recordIds}::uuid[]) and state = 'parked'
  `.execute(db);
}

/** The first patch of a circle went without some fields: they stay behind in the row. */
export async function keepFields(db: Executor, seq: number, fields: Readonly<Record<string, unknown>>): Promise<void> {
  await sql`
    update crm_outbox set fields = ${JSON.stringify(fields)}::jsonb, sent_at = null where seq = ${seq}
  `.execute(db);
}

export type Refusal = {
  readonly seqs: readonly number[];
  readonly error: Pick<SwitchboardError, 'code' | 'message' | 'remedy'>;
  readonly waitsFor?: string;
};

/** Takes writes out of the way with the reason, for a person to look at. Nothing of them is lost. */
export async function parkRows(db: Executor, { seqs, error, waitsFor }: Refusal): Promise<void> {
  await sql`
    update crm_outbox
    set state = 'parked', parked_at = now(), sent_at = null, error_code = ${error.code},
        error_message = ${error.message}, remedy = ${error.remedy ?? null}, waits_for = ${waitsFor ?? null}
    where seq = any(${seqs}::bigint[])
  `.execute(db);
}
