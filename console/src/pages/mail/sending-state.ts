import type { Recipient } from '../../api/mail.ts';

export type SendingState =
  | 'scheduled'
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'partly'
  | 'failed'
  | 'bounced'
  | 'unknown'
  | 'undone'
  | 'mailbox';

/** Of one recipient; what came back is a state of its own, or a time beside the last one. */
interface Fate {
  readonly state: Recipient['state'] | 'bounced';
  readonly bouncedAt?: string | null;
}

export interface Sending {
  readonly state: string;
  readonly waitsForMailbox: boolean;
  readonly goesAt: string | null;
  readonly recipients: readonly Fate[];
}

/** Longer than the undo time of any mailbox: somebody chose that moment. */
const SOON_MS = 10 * 60_000;

/** What became of a mail, in one word. */
export function stateOf({ state, waitsForMailbox, goesAt, recipients }: Sending, now: number): SendingState {
  if (state === 'undone') return 'undone';
  const goes = goesAt === null ? 0 : Date.parse(goesAt);
  if (waitsForMailbox) return 'mailbox';
  if (state === 'waiting') return goes - now > SOON_MS ? 'scheduled' : 'waiting';
  const is = (wanted: Recipient['state']) => recipients.filter((one) => one.state === wanted).length;
  const bounced = recipients.filter((one) => one.state === 'bounced' || (one.bouncedAt ?? null) !== null);
  if (bounced.length > 0) return bounced.length === recipients.length ? 'bounced' : 'partly';
  if (is('unknown') > 0) return 'unknown';
  if (is('failed') > 0) return is('accepted') > 0 ? 'partly' : 'failed';
  return is('queued') + is('sending') > 0 ? 'sending' : 'sent';
}
