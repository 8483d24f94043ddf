import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Decision } from './decide.ts';

/** What was decided about a mail, as it is stored. */
export type Filing = {
  readonly messageId: string;
  readonly mailboxId: string;
  readonly outcome: Decision['outcome'] | 'own' | 'bounce' | 'report' | 'rejected';
  readonly caseId: string | null;
  readonly relatedCaseId: string | null;
  readonly personId: string | null;
  readonly companyId: string | null;
  readonly senderCheck: Decision['senderCheck'];
  readonly isShown: boolean;
  readonly isQuiet: boolean;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly why: string;
  readonly flood: string;
  readonly happenedAt: Date;
};

/** @returns the ids of those that were not filed before */
export async function insertFilings(tables: PluginTables, filings: readonly Filing[]): Promise<Set<string>> {
  const rows = await tables.query<{ id: string }>(sql`
    insert into mail_filing (
      tenant_id, message_id, mailbox_id, outcome, case_id, related_case_id, person_id, company_id, sender_check,
      is_shown, is_quiet, direction, why, flood, happened_at)
    select ${thisTenant}, "messageId", "mailboxId", outcome, "caseId", "relatedCaseId", "personId", "companyId",
      "senderCheck", "isShown", "isQuiet", direction, why, flood, "happenedAt"
    from jsonb_to_recordset(${json(filings)}::jsonb) as row (
      "messageId" uuid, "mailboxId" uuid, outcome text, "caseId" uuid, "relatedCaseId" uuid, "personId" uuid,
      "companyId" uuid, "senderCheck" text, "isShown" boolean, "isQuiet" boolean, direction text, why text, flood text,
      "happenedAt" timestamptz)
    on conflict do nothing returning message_id as id
  `);
  return new Set(rows.map(({ id }) => id));
}
