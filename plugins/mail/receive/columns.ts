import type { Understood } from '../understand/understood.ts';

/**
 * The columns that a message itself tells of; of one that cannot be read nothing. What was understood goes into one of them, apart from the
 * three texts.
 */
export function columnsOf(mail: Understood | undefined): object {
  const { text = '', replyText = '', html = '', ...understood } = mail ?? {};
  const sender = mail?.from[0] ?? mail?.sender;
  return {
    message_id: mail?.messageId ?? '',
    subject: mail?.subject ?? '',
    from_address: sender?.address.toLowerCase() ?? '',
    from_name: sender?.name ?? '',
    sent_at: mail?.date ?? null,
    verdict: mail?.verdict.kind ?? 'human',
    attachments: mail?.attachments.length ?? 0,
    understood,
    text,
    reply_text: replyText,
    html,
  };
}
