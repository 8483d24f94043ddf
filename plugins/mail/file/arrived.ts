import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Bounce, FeedbackReport, MailAddress } from '../understand/understood.ts';
import type { Verdict } from './decide.ts';

/** A stored message that is to be filed, with what filing looks at. */
export type Arrived = {
  readonly id: string;
  readonly mailboxId: string;
  readonly messageId: string;
  readonly subject: string;
  readonly fromAddress: string;
  readonly fromName: string;
  readonly receivedAt: Date;
  readonly verdict: Verdict;
  readonly isOutgoing: boolean;
  readonly isHistory: boolean;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly isProven: boolean;
  readonly answerUnwelcome: boolean;
  readonly bounce: Bounce | null;
  readonly feedback: FeedbackReport | null;
  /** Our own header; null without. */
  readonly marker: string | null;
};

/** Those of the messages that are not filed yet, in the order in which they came; or, to be looked at again, those that are. */
export async function arrivedOf(
  tables: PluginTables,
  ids: readonly string[],
  { filed = false }: { readonly filed?: boolean } = {},
): Promise<Arrived[]> {
  return await tables.query<Arrived>(sql`
    select message.id, message.mailbox_id as "mailboxId", message.message_id as "messageId", message.subject,
      message.from_address as "fromAddress", message.from_name as "fromName", message.received_at as "receivedAt",
      message.verdict, message.is_outgoing as "isOutgoing", message.is_history as "isHistory",
      told."inReplyTo", told."references", told."to", told.cc, told.authentication -> 'aligned' = 'true' as "isProven",
      told."answerUnwelcome", told.bounce, told.feedback, told.marker
    from mail_message message
    -- It is kept compressed, and expanded once for all that is asked of it.
    cross join jsonb_to_record(message.understood) as told (
      "inReplyTo" jsonb, "references" jsonb, "to" jsonb, cc jsonb, authentication jsonb, "answerUnwelcome" boolean, bounce jsonb,
      feedback jsonb, marker text)
    where message.tenant_id = ${thisTenant} and message.id = any(${[...ids]}::uuid[])
      and message.state in ('ready', 'oversize')
      and ${filed} = exists (
        select from mail_filing filing where filing.tenant_id = ${thisTenant} and filing.message_id = message.id)
    order by message.received_at, message.id
  `);
}
