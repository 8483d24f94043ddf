import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';

/**
 * Of these records, those of which a write of ours is on its way: their news may be that write coming back before its
 * answer did. Ask before the mirror is changed: the answer takes the outbox row away and changes the mirror in one transaction, so that
 * afterwards one of the two tells.
 */
export async function recordsOnTheirWay(db: Executor, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from crm_outbox
    where tenant_id = ${tenantId} and record_id = any(${ids}::uuid[]) and sent_at is not null and state <> 'discarded'
    union
    select crm_id from crm_link join crm_outbox on crm_outbox.tenant_id = crm_link.tenant_id and record_id = our_id
    where crm_link.tenant_id = ${tenantId} and crm_id = any(${ids}::uuid[])
      and sent_at is not null and state <> 'discarded'
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}
