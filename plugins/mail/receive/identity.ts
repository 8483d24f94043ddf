import { createHash } from 'node:crypto';
import type { Understood } from '../understand/understood.ts';

/**
 * The id of a message within the tenant: the same mail in two of our mailboxes has the same one, another mail under a used Message-ID has not.
 * What lies in Sent is a message of its own beside the copy that came back to us.
 */
export function messageIdOf(mail: Understood, isOutgoing: boolean): string {
  const senders = mail.from.map(({ address }) => address.toLowerCase());
  const parts = mail.attachments.map(({ sha256 }) => sha256);
  return hashed([mail.messageId, senders, mail.date, mail.subject, mail.text, parts, isOutgoing]);
}

/** Of a message that nobody can read: by its bytes. */
export function unreadableIdOf(raw: Buffer, isOutgoing: boolean): string {
  return hashed([createHash('sha256').update(raw).digest('hex'), isOutgoing]);
}

/** In the form of a UUID (version 8: made of a hash). */
function hashed(parts: readonly unknown[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
