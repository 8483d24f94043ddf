import type { Arrival } from './arrival.ts';

/** A message as its table holds it. What was understood goes into one column, apart from the three texts. */
export function toRow({ id, state, problem, mail, source, isHistory, bytes, receivedAt }: Arrival): object {
  const { text = '', replyText = '', html = '', ...understood } = mail ?? {};
  const sender = mail?.from[0] ?? mail?.sender;
  return {
    id,
    state,
    problem,
    message_id: mail?.messageId ?? '',
    subject: mail?.subject ?? '',
    from_address: sender?.address.toLowerCase() ?? '',
    from_name: sender?.name ?? '',
    sent_at: mail?.date ?? null,
    received_at: receivedAt,
    verdict: mail?.verdict.kind ?? 'human',
    is_history: isHistory,
    bytes,
    attachments: mail?.attachments.length ?? 0,
    understood,
    text,
    reply_text: replyText,
    html,
    source_file: 'file' in source ? source.file : null,
  };
}
