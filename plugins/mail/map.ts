import type { CrmWrite, JournalInput } from '@switchboard/core/contract';
import type { Decision } from './file/decide.ts';
import type { StoredOutgoing } from './send/outgoing.ts';

/**
 * What of a mail goes to the CRM: who, when, about what, and how it went. Texts, hidden recipients and files stay in the hub, because Twenty
 * shows a record to every role that may read its object.
 */

const LONGEST_LINE = 250;

export const incomingKey = (messageId: string): string => `mail/${messageId}`;
export const outgoingKey = (mailId: string): string => `sent/${mailId}`;

export type Incoming = {
  readonly id: string;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly at: Date;
  readonly isOutgoing: boolean;
};

export type Links = {
  readonly caseId: string | undefined;
  readonly personId: string | undefined;
  readonly malfunctionId?: string | undefined;
};

export function incomingMessage(mail: Incoming, links: Links, senderCheck: Decision['senderCheck']): CrmWrite {
  const key = incomingKey(mail.id);
  const direction = mail.isOutgoing ? 'OUTBOUND' : 'INBOUND';
  return {
    object: 'caseMessage',
    key,
    fields: present({
      externalKey: key,
      name: line(`${mail.isOutgoing ? 'To customer' : 'From customer'}: ${mail.subject || 'no subject'}`),
      direction,
      channel: 'EMAIL',
      status: mail.isOutgoing ? 'SENT' : 'RECEIVED',
      subject: line(mail.subject),
      occurredAt: mail.at.toISOString(),
      fromName: line(mail.fromName),
      fromAddress: line(mail.fromAddress),
      toAddresses: mail.to,
      ccAddresses: mail.cc,
      senderCheck: mail.isOutgoing ? undefined : senderCheck,
      messageId: line(mail.messageId),
      inReplyTo: line(mail.inReplyTo),
      threadKey: links.caseId,
      ...linkFields(links),
    }),
  };
}

export type SentState = {
  readonly status: 'QUEUED' | 'SENT' | 'BOUNCED' | 'FAILED';
  readonly reason: string;
  readonly at: Date;
};

export function outgoingMessage(mail: StoredOutgoing, { status, reason, at }: SentState): CrmWrite {
  const key = outgoingKey(mail.id);
  const { from, to, cc } = mail.people;
  return {
    object: 'caseMessage',
    key,
    fields: {
      ...present({
        externalKey: key,
        name: line(`To customer: ${mail.subject}`),
        direction: 'OUTBOUND',
        channel: 'EMAIL',
        status,
        subject: line(mail.subject),
        occurredAt: at.toISOString(),
        fromName: line(from.name),
        fromAddress: from.address,
        toAddresses: to.map(({ address }) => address),
        ccAddresses: cc.map(({ address }) => address),
        messageId: line(mail.messageId),
        inReplyTo: line(mail.inReplyTo),
        threadKey: mail.caseId,
        senderId: mail.authorId,
        ...linkFields({
          caseId: mail.caseId ?? undefined,
          personId: mail.personId ?? undefined,
          malfunctionId: mail.malfunctionId ?? undefined,
        }),
      }),
      failureReason: line(reason),
    },
  };
}

export type Entry = {
  /** One fact has one key. */
  readonly key: string;
  readonly kind: 'CREATED' | 'MAIL_RECEIVED' | 'MAIL_SENT' | 'MAIL_FAILED' | 'STATUS';
  /** What happened, in one line. */
  readonly name: string;
  readonly at: Date;
  readonly actor: 'MEMBER' | 'CUSTOMER' | 'SYSTEM';
  readonly actorName: string;
  /** Of the member or the person; of a mail that came back, its author. */
  readonly actorId?: string | undefined;
  readonly caseId: string | undefined;
  readonly caseMessageId: string;
  readonly personId?: string | undefined;
  readonly after?: Readonly<Record<string, unknown>>;
  /** `subject`, `from`, `to`, `reason`: never the text. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** A line in the journal. */
export function journalEntry({ key, kind, name, at, actor, actorName, actorId, ...entry }: Entry): JournalInput {
  const { caseId, caseMessageId, personId, after = {}, details = {} } = entry;
  const subjects = { serviceCase: caseId, caseMessage: caseMessageId, person: personId };
  return {
    key,
    kind,
    at,
    actor: { kind: actor, id: actorId ?? null, name: line(actorName) },
    source: 'mail',
    subjects: Object.entries(subjects).flatMap(([object, id]) => (id === undefined ? [] : [{ object, id }])),
    title: line(name),
    after,
    details,
  };
}

function linkFields({ caseId, personId, malfunctionId }: Links): Record<string, unknown> {
  return { serviceCaseId: caseId, personId, malfunctionId };
}

export function line(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length <= LONGEST_LINE ? flat : `${flat.slice(0, LONGEST_LINE - 1).toWellFormed()}…`;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
