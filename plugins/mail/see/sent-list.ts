import { type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import { outgoingColumns, type StoredOutgoing, type Transmission, transmissionsOf } from '../send/outgoing.ts';
import { isOwn } from './visible.ts';
import type { Viewer } from './viewer.ts';

export type SentPage = {
  /** Older than this moment, ISO 8601. */
  readonly before: string | undefined;
  readonly limit: number;
  /** For administrators: of this author alone. */
  readonly authorId: string | undefined;
};

/** What the viewer has sent, the newest first; administrators see what everybody sent. */
export async function sentList(
  { tables }: Pick<PluginContext, 'tables'>,
  viewer: Viewer,
  { before, limit, authorId }: SentPage,
): Promise<object[]> {
  const mails = await tables.query<StoredOutgoing>(sql`
    select ${outgoingColumns} from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and ${isOwn(viewer)}
      and (${before ?? null}::timestamptz is null or mail.created_at < ${before ?? null}::timestamptz)
      and (${authorId ?? null}::uuid is null or mail.author_id = ${authorId ?? null}::uuid)
    order by mail.created_at desc, mail.id limit ${limit}
  `);
  const transmissions = await transmissionsOf(
    tables,
    mails.map(({ id }) => id),
  );
  return mails.map((mail) => shownSent(mail, transmissions));
}

/** As its author and administrators see it, hidden recipients among the others. */
function shownSent(mail: StoredOutgoing, transmissions: readonly Transmission[]): object {
  return {
    id: mail.id,
    requestId: mail.requestKey,
    mailboxId: mail.mailboxId,
    authorId: mail.authorId,
    authorName: mail.authorName,
    caseId: mail.caseId,
    malfunctionId: mail.malfunctionId,
    ...mail.people,
    subject: mail.subject,
    attachments: mail.attachments.map(({ name, bytes }) => ({ name, bytes })),
    state: mail.state,
    goesAt: mail.goAt,
    createdAt: mail.createdAt,
    sentCopy: { state: mail.copyState, detail: mail.copyDetail },
    recipients: transmissions.filter(({ mailId }) => mailId === mail.id).map(shownTransmission),
  };
}

export function shownTransmission(one: Transmission): object {
  const { address, role, state, code, answer, tries, changedAt, bouncedAt, bounceReason } = one;
  return { address, role, state, code, answer, tries, changedAt, bouncedAt, bounceReason };
}
