import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { normalAddress } from './address.ts';

export type Participant = { readonly caseId: string; readonly address: string };

/** Who takes part in a case may write into it. */
export async function addParticipants(tables: PluginTables, participants: readonly Participant[]): Promise<void> {
  const rows = participants.map(({ caseId, address }) => ({ caseId, address: normalAddress(address) }));
  if (rows.length === 0) return;
  await tables.query(sql`
    insert into mail_participant (tenant_id, case_id, address)
    select distinct ${thisTenant}::uuid, "caseId", address
    from jsonb_to_recordset(${json(rows)}::jsonb) as row ("caseId" uuid, address text)
    where address <> ''
    order by "caseId", address
    on conflict do nothing
  `);
}

export async function participantsOf(
  tables: PluginTables,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tables.query<{ caseId: string; addresses: string[] }>(sql`
    select case_id as "caseId", array_agg(address) as addresses from mail_participant
    where tenant_id = ${thisTenant} and case_id = any(${[...caseIds]}::uuid[]) group by case_id
  `);
  return new Map(rows.map(({ caseId, addresses }) => [caseId, new Set(addresses)]));
}
