import { MARKER_HEADER } from '../file/marker-header.ts';
import type { Understood } from '../understand/understood.ts';

/** What was understood, as it is kept: the texts stand in columns of their own, and the header fields in the source. */
export type StoredUnderstood = Omit<Understood, 'text' | 'replyText' | 'html' | 'headers'> & {
  /** Our own header; null without. */
  readonly marker: string | null;
};

/** The columns that a message itself tells of; of one that cannot be read nothing. */
export function columnsOf(mail: Understood | undefined): object {
  const sender = mail?.from[0] ?? mail?.sender;
  return {
    message_id: mail?.messageId ?? '',
    subject: mail?.subject ?? '',
    from_address: sender?.address.toLowerCase() ?? '',
    from_name: sender?.name ?? '',
    sent_at: mail?.date ?? null,
    verdict: mail?.verdict.kind ?? 'human',
    attachments: mail?.attachments.length ?? 0,
    understood: mail === undefined ? {} : storedOf(mail),
    text: mail?.text ?? '',
    reply_text: mail?.replyText ?? '',
    html: mail?.html ?? '',
  };
}

const marker = MARKER_HEADER.toLowerCase();

function storedOf({ text: _text, replyText: _reply, html: _html, headers, ...mail }: Understood): StoredUnderstood {
  return { ...mail, marker: headers.find(({ name }) => name === marker)?.value ?? null };
}
