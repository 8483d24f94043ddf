import type { AboutCase, MailRequest, WholeMail } from '../../api/mail.ts';
import { asHtml } from './formatting.ts';

/** A mail that somebody writes, as it is kept in the browser. Pure: no storage, no clock. */

export type DraftFile = MailRequest['attachments'][number] & {
  readonly name: string;
  readonly bytes: number;
  /** Of one that was taken from Twenty. */
  readonly fileId?: string;
};

/** Another one for every file of a mail. */
export function nameOf(file: DraftFile): string {
  if ('upload' in file) return `${file.upload} ${file.name}`;
  return 'callId' in file ? `${file.callId} ${file.recordingId}` : `${file.mailId} ${file.section}`;
}

/** The same file under the same name goes once. */
export function withFile(files: readonly DraftFile[], file: DraftFile): readonly DraftFile[] {
  return files.some((one) => nameOf(one) === nameOf(file)) ? files : [...files, file];
}

export interface Draft {
  /** Of the click on "send": another one with every change, the same for the same mail. */
  readonly requestId: string;
  readonly mailboxId: string | undefined;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly DraftFile[];
  /** ISO 8601; undefined: now. */
  readonly sendAt: string | undefined;
}

export function emptyDraft(requestId: string): Draft {
  return {
    requestId,
    mailboxId: undefined,
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    text: '',
    files: [],
    sendAt: undefined,
  };
}

/** What a mail program writes and reads: `Anna Berg <anna@example.com>`. */
export function written({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' ? address : `${name.replaceAll(/[<>",;]/g, '').trim()} <${address}>`;
}

/** The address within what somebody wrote. */
export function addressIn(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim();
}

/** What mail can be sent to as far as one can tell by looking; the hub looks again. */
export function isAddress(text: string): boolean {
  const address = addressIn(text);
  return address.length <= 254 && /^[^\s@<>"(),;:]+@[^\s@<>"(),;:.]+(?:\.[^\s@<>"(),;:.]+)+$/.test(address);
}

export const MOST_RECIPIENTS = 100;

export type FieldProblem =
  | { readonly field: 'to'; readonly kind: 'nobody' }
  | { readonly field: 'to'; readonly kind: 'too-many'; readonly count: number }
  | { readonly field: 'to' | 'cc' | 'bcc'; readonly kind: 'no-address'; readonly text: string }
  | { readonly field: 'subject' | 'text'; readonly kind: 'empty' };

/** What keeps the mail from being sent, in the order of the form. @param isForContacts the hub finds out who gets it */
export function problemsOf(draft: Draft, isForContacts = false): FieldProblem[] {
  const { to, cc, bcc, subject, text } = draft;
  const lists = { to, cc, bcc } as const;
  const wrong = (['to', 'cc', 'bcc'] as const).flatMap((field) =>
    lists[field].filter((one) => !isAddress(one)).map((one) => ({ field, kind: 'no-address' as const, text: one })),
  );
  const count = to.length + cc.length + bcc.length;
  return [
    ...(to.length === 0 && !isForContacts ? [{ field: 'to', kind: 'nobody' } as const] : []),
    ...(count > MOST_RECIPIENTS ? [{ field: 'to', kind: 'too-many', count } as const] : []),
    ...wrong,
    ...(subject.trim() === '' ? [{ field: 'subject', kind: 'empty' } as const] : []),
    ...(text.trim() === '' ? [{ field: 'text', kind: 'empty' } as const] : []),
  ];
}

export function toRequest(draft: Draft, about: MailRequest['about'], to: MailRequest['to'] = draft.to): MailRequest {
  const { requestId, mailboxId, cc, bcc, subject, text, files, sendAt } = draft;
  const html = asHtml(text);
  return {
    requestId,
    ...(mailboxId === undefined ? {} : { mailboxId }),
    about,
    to,
    cc,
    bcc,
    subject: subject.trim(),
    text,
    ...(html === undefined ? {} : { html }),
    attachments: files.map(attachmentOf),
    ...(sendAt === undefined ? {} : { sendAt }),
  };
}

function attachmentOf(file: DraftFile): MailRequest['attachments'][number] {
  if ('upload' in file) return { upload: file.upload, name: file.name };
  if ('callId' in file) return { callId: file.callId, recordingId: file.recordingId };
  const { mailId, kind, section } = file;
  return { mailId, section, ...(kind === undefined ? {} : { kind }) };
}

const field = /\{\{\s*([a-zA-Z]+\.[a-zA-Z]+)\s*(?:\|([^{}|]*))?\}\}/g;

/** Puts in what the case holds. A field without a value stays where it stands, so that nobody overlooks it. */
export function fillFields(text: string, values: AboutCase['fields']): string {
  return text.replaceAll(field, (whole, name: string, instead: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? whole : value || instead?.trim() || whole;
  });
}

const replyMark = /^\s*(?:re|aw|antw)\s*:/i;
const forwardMark = /^\s*(?:fwd?|wg|doorst)\s*:/i;

interface Answering {
  readonly mail: WholeMail;
  /** Of ours: nobody writes to the own mailbox. */
  readonly own: ReadonlySet<string>;
}

/** To whoever wrote, or whom we wrote to; `all`: everybody else of the mail openly too. What they wrote is quoted by the hub. */
export function replyTo(draft: Draft, { mail, own }: Answering, whom: 'one' | 'all'): Draft {
  const isOurs = mail.kind === 'sent';
  const answered = isOurs ? mail.to : mail.replyTo.length > 0 ? mail.replyTo : mail.from;
  const seen = new Set(own);
  const once = (people: readonly { readonly name: string; readonly address: string }[]) =>
    people.filter(({ address }) => {
      const key = address.toLowerCase();
      if (address === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  const to = once(answered).map(written);
  const cc = whom === 'one' ? [] : once(isOurs ? mail.cc : [...mail.to, ...mail.cc]).map(written);
  const subject = replyMark.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
  return { ...draft, to, cc, subject };
}

interface ForwardWords {
  readonly begin: string;
  readonly from: string;
  readonly date: string;
  readonly subject: string;
  readonly to: string;
}

/** The mail whole below what will be written, with its files. */
export function forward(draft: Draft, mail: WholeMail, words: ForwardWords, date: string): Draft {
  const from = mail.kind === 'sent' ? [mail.from] : mail.from;
  const head = [
    `---------- ${words.begin} ----------`,
    `${words.from}: ${from.map(written).join(', ')}`,
    `${words.date}: ${date}`,
    `${words.subject}: ${mail.subject}`,
    `${words.to}: ${mail.to.map(written).join(', ')}`,
  ].join('\n');
  const files: DraftFile[] =
    mail.kind === 'sent'
      ? mail.attachments.map(({ name, bytes }, index) => ({
          mailId: mail.id,
          kind: 'sent',
          section: String(index),
          name,
          bytes,
        }))
      : mail.attachments
          .filter(({ inline, section }) => !inline && section !== '')
          .map(({ section, safeName, bytes }) => ({ mailId: mail.id, section, name: safeName, bytes }));
  const subject = forwardMark.test(mail.subject) ? mail.subject : `Fwd: ${mail.subject}`;
  return { ...draft, subject: plain(subject), text: `\n\n${plain(head)}\n\n${plain(mail.text)}`, files };
}

/** Words of others are no template: a sign of no width stands between what would begin a field. */
const plain = (words: string): string => words.replaceAll('{{', '{\u2060{');
