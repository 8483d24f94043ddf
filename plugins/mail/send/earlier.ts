import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Earlier } from './quote.ts';

type Answering = {
  readonly caseId: string;
  /** Lower case: who is openly written to. */
  readonly addresses: readonly string[];
  /** The author. */
  readonly memberId: string;
};

/**
 * The mail that an answer answers: the newest one of the case that a person wrote to whom the answer goes. What somebody else wrote is quoted to
 * nobody, nor is mail of a personal mailbox that its owner does not share.
 */
export async function findEarlier(tables: PluginTables, answering: Answering): Promise<Earlier | undefined> {
  const { caseId, addresses, memberId } = answering;
  const [found] = await tables.query<Earlier>(sql`
    select jsonb_build_object('name', message.from_name, 'address', message.from_address) as "from",
      message.received_at as at, message.text, message.html
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    left join mail_mailbox owned on owned.tenant_id = ${thisTenant} and owned.id = filing.mailbox_id
    where filing.tenant_id = ${thisTenant} and filing.case_id = ${caseId}::uuid and filing.direction = 'INBOUND'
      and filing.outcome in ('case-opened', 'joined', 'reopened', 'followed-up')
      and (filing.is_shown or owned.owner_member_id = ${memberId}::uuid)
      and message.verdict = 'human' and message.from_address = any(${[...addresses]}::text[])
    order by filing.happened_at desc limit 1`);
  return found;
}
