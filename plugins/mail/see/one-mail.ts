import { buffer } from 'node:stream/consumers';
import { NotFoundError, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import { readKept } from '../files/read.ts';
import type { StoredUnderstood } from '../receive/columns.ts';
import type { SenderCheck } from '../prove/checks.ts';
import { readSource } from '../receive/source.ts';
import { findOutgoing, outgoingColumns, type StoredOutgoing, transmissionsOf } from '../send/outgoing.ts';
import { readAttachment } from '../understand/read-attachment.ts';
import { understand } from '../understand/understand.ts';
import { hasRemotePictures } from './pictures.ts';
import { checkColumn, proofOf } from './sender-proof.ts';
import { shownTransmission } from './sent-list.ts';
import { seesReceived, seesSent } from './visible.ts';
import type { Viewer } from './viewer.ts';

type Reading = Pick<PluginContext, 'tables' | 'files'>;

type Received = {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly replyText: string;
  readonly html: string;
  readonly at: Date;
  readonly understood: StoredUnderstood;
  readonly outcome: string;
  readonly caseId: string | null;
  readonly relatedCaseId: string | null;
  readonly senderCheck: string;
  readonly why: string;
  readonly flood: string;
  readonly check: SenderCheck | null;
  /** What mail programs have done with it since; `isGone` when it lies in no folder any more that is read. */
  readonly inMailbox: { readonly isSeen: boolean; readonly isAnswered: boolean; readonly isGone: boolean };
};

/** A mail that the viewer may see, whole. @throws NotFoundError, also for one that is somebody else's */
export async function findReceived(context: Reading, viewer: Viewer, id: string): Promise<Received> {
  const [mail] = await context.tables.query<Received>(sql`
    select message.id, message.subject, message.text, message.reply_text as "replyText", message.html,
      message.received_at as at, message.understood, filing.outcome, filing.case_id as "caseId",
      filing.related_case_id as "relatedCaseId", filing.sender_check as "senderCheck", filing.why, filing.flood, ${checkColumn} as "check",
      (
        select jsonb_build_object('isSeen', coalesce(bool_or(is_seen), false),
          'isAnswered', coalesce(bool_or(is_answered), false), 'isGone', coalesce(bool_and(gone_at is not null), true))
        from mail_placement placement
        where placement.tenant_id = ${thisTenant} and placement.message_id = message.id
      ) as "inMailbox"
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    where filing.tenant_id = ${thisTenant} and filing.message_id = ${id}::uuid and ${seesReceived(viewer)}
  `);
  if (mail === undefined) throw noMail();
  if (mail.caseId !== null && !(await viewer.seesCase(mail.caseId))) throw noMail();
  return mail;
}

/** A mail of ours that the viewer may see. @throws NotFoundError */
export async function findSent(
  { tables }: Pick<Reading, 'tables'>,
  viewer: Viewer,
  id: string,
): Promise<StoredOutgoing> {
  const [mail] = await tables.query<StoredOutgoing>(sql`
    select ${outgoingColumns} from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and mail.id = ${id}::uuid and ${seesSent(viewer)}
  `);
  if (mail === undefined || (await isHidden(viewer, mail))) throw noMail();
  return mail;
}

async function isHidden(viewer: Viewer, mail: StoredOutgoing): Promise<boolean> {
  if (isAuthor(viewer, mail) || viewer.seesAllSent || mail.caseId === null) return false;
  return !(await viewer.seesCase(mail.caseId));
}

function isAuthor({ memberId }: Viewer, { authorId }: StoredOutgoing): boolean {
  return authorId !== null && authorId === memberId;
}

export function shownReceived(mail: Received): object {
  const { understood, check, ...rest } = mail;
  const { from, to, cc, replyTo, attachments, authentication, calendar, protection, problems, verdict } = understood;
  return {
    kind: 'received',
    ...rest,
    html: undefined,
    hasHtml: rest.html !== '',
    hasRemotePictures: hasRemotePictures(rest.html),
    from,
    to,
    cc,
    replyTo,
    authentication,
    proof: proofOf(check, authentication),
    calendar,
    protection,
    problems,
    verdict,
    attachments: attachments.map(({ name, safeName, mimeType, foundType, bytes, contentId, inline, section }) => ({
      name,
      safeName,
      bytes,
      contentId,
      inline,
      section,
      mimeType: foundType || mimeType,
    })),
  };
}

export async function shownSentWhole(
  { tables }: Pick<Reading, 'tables'>,
  viewer: Viewer,
  mail: StoredOutgoing,
): Promise<object> {
  const {
    people,
    id,
    requestKey,
    mailboxId,
    subject,
    text,
    html,
    quoteText,
    caseId,
    state,
    goAt,
    createdAt,
    authorName,
    attachments,
  } = mail;
  const seesHidden = isAuthor(viewer, mail) || viewer.seesAllSent;
  const transmissions = (await transmissionsOf(tables, [id])).filter(({ role }) => seesHidden || role !== 'bcc');
  return {
    kind: 'sent',
    id,
    requestId: isAuthor(viewer, mail) ? requestKey : null,
    mailboxId,
    subject,
    text,
    html,
    quote: quoteText,
    caseId,
    state,
    goesAt: goAt,
    createdAt,
    authorName,
    from: people.from,
    to: people.to,
    cc: people.cc,
    bcc: seesHidden ? people.bcc : [],
    attachments: attachments.map(({ name, mimeType, bytes }) => ({ name, mimeType, bytes })),
    recipients: transmissions.map(shownTransmission),
  };
}

/** A file of a mail that came: from where it is kept once for all mails that carry it, else from the bytes of the mail. @throws NotFoundError */
export async function receivedFile(context: Reading, { id, understood }: Received, section: string) {
  const listed = understood.attachments.find((one) => one.section === section);
  if (listed === undefined) throw noFile();
  const { safeName: name, foundType: mimeType, sha256 } = listed;
  const kept = (await readKept(context, id, [sha256])).get(sha256);
  return { name, mimeType, bytes: kept ?? (await readAttachment(await readSource(context, id), section)) };
}

/** A file of a mail of ours, by its place in the list. @throws NotFoundError */
export async function sentFile(context: Reading, mail: StoredOutgoing, index: number) {
  const listed = mail.attachments[index];
  if (listed === undefined) throw noFile();
  const { file, name, mimeType } = listed;
  // It stands in the bytes of the mail as soon as there are any.
  if (mail.rawFile === null) return { name, mimeType, bytes: await buffer(await context.files.open(file)) };
  const { attachments } = await understand(await rawSource(context, mail.id), { contents: true });
  const content = attachments[index]?.content;
  if (content === undefined) throw noFile();
  return { name, mimeType, bytes: content };
}

/** The bytes of a mail that the viewer was found to see. */
export async function rawSource(context: Reading, id: string): Promise<Buffer> {
  const sent = await findOutgoing(context.tables, id);
  if (sent === undefined) return await readSource(context, id);
  if (sent.rawFile === null)
    throw new NotFoundError('The mail has not been put together yet', { remedy: 'Wait until it goes.' });
  return await buffer(await context.files.open(sent.rawFile));
}

function noFile(): NotFoundError {
  return new NotFoundError('The mail has no such attachment', { field: 'section' });
}

function noMail(): NotFoundError {
  return new NotFoundError('There is no such mail', { field: 'id', remedy: 'Load the list again.' });
}
