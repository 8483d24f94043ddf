import {
  type CrmWrite,
  event,
  type EventInput,
  type JournalInput,
  mailBounced,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { journalEntry, outgoingKey, outgoingMessage } from '../map.ts';
import type { SendContext } from '../send/context.ts';
import { outgoingColumns, type StoredOutgoing, type Transmission, transmissionsOf } from '../send/outgoing.ts';
import { isShown } from '../shown.ts';
import type { BouncedRecipient } from '../understand/understood.ts';
import { type Bounced, markBounced, markUnwanted } from './address-marks.ts';
import type { Arrived } from './arrived.ts';
import type { Filing } from './filing.ts';
import type { OwnIds } from './own-ids.ts';

/** A mail that tells of one of ours: our own copy, what did not arrive, a complaint. It opens nothing and joins nothing by itself. */
export type Report = {
  readonly mail: Arrived;
  readonly kind: 'own' | 'bounce' | 'report';
  /** Of the mail it tells of, when the id is one that we made. */
  readonly mailId: string | undefined;
  /** Other ids in it, for servers that replace ours. */
  readonly ids: readonly string[];
};

/** @param own addresses of our mailboxes: others may copy our marks, but do not write as us to us */
export function reportOn(mail: Arrived, ids: OwnIds, own: ReadonlySet<string>): Report | undefined {
  const ownId = ids.read(mail.messageId)?.mailId ?? ids.readMarker(mail.marker ?? '');
  if (ownId !== undefined && own.has(mail.fromAddress)) return { mail, kind: 'own', mailId: ownId, ids: [] };
  if (mail.verdict === 'own') return { mail, kind: 'own', mailId: undefined, ids: [mail.messageId] };
  const original = mail.bounce ?? (mail.feedback && { ...mail.feedback, originalIds: [] });
  if (original !== null) {
    // Accepted for ids that carry our MAC alone, or that a server of ours gave out: anybody can write a report.
    const named = [original.originalMessageId, ...original.originalIds].filter((id) => id !== '');
    const mailId = named.map((id) => ids.read(id)?.mailId).find((id) => id !== undefined);
    return { mail, kind: mail.bounce === null ? 'report' : 'bounce', mailId, ids: named };
  }
  return mail.verdict === 'bounce' || mail.verdict === 'report'
    ? { mail, kind: mail.verdict, mailId: undefined, ids: [] }
    : undefined;
}

/** What follows from a report, to be applied when it is the first of its kind. */
export type Followed = {
  readonly filing: Filing;
  readonly writes: readonly CrmWrite[];
  readonly journal: readonly JournalInput[];
  readonly events: readonly EventInput[];
  readonly apply: (tables: PluginTables) => Promise<void>;
};

export async function followReports(context: SendContext, reports: readonly Report[]): Promise<Followed[]> {
  if (reports.length === 0) return [];
  const sent = await sentMails(context.tables, reports);
  const transmissions = await transmissionsOf(
    context.tables,
    sent.map(({ id }) => id),
  );
  const shown = new Set((await context.services.mailboxes.list()).filter(isShown).map(({ id }) => id));
  return reports.map((report) => {
    const mail = sent.find(({ id, serverMessageId }) =>
      report.mailId === undefined
        ? serverMessageId !== '' && report.ids.includes(serverMessageId)
        : id === report.mailId,
    );
    const mine = transmissions.filter(({ mailId }) => mailId === mail?.id);
    const isPublic = mail !== undefined && shown.has(mail.mailboxId);
    return follow(context, { report, mail, transmissions: mine, isPublic });
  });
}

async function sentMails(tables: PluginTables, reports: readonly Report[]): Promise<StoredOutgoing[]> {
  const mailIds = reports.flatMap(({ mailId }) => mailId ?? []);
  const serverIds = reports.flatMap(({ mailId, ids }) => (mailId === undefined ? ids : []));
  return await tables.query<StoredOutgoing>(sql`
    select ${outgoingColumns} from mail_outgoing mail
    where mail.tenant_id = ${thisTenant} and (mail.id = any(${mailIds}::uuid[])
      or (mail.server_message_id <> '' and mail.server_message_id = any(${[...serverIds]}::text[])))
  `);
}

type Following = {
  readonly report: Report;
  readonly mail: StoredOutgoing | undefined;
  readonly transmissions: readonly Transmission[];
  readonly isPublic: boolean;
};

function follow(context: SendContext, following: Following): Followed {
  const { report, mail } = following;
  const nothing = { filing: filingOf(following), writes: [], journal: [], events: [], apply: async () => {} };
  if (mail === undefined || report.kind === 'own') return nothing;
  if (report.kind === 'report') {
    const addresses = report.mail.feedback?.recipients ?? [];
    const known = following.transmissions.map(({ address }) => address);
    const unwanted = matching(addresses, known);
    return { ...nothing, apply: (tables) => markUnwanted(tables, unwanted, report.mail.receivedAt) };
  }
  const bounced = bouncedOf(following);
  if (bounced.length === 0) return nothing;
  return {
    ...nothing,
    ...(following.isPublic ? bounceChanges(context, mail, bounced, report.mail) : { writes: [], journal: [] }),
    events: following.isPublic ? bounced.map((one) => bounceEvent(context, mail, one, report.mail)) : [],
    apply: (tables) => markBounced(tables, mail.id, bounced, report.mail.receivedAt),
  };
}

const whys = {
  own: 'Sent by the hub itself.',
  bounce: 'Tells of a mail that did not arrive.',
  report: 'Tells what became of a mail: read, or unwanted.',
} as const;

function filingOf({ report, mail }: Following): Filing {
  return {
    messageId: report.mail.id,
    mailboxId: report.mail.mailboxId,
    outcome: report.kind,
    caseId: mail?.caseId ?? null,
    relatedCaseId: null,
    personId: mail?.personId ?? null,
    companyId: mail?.companyId ?? null,
    senderCheck: 'VERIFIED',
    isShown: false,
    isQuiet: true,
    direction: report.kind === 'own' ? 'OUTBOUND' : 'INBOUND',
    why: whys[report.kind],
    flood: '',
    happenedAt: report.mail.receivedAt,
  };
}

/** Forwarding changes the address in the report; with one recipient it can be nobody else. */
function bouncedOf({ report, transmissions }: Following): Bounced[] {
  const failed = (report.mail.bounce?.recipients ?? []).filter(({ action }) => action === 'failed');
  const [only, ...others] = transmissions;
  return failed.flatMap((recipient) => {
    const written = [recipient.address, recipient.finalAddress].map((one) => one.toLowerCase());
    const match =
      transmissions.find(({ address }) => written.includes(address)) ?? (others.length === 0 ? only : undefined);
    return match === undefined ? [] : [{ address: match.address, recipient }];
  });
}

function matching(reported: readonly string[], known: readonly string[]): string[] {
  const lower = reported.map((address) => address.toLowerCase());
  return known.length === 1 ? [...known] : known.filter((address) => lower.includes(address));
}

function bounceChanges(
  { crm }: SendContext,
  mail: StoredOutgoing,
  bounced: readonly Bounced[],
  told: Arrived,
): { readonly writes: readonly CrmWrite[]; readonly journal: readonly JournalInput[] } {
  const reason = bounced.map(({ address, recipient }) => `${address}: ${sentence(recipient)}`).join('; ');
  const { fields, ...message } = outgoingMessage(mail, { status: 'BOUNCED', reason, at: told.receivedAt });
  // When it was sent stays as it was.
  const { occurredAt: _, ...changed } = fields;
  if (mail.caseId === null) return { writes: [], journal: [] };
  const entry = journalEntry({
    key: `bounce/${told.id}`,
    kind: 'MAIL_FAILED',
    name: `Mail not delivered: ${reason}`,
    at: told.receivedAt,
    actor: 'SYSTEM',
    actorName: '',
    actorId: mail.authorId ?? undefined,
    caseId: mail.caseId,
    caseMessageId: crm.idFor('caseMessage', outgoingKey(mail.id)),
    personId: mail.personId ?? undefined,
    details: { subject: mail.subject, to: bounced.map(({ address }) => address).join(', '), reason },
  });
  return { writes: [{ ...message, fields: changed }], journal: [entry] };
}

function sentence({ reason, code, text }: BouncedRecipient): string {
  return [reason.replaceAll('-', ' '), code, text].filter((part) => part !== '').join(', ');
}

function bounceEvent({ crm }: SendContext, mail: StoredOutgoing, { address, recipient }: Bounced, told: Arrived) {
  const payload = {
    mailId: mail.id,
    caseMessageId: crm.idFor('caseMessage', outgoingKey(mail.id)),
    caseId: mail.caseId,
    mailboxId: mail.mailboxId,
    personId: mail.personId,
    companyId: mail.companyId,
    memberId: mail.authorId,
    address,
    permanent: recipient.permanent,
    reason: recipient.reason,
    bouncedAt: told.receivedAt.toISOString(),
  };
  return event(mailBounced, payload, `${mail.id}/${address}`);
}
