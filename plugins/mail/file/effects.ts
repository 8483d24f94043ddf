import {
  type CrmWrite,
  event,
  type EventInput,
  job,
  type JobInput,
  type JournalInput,
  mailReceived,
} from '@switchboard/core/contract';
import { type Incoming, incomingKey, incomingMessage, journalEntry, line } from '../map.ts';
import type { Mailbox } from '../send/context.ts';
import { isShown } from '../shown.ts';
import type { Arrived } from './arrived.ts';
import type { Decision } from './decide.ts';
import type { Filing } from './filing.ts';
import type { Participant } from './participants.ts';
import type { Sender } from './senders.ts';
import { acknowledgeMail } from './work.ts';

/** Everything that follows from a decision about one mail. */
export type Effects = {
  readonly filing: Filing;
  readonly participants: readonly Participant[];
  readonly writes: readonly CrmWrite[];
  readonly journal: readonly JournalInput[];
  readonly events: readonly EventInput[];
  readonly jobs: readonly JobInput[];
};

export type Decided = {
  readonly mail: Arrived;
  readonly mailbox: Mailbox;
  readonly sender: Sender;
  readonly decision: Decision;
  readonly flood: string | undefined;
  /** Of the reopened case: how often it was before. */
  readonly reopenCount: number;
  readonly now: Date;
  readonly idFor: (object: string, key: string) => string;
  /** Addresses of our own mailboxes: they take part in nothing. */
  readonly ownAddresses: ReadonlySet<string>;
};

/** Outcomes with a new case. */
const opens = new Set<Decision['outcome']>(['case-opened', 'followed-up']);

/** The id of the case that a mail is in, by a key of ours where the mail opens it. */
export function caseIdOf({ decision, mail, idFor }: Pick<Decided, 'decision' | 'mail' | 'idFor'>): string | undefined {
  return opens.has(decision.outcome) ? idFor('serviceCase', incomingKey(mail.id)) : decision.caseId;
}

export function effectsOf(decided: Decided): Effects {
  const { mail, mailbox, sender, decision, flood } = decided;
  const caseId = caseIdOf(decided);
  // What is about no case and asks for none stays in the hub.
  const shown = isShown(mailbox) && decision.outcome !== 'kept';
  return {
    filing: {
      messageId: mail.id,
      mailboxId: mailbox.id,
      outcome: decision.outcome,
      caseId: caseId ?? null,
      relatedCaseId: decision.relatedCaseId ?? null,
      personId: sender.personId ?? null,
      companyId: sender.companyId ?? null,
      senderCheck: decision.senderCheck,
      isShown: shown,
      isQuiet: decision.isQuiet,
      direction: mail.isOutgoing ? 'OUTBOUND' : 'INBOUND',
      why: decision.why,
      flood: flood ?? '',
      happenedAt: mail.receivedAt,
    },
    participants: caseId === undefined ? [] : participants(decided, caseId),
    writes: [...caseWrites(decided, caseId), ...(shown ? [messageWrite(decided, caseId)] : [])],
    journal: shown ? journalOf(decided, caseId) : [],
    events: isShown(mailbox) && !mail.isOutgoing ? [receivedEvent(decided, caseId, shown)] : [],
    jobs: acknowledgement(decided),
  };
}

function participants({ mail, ownAddresses }: Decided, caseId: string): Participant[] {
  const people = [mail.fromAddress, ...[...mail.to, ...mail.cc].map(({ address }) => address)];
  return people
    .filter((address) => address !== '' && !ownAddresses.has(address.toLowerCase()))
    .map((address) => ({ caseId, address }));
}

function caseWrites({ mail, sender, decision, reopenCount }: Decided, caseId: string | undefined): CrmWrite[] {
  if (caseId === undefined) return [];
  const lastActivityAt = mail.receivedAt.toISOString();
  if (opens.has(decision.outcome)) {
    const subject = line(mail.subject) || 'No subject';
    const links = {
      personId: sender.personId,
      companyId: sender.companyId,
      locationId: sender.locationId,
      splitFromId: decision.relatedCaseId,
    };
    const known = Object.fromEntries(Object.entries(links).filter(([, value]) => value !== undefined));
    const fields = {
      name: subject,
      subject,
      status: 'NEW',
      channel: 'EMAIL',
      openedAt: lastActivityAt,
      lastActivityAt,
    };
    return [{ object: 'serviceCase', key: incomingKey(mail.id), fields: { ...fields, ...known } }];
  }
  if (mail.isHistory) return [];
  if (decision.outcome !== 'reopened') return [{ object: 'serviceCase', id: caseId, fields: { lastActivityAt } }];
  const again = { status: 'OPEN', reopenCount: reopenCount + 1, resolvedAt: null, closedAt: null, closeReason: null };
  return [{ object: 'serviceCase', id: caseId, fields: { ...again, lastActivityAt } }];
}

function messageWrite({ mail, sender, decision }: Decided, caseId: string | undefined): CrmWrite {
  return incomingMessage(toIncoming(mail), { caseId, personId: sender.personId }, decision.senderCheck);
}

/** The mail, and what it did to its case. */
function journalOf({ mail, sender, decision, idFor }: Decided, caseId: string | undefined): JournalInput[] {
  // What lay in a mailbox before it was connected belongs to cases or to nobody.
  if (caseId === undefined && mail.isHistory) return [];
  const key = incomingKey(mail.id);
  const from = mail.fromName || mail.fromAddress;
  const { personId, isStaff } = sender;
  const about = { at: mail.receivedAt, caseId, personId, caseMessageId: idFor('caseMessage', key) };
  const to = mail.to.map(({ address }) => address).join(', ');
  const entry = journalEntry({
    ...about,
    key,
    kind: mail.isOutgoing ? 'MAIL_SENT' : 'MAIL_RECEIVED',
    name: `Mail ${mail.isOutgoing ? 'sent by' : 'from'} ${from}: ${mail.subject}`,
    actor: isStaff ? 'MEMBER' : 'CUSTOMER',
    actorName: from,
    actorId: isStaff ? undefined : personId,
    details: { subject: mail.subject, from: mail.fromAddress, ...(mail.isOutgoing ? { to } : {}) },
  });
  const byItself = { ...about, actor: 'SYSTEM', actorName: '' } as const;
  if (opens.has(decision.outcome)) {
    const after = { subject: line(mail.subject), status: 'NEW' };
    const name = 'Case opened by a mail';
    return [journalEntry({ ...byItself, key: `${key}/opened`, kind: 'CREATED', name, after }), entry];
  }
  if (decision.outcome !== 'reopened') return [entry];
  const again = { kind: 'STATUS', name: 'Reopened by a mail', after: { status: 'OPEN' } } as const;
  return [entry, journalEntry({ ...byItself, ...again, key: `${key}/reopened` })];
}

function toIncoming(mail: Arrived): Incoming {
  return {
    id: mail.id,
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo[0] ?? '',
    subject: mail.subject,
    fromName: mail.fromName,
    fromAddress: mail.fromAddress,
    to: mail.to.map(({ address }) => address),
    cc: mail.cc.map(({ address }) => address),
    at: mail.receivedAt,
    isOutgoing: mail.isOutgoing,
  };
}

function receivedEvent(
  { mail, mailbox, sender, decision, idFor }: Decided,
  caseId: string | undefined,
  shown: boolean,
) {
  const kind = mail.verdict === 'auto-reply' || mail.verdict === 'bulk' ? mail.verdict : ('human' as const);
  const payload = {
    mailId: mail.id,
    caseMessageId: shown ? idFor('caseMessage', incomingKey(mail.id)) : null,
    caseId: caseId ?? null,
    mailboxId: mailbox.id,
    personId: sender.personId ?? null,
    companyId: sender.companyId ?? null,
    from: mail.fromAddress,
    subject: mail.subject,
    receivedAt: mail.receivedAt.toISOString(),
    kind,
    outcome: decision.outcome,
    relatedCaseId: decision.relatedCaseId ?? null,
    quiet: decision.isQuiet,
  };
  // What a person decides later is told again.
  return event(mailReceived, payload, decision.senderCheck === 'SETTLED' ? `${mail.id}/settled` : mail.id);
}

/** Only to a person who has opened a case, whose machine minds no answer, and who does not write without end. */
function acknowledgement({ mail, mailbox, decision, now }: Decided): JobInput[] {
  const wanted = mailbox.rules.acknowledgement !== null && decision.outcome === 'case-opened' && !decision.isQuiet;
  if (!wanted || mail.answerUnwelcome || decision.senderCheck !== 'VERIFIED') return [];
  return [job(acknowledgeMail, { messageId: mail.id, since: now.toISOString() }, mail.id)];
}
