import { type CrmReader, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import type { SenderCheck } from '../prove/checks.ts';
import { outgoingColumns, type StoredOutgoing, transmissionsOf } from '../send/outgoing.ts';
import type { Authentication } from '../understand/understood.ts';
import { namedCases } from './named-cases.ts';
import { checkColumn, proofOf } from './sender-proof.ts';
import { shownTransmission } from './sent-list.ts';
import { isOwn, seesReceived } from './visible.ts';
import type { Viewer } from './viewer.ts';

const MOST = 200;

/** What waits for a person: replies of whom nobody can tell that they belong to the case, and mails of which nobody knows whether they arrived. */
export async function lookList({ tables, crm }: Pick<PluginContext, 'tables' | 'crm'>, viewer: Viewer) {
  const [unverified, lost, mayFile] = await Promise.all([
    unverifiedMails(tables, viewer.crm ?? crm, viewer),
    lostMails(tables, viewer),
    viewer.mayChangeCases(),
  ]);
  return { unverified, lost, mayFile };
}

type Unverified = {
  readonly relatedCaseId: string | null;
  readonly said: Authentication | null;
  readonly check: SenderCheck | null;
};

async function unverifiedMails(
  tables: PluginContext['tables'],
  crm: Pick<CrmReader, 'getMany'>,
  viewer: Viewer,
): Promise<object[]> {
  const rows = await tables.query<Unverified>(sql`
    select message.id, message.subject, message.from_address as "fromAddress", message.from_name as "fromName",
      filing.happened_at as at, filing.why, filing.related_case_id as "relatedCaseId", filing.mailbox_id as "mailboxId",
      left(message.reply_text, 300) as excerpt,
      message.understood -> 'authentication' as said, ${checkColumn} as "check"
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    where filing.tenant_id = ${thisTenant} and filing.outcome = 'needs-a-look' and ${seesReceived(viewer)}
    order by filing.happened_at limit ${MOST}
  `);
  const seen = await Promise.all(
    rows.map(async ({ relatedCaseId }) => relatedCaseId === null || (await viewer.seesCase(relatedCaseId))),
  );
  const cases = await namedCases(
    crm,
    rows.map(({ relatedCaseId }) => relatedCaseId),
  );
  return rows
    .filter((_row, index) => seen[index])
    .map(({ said, check, ...row }) => ({
      ...row,
      relatedCase: cases.get(row.relatedCaseId ?? '') ?? null,
      proof: proofOf(check, said),
    }));
}

async function lostMails(tables: PluginContext['tables'], viewer: Viewer): Promise<object[]> {
  const mails = await tables.query<StoredOutgoing>(sql`
    select ${outgoingColumns} from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and ${isOwn(viewer)} and exists (
      select from mail_transmission held
      where held.tenant_id = ${thisTenant} and held.outgoing_id = mail.id and held.state = 'unknown')
    order by mail.created_at limit ${MOST}
  `);
  const transmissions = await transmissionsOf(
    tables,
    mails.map(({ id }) => id),
  );
  return mails.map(({ id, subject, caseId, people, createdAt, authorName }) => ({
    id,
    subject,
    caseId,
    to: people.to,
    createdAt,
    authorName,
    recipients: transmissions
      .filter(({ mailId, state }) => mailId === id && state === 'unknown')
      .map(shownTransmission),
  }));
}

/** Mails above the caps, with the reason, for who looks after the hub. */
export async function floodList({ tables }: Pick<PluginContext, 'tables'>, viewer: Viewer): Promise<object[]> {
  if (!viewer.seesOperations) return [];
  return await tables.query(sql`
    select filing.mailbox_id as "mailboxId", message.from_address as "fromAddress", filing.flood as why,
      count(*) as mails, min(filing.filed_at) as since, max(filing.filed_at) as until
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    where filing.tenant_id = ${thisTenant} and filing.flood <> '' and filing.filed_at > now() - interval '30 days'
      and ${seesReceived(viewer)}
    group by filing.mailbox_id, message.from_address, filing.flood order by max(filing.filed_at) desc limit ${MOST}
  `);
}
