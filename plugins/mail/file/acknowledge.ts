import { PostponedError, sql, thisTenant } from '@switchboard/core/contract';
import { acceptRequest } from '../send/accept.ts';
import type { SendContext } from '../send/context.ts';
import { text } from '../send/fields.ts';

const LOOK_AGAIN_MS = 5000;
/** The number of a case comes from the desk, a moment after the case. */
const WAITS_FOR_NUMBER_MS = 120_000;
const WAITS_FOR_CASE_MS = 3_600_000;
/** Nobody thanks a crowd: above it somebody uses our answers to flood a third one. */
const MOST_AN_HOUR = 60;

/** Thanks once for a case, and once a day for an address; its text holds nothing of what was written to us. */
export async function acknowledge(context: SendContext, messageId: string, since: Date): Promise<void> {
  const filed = await filedMail(context, messageId);
  if (filed === undefined) return;
  const mailbox = await context.services.mailboxes.find(filed.mailboxId);
  const wanted = mailbox?.rules.acknowledgement ?? null;
  if (mailbox === undefined || wanted === null) return;
  await caseIsThere(context, filed.caseId, wanted.subject + wanted.text, since);
  if (!(await isTurn(context, filed))) return;
  await acceptRequest(
    context,
    {
      requestId: `acknowledgement/${filed.caseId}`,
      by: 'hub',
      mailboxId: mailbox.id,
      about: { caseId: filed.caseId },
      to: [filed.address],
      subject: wanted.subject,
      text: wanted.text,
    },
    'auto-replied',
  );
}

type FiledMail = { readonly caseId: string; readonly mailboxId: string; readonly address: string };

async function filedMail({ tables }: SendContext, messageId: string): Promise<FiledMail | undefined> {
  const [row] = await tables.query<FiledMail>(sql`
    select filing.case_id as "caseId", filing.mailbox_id as "mailboxId", message.from_address as address
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    where filing.tenant_id = ${thisTenant} and filing.message_id = ${messageId} and filing.outcome = 'case-opened'
      and filing.sender_check = 'VERIFIED' and filing.case_id is not null
  `);
  return row;
}

/** @throws PostponedError until the CRM has the case, and its number where the text names it */
async function caseIsThere({ crm, clock }: SendContext, caseId: string, template: string, since: Date): Promise<void> {
  const waited = clock.now() - since.getTime();
  const found = await crm.get('serviceCase', caseId);
  const lacksNumber = found !== undefined && text(found['number']) === '' && template.includes('case.number');
  if (found === undefined && waited < WAITS_FOR_CASE_MS)
    throw new PostponedError('The case is not in the CRM yet', LOOK_AGAIN_MS);
  if (lacksNumber && waited < WAITS_FOR_NUMBER_MS)
    throw new PostponedError('The case has no number yet', LOOK_AGAIN_MS);
}

async function isTurn({ tables, clock }: SendContext, { caseId, address, mailboxId }: FiledMail): Promise<boolean> {
  const now = new Date(clock.now());
  const rows = await tables.query(sql`
    insert into mail_acknowledgement (tenant_id, case_id, mailbox_id, address, at)
    select ${thisTenant}, ${caseId}::uuid, ${mailboxId}::uuid, ${address}, ${now}
    where not exists (
      select from mail_acknowledgement where tenant_id = ${thisTenant} and address = ${address} and case_id <> ${caseId}::uuid
        and at > ${new Date(now.getTime() - 86_400_000)})
    and (
      select count(*) from mail_acknowledgement where tenant_id = ${thisTenant} and mailbox_id = ${mailboxId}::uuid
        and at > ${new Date(now.getTime() - 3_600_000)}) < ${MOST_AN_HOUR}
    on conflict (tenant_id, case_id) do update set case_id = excluded.case_id returning case_id
  `);
  return rows.length > 0;
}
