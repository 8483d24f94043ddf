import type { Attachment, Invitation, MailAddress, MessageContent, Problem } from './understood.ts';
import { readAddresses } from './address.ts';
import { readInvitation } from './attachments/calendar.ts';
import { describeFile, type FileFound, findFiles } from './attachments/list.ts';
import { fileNameOf, planBody } from './body.ts';
import { type BodyText, readBody } from './body-text.ts';
import { parseDate } from './date.ts';
import { normaliseId, readIds, unique } from './ids.ts';
import { allValues, firstValue, type RawField } from './mime/headers.ts';
import { bytesOf, findPart } from './mime/find.ts';
import { type Part, readTree, type Tree } from './mime/tree.ts';
import { decodeText } from './mime/words.ts';
import { protectionOf } from './protection.ts';
import { decodeBytes } from './text/charset.ts';
import { htmlLines } from './text/html.ts';
import { joinLines } from './text/line.ts';
import { sanitiseHtml } from './text/sanitise.ts';

export interface ReadContent {
  readonly content: MessageContent;
  readonly tree: Tree;
  readonly body: BodyText;
  readonly files: readonly FileFound[];
}

const maxDepth = 10;

/** Everything that a message and a message inside a message have in common. */
export async function readContent(
  raw: Buffer,
  options: { readonly contents: boolean; readonly depth: number },
): Promise<ReadContent> {
  const tree = readTree(raw);
  const problems = new Set<Problem>(tree.problems);
  const fields = tree.root.fields;
  const plan = planBody(tree.root);
  const hint = charsetHint(tree.root);
  const found = readBody(plan.segments, hint, problems);
  const { files, tnef } = findFiles(plan.attached, found.uuFiles, problems);
  const body = found.textFrom === 'none' && tnef ? bodyOfTnef(found, tnef) : found;
  const html = safeHtml(body, files, problems);
  const attachments: Attachment[] = [];
  for (const file of files) {
    attachments.push(
      await describeFile(file, {
        contents: options.contents,
        isShown: (shown) => shown.contentId !== '' && html.includes(`"cid:${escaped(shown.contentId)}"`),
        readMessage: async (bytes) => {
          if (options.depth >= maxDepth) problems.add('too-deep');
          return options.depth >= maxDepth
            ? null
            : (await readContent(bytes, { contents: false, depth: options.depth + 1 })).content;
        },
      }),
    );
  }
  const content: MessageContent = {
    ...readEnvelope(fields, hint, problems),
    text: body.text,
    textFrom: body.textFrom,
    html,
    attachments,
    calendar: readCalendar(tree.root, hint, problems),
    protection: protectionOf(tree.root, body.text),
    problems: [...problems],
  };
  return { content, tree, body, files };
}

/** Raw bytes in header fields are most likely of the charset that the body declares. */
function charsetHint(root: Part): string {
  let part: Part | undefined = root;
  while (part && !part.typeParameters.has('charset')) part = part.parts[0];
  return part?.typeParameters.get('charset') ?? '';
}

function readEnvelope(fields: readonly RawField[], hint: string, problems: Set<Problem>) {
  const addresses = (name: string) => readAddresses(allValues(fields, name), hint);
  const written = readIds(fields);
  const from = addresses('from');
  const sender: MailAddress | null = addresses('sender')[0] ?? null;
  if (written.messageId === '') problems.add('no-message-id');
  if (!from.some(({ address }) => address !== '')) problems.add('no-from');
  for (const name of ['from', 'subject', 'message-id', 'date'])
    if (allValues(fields, name).length > 1) problems.add('duplicate-header');
  return {
    messageId: normaliseId(written.messageId),
    inReplyTo: unique(written.inReplyTo.map(normaliseId)),
    references: unique(written.references.map(normaliseId)),
    written,
    from,
    sender,
    replyTo: addresses('reply-to'),
    to: [...addresses('to'), ...addresses('apparently-to')],
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    subject: decodeText(firstValue(fields, 'subject'), hint).replaceAll(/\s+/g, ' ').trim(),
    ...readDates(fields, problems),
  };
}

function readDates(fields: readonly RawField[], problems: Set<Problem>) {
  const sent = parseDate(decodeText(firstValue(fields, 'date')));
  const received =
    allValues(fields, 'received')
      .map(receivedAt)
      .find((time) => time !== null) ?? null;
  if (sent === null) problems.add('no-date');
  const date = sent ?? received;
  return {
    date: date === null ? null : new Date(date).toISOString(),
    dateFrom: sent !== null ? ('date' as const) : received !== null ? ('received' as const) : ('none' as const),
    receivedAt: received === null ? null : new Date(received).toISOString(),
  };
}

function receivedAt(value: string): number | null {
  const semicolon = value.lastIndexOf(';');
  return semicolon === -1 ? null : parseDate(value.slice(semicolon + 1));
}

function bodyOfTnef(found: BodyText, tnef: { text: string; html: string }): BodyText {
  const lines = tnef.html === '' || tnef.text.trim() !== '' ? null : htmlLines(tnef.html);
  const text = lines ? joinLines(lines) : tnef.text.replaceAll('\r\n', '\n');
  const textFrom = text === '' ? 'none' : tnef.text.trim() === '' ? 'html' : 'plain';
  return { ...found, text, textFrom, html: tnef.html, htmlLines: lines };
}

function safeHtml(body: BodyText, files: readonly FileFound[], problems: Set<Problem>): string {
  if (body.html === '') return '';
  const images = new Map<string, string>();
  for (const { contentId, location, name, mimeType } of files) {
    if (contentId === '') continue;
    images.set(contentId, contentId);
    if (location !== '') images.set(location, contentId);
    if (name !== '' && mimeType.startsWith('image/') && !images.has(name)) images.set(name, contentId);
  }
  const safe = sanitiseHtml(body.html, { images });
  if (safe === null) problems.add('html-too-large');
  return safe ?? '';
}

function escaped(id: string): string {
  return id.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function readCalendar(root: Part, hint: string, problems: Set<Problem>): Invitation | null {
  const part = findPart(root, isCalendar);
  if (!part) return null;
  const invitation = readInvitation(
    decodeBytes(bytesOf(part), part.typeParameters.get('charset') ?? 'utf-8', hint).text,
    part.typeParameters.get('method') ?? '',
  );
  if (!invitation) problems.add('broken-calendar');
  return invitation;
}

function isCalendar(part: Part): boolean {
  return part.type === 'text/calendar' || part.type === 'application/ics' || /\.ics$/i.test(fileNameOf(part));
}
