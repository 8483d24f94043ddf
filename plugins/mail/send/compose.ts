import { PayloadError } from '@switchboard/core/contract';
import MailComposer from 'nodemailer/lib/mail-composer';
import { MARKER_HEADER } from '../file/marker-header.ts';
import { bracketed } from '../file/references.ts';
import { headerText, type Recipient } from './recipient.ts';

export type Composition = {
  readonly from: Recipient;
  readonly to: readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly subject: string;
  readonly text: string;
  /** Empty for a mail of plain text. */
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly mimeType: string; readonly content: Buffer }[];
  readonly messageId: string;
  readonly date: Date;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  /** The value of our own header. */
  readonly marker: string;
  /** `auto-replied` answers a mail, `auto-generated` follows from something else. */
  readonly automatic: 'no' | 'auto-replied' | 'auto-generated';
};

/** RFC 3834 and what Exchange and others go by: no machine should answer, no list should pass it on. */
const automaticHeaders = { 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' };

/**
 * The bytes of a mail, made once: the same go to the server and into the folder Sent. Hidden recipients are in the envelope only.
 *
 * @throws PayloadError where something in it cannot stand in a mail
 */
export async function compose(mail: Composition): Promise<Buffer> {
  const composer = new MailComposer({
    from: mailbox(mail.from),
    to: mail.to.map(mailbox),
    cc: mail.cc.map(mailbox),
    subject: headerText(mail.subject),
    text: mail.text,
    ...(mail.html === '' ? {} : { html: mail.html }),
    attachments: mail.attachments.map(({ name, mimeType, content }) => ({
      filename: headerText(name),
      contentType: headerText(mimeType),
      content,
    })),
    messageId: bracketed(mail.messageId),
    date: mail.date,
    ...(mail.inReplyTo === '' ? {} : { inReplyTo: bracketed(mail.inReplyTo) }),
    references: mail.references.map(bracketed),
    headers: {
      [MARKER_HEADER]: headerText(mail.marker),
      ...(mail.automatic === 'no' ? {} : { 'Auto-Submitted': mail.automatic, ...automaticHeaders }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  try {
    return await composer.compile().build();
  } catch (cause) {
    throw new PayloadError('The mail cannot be put together', {
      remedy: 'Look at its attachments and addresses, then send it again.',
      cause,
    });
  }
}

function mailbox({ name, address }: Recipient) {
  return { name: headerText(name), address };
}
