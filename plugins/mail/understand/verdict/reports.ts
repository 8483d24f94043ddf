import type { FeedbackReport, ReadReceipt } from '../understood.ts';
import { idsIn, normaliseId } from '../ids.ts';
import { bytesOf, findPart } from '../mime/find.ts';
import { firstValue, readHeaders } from '../mime/headers.ts';
import type { Part } from '../mime/tree.ts';
import { decodeBytes } from '../text/charset.ts';
import { addressIn, readReportFields, type ReportField } from './report-fields.ts';

/** ARF: a recipient complained. */
export function findFeedback(root: Part): FeedbackReport | null {
  const part = findPart(root, ({ type }) => type === 'message/feedback-report');
  if (!part) return hotmailComplaint(root);
  const fields = fieldsOf(part);
  const recipients = fields
    .filter(({ name }) => name === 'original-rcpt-to' || name === 'removal-recipient')
    .map(({ value }) => addressIn(value));
  const returned = findPart(root, ({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers');
  const bytes = returned ? bytesOf(returned) : Buffer.alloc(0);
  const id = firstValue(readHeaders(bytes, 0, bytes.length).fields, 'message-id');
  return {
    type: (valueOf(fields, 'feedback-type') || 'abuse').toLowerCase(),
    recipients: [...new Set(recipients)].slice(0, 100),
    originalMessageId: normaliseId(idsIn(id)[0] ?? ''),
  };
}

/** Outlook.com forwards the message itself and names the recipient in a field of its own. */
function hotmailComplaint(root: Part): FeedbackReport | null {
  const returned = findPart(root, ({ type }) => type === 'message/rfc822');
  const bytes = returned ? bytesOf(returned) : Buffer.alloc(0);
  const fields = [...root.fields, ...readHeaders(bytes, 0, bytes.length).fields];
  const recipient = firstValue(fields, 'x-hmxmroriginalrecipient');
  if (!returned || recipient === '' || !/^complaint about message from/i.test(firstValue(root.fields, 'subject')))
    return null;
  return {
    type: 'abuse',
    recipients: [addressIn(recipient)],
    originalMessageId: normaliseId(idsIn(firstValue(fields.slice(root.fields.length), 'message-id'))[0] ?? ''),
  };
}

/** MDN: a recipient's program tells what became of a message. */
export function findReceipt(root: Part): ReadReceipt | null {
  const part = findPart(
    root,
    ({ type }) => type === 'message/disposition-notification' || type === 'message/global-disposition-notification',
  );
  if (!part) return null;
  const fields = fieldsOf(part);
  return {
    disposition: valueOf(fields, 'disposition').toLowerCase(),
    recipient: addressIn(valueOf(fields, 'original-recipient') || valueOf(fields, 'final-recipient')),
    originalMessageId: normaliseId(idsIn(valueOf(fields, 'original-message-id'))[0] ?? ''),
  };
}

function fieldsOf(part: Part): ReportField[] {
  return readReportFields(decodeBytes(bytesOf(part), 'utf-8').text);
}

function valueOf(fields: readonly ReportField[], name: string): string {
  return fields.find((field) => field.name === name)?.value ?? '';
}
