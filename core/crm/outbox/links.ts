import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';

/** The ids under which Twenty has records that we know by another id. */
export async function readLinks(
  db: Executor,
  tenantId: string,
  ourIds: readonly string[],
): Promise<Map<string, string>> {
  if (ourIds.length === 0) return new Map();
  const { rows } = await sql<{ our_id: string; crm_id: string }>`
    select our_id, crm_id from crm_link where tenant_id = ${tenantId} and our_id = any(${ourIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ our_id, crm_id }) => [our_id, crm_id]));
}

export type Link = { readonly ourId: string; readonly crmId: string };

export async function storeLinks(
  db: Executor,
  tenantId: string,
  object: string,
  links: readonly Link[],
): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into crm_link (tenant_id, our_id, object, crm_id)
    select ${tenantId}::uuid, "ourId", ${object}, "crmId"
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link ("ourId" uuid, "crmId" uuid)
    on conflict (tenant_id, our_id) do update set crm_id = excluded.crm_id
  `.execute(db);
}
