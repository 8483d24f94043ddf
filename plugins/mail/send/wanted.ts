import { type MailAuthor, type MailRequest, PayloadError } from '@switchboard/core/contract';
import { onceEach, parseRecipient, type Recipient } from './recipient.ts';

/** A request, checked as far as it can be without looking anything up. */
export type Wanted = {
  readonly requestId: string;
  readonly by: MailAuthor;
  readonly mailboxId: string | undefined;
  readonly about: MailRequest['about'];
  readonly to: 'contact' | readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly bcc: readonly Recipient[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: NonNullable<MailRequest['attachments']>;
  readonly sendAt: Date | undefined;
};

/** Servers take 100 to 500 at once, and a mail to hundreds of people shows all of them to each other. */
const MOST_RECIPIENTS = 100;
const LONGEST_SUBJECT = 500;
const LONGEST_BODY = 512 * 1024;
const MOST_ATTACHMENTS = 50;

/** @throws PayloadError */
export function readRequest(request: MailRequest): Wanted {
  const { requestId, by, about, subject, text, html = '', attachments = [], sendAt, mailboxId } = request;
  if (requestId.length === 0 || requestId.length > 100)
    throw wrong(
      'requestId',
      'mail.request-id',
      'The request needs an id of up to 100 characters',
      'Make one per click, such as a UUID.',
    );
  if (subject.trim() === '' || subject.length > LONGEST_SUBJECT)
    throw wrong('subject', 'mail.subject', `A subject has 1 to ${LONGEST_SUBJECT} characters`, 'Write a subject.', {
      most: LONGEST_SUBJECT,
    });
  if (text.length > LONGEST_BODY || html.length > LONGEST_BODY)
    throw wrong('text', 'mail.text-too-long', 'The text is longer than 512 KiB', 'Shorten it, or attach it as a file.');
  if (text.trim() === '' && html.trim() === '')
    throw wrong('text', 'mail.no-text', 'The mail has no text', 'Write one.');
  if (attachments.length > MOST_ATTACHMENTS)
    throw wrong(
      'attachments',
      'mail.too-many-files',
      `A mail carries at most ${MOST_ATTACHMENTS} files`,
      'Leave some out.',
      {
        most: MOST_ATTACHMENTS,
      },
    );
  const parsed = parseLists(request);
  return { requestId, by, mailboxId, about, subject, text, html, attachments, sendAt, ...parsed };
}

function parseLists({ to, cc = [], bcc = [] }: MailRequest): Pick<Wanted, 'to' | 'cc' | 'bcc'> {
  const read = (list: readonly string[], field: string) =>
    list.map((one, index) => parseRecipient(one, `${field}.${index}`));
  const given = to === 'contact' ? [] : read(to, 'to');
  if (to !== 'contact' && given.length === 0)
    throw wrong('to', 'mail.nobody', 'Nobody is written to', 'Name at least one address.');
  const [first = [], second = [], third = []] = onceEach(given, read(cc, 'cc'), read(bcc, 'bcc'));
  const count = first.length + second.length + third.length;
  if (count > MOST_RECIPIENTS) {
    throw wrong(
      'to',
      'mail.too-many-recipients',
      `A mail goes to at most ${MOST_RECIPIENTS} addresses; this one has ${count}`,
      'Write to the contacts of the cases of a malfunction, where each gets a mail of its own, or send several mails.',
      { most: MOST_RECIPIENTS, count },
    );
  }
  return { to: to === 'contact' ? 'contact' : first, cc: second, bcc: third };
}

function wrong(
  field: string,
  reason: string,
  message: string,
  remedy: string,
  values: Readonly<Record<string, number>> = {},
): PayloadError {
  return new PayloadError(message, { field, reason, remedy, values });
}
