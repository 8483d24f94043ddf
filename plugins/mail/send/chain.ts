import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** The newest mail of a conversation: what the next one answers, so that mail programs show them together. */
export type Chain = { readonly messageId: string; readonly references: readonly string[] };

export async function chainsOf(tables: PluginTables, caseIds: readonly string[]): Promise<ReadonlyMap<string, Chain>> {
  if (caseIds.length === 0) return new Map();
  const ids = [...caseIds];
  const rows = await tables.query<Chain & { caseId: string }>(sql`
    select distinct on ("caseId") "caseId", "messageId", "references" from (
      select filing.case_id as "caseId", message.understood #>> '{written,messageId}' as "messageId",
        message.understood #> '{written,references}' as "references", filing.happened_at as happened
      from mail_filing filing
      join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
      where filing.tenant_id = ${thisTenant} and filing.case_id = any(${ids}::uuid[])
        and filing.outcome in ('case-opened', 'joined', 'reopened', 'followed-up') and message.message_id <> ''
      union all
      select case_id, coalesce(nullif(server_message_id, ''), message_id), to_jsonb(reference_ids), created_at
      from mail_outgoing
      where tenant_id = ${thisTenant} and case_id = any(${ids}::uuid[]) and state in ('going', 'done')
    ) newest
    order by "caseId", happened desc
  `);
  return new Map(
    rows.map(({ caseId, messageId, references }) => [caseId, { messageId, references: references ?? [] }]),
  );
}
