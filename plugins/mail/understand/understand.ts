import type { HeaderField, MessageContent, Understood } from './understood.ts';
import { readAuthentication } from './authentication/authentication.ts';
import type { BodyText } from './body-text.ts';
import type { FileFound } from './attachments/list.ts';
import { readContent } from './content.ts';
import type { RawField } from './mime/headers.ts';
import { decodeRaw } from './mime/words.ts';
import { extractReply, type Reply } from './reply/reply.ts';
import { mayMarkQuotes } from './text/containers.ts';
import { htmlLines } from './text/html.ts';
import { cleaned } from './text/clean.ts';
import { linesOf } from './text/line.ts';
import { judge } from './verdict/verdict.ts';

export interface UnderstandOptions {
  /** Servers whose Authentication-Results are believed when they stand topmost: the authserv-ids of the mailbox. */
  readonly trustedServers?: readonly string[];
  /** Give the decoded bytes of each file as `content`. */
  readonly contents?: boolean;
}

const maxHeaders = 1_000;
const maxHeaderLength = 256 * 1024;

/**
 * Reads one message as it came over the wire. Reads anything: what cannot be read is left out and named in `problems`. Pure apart from the CPU it takes;
 * for mail of strangers use `createUnderstanding`, which limits time and memory.
 */
export async function understand(raw: Buffer, options: UnderstandOptions = {}): Promise<Understood> {
  return (await understandWithFiles(raw, options)).mail;
}

/** @returns with the files of which the attachments tell, in the same order: views on the message as far as they are not encoded */
export async function understandWithFiles(
  raw: Buffer,
  options: UnderstandOptions,
): Promise<{ readonly mail: Understood; readonly files: readonly FileFound[] }> {
  const { content, tree, body, files } = await readContent(raw, { contents: options.contents === true, depth: 0 });
  const judged = judge(tree.root, content);
  const reply =
    judged.verdict.kind === 'bounce' || judged.verdict.kind === 'report'
      ? { text: content.text.trim(), shortened: false }
      : replyOf(content, body);
  const mail: Understood = {
    ...content,
    replyText: reply.text,
    replyShortened: reply.shortened,
    ...judged,
    authentication: readAuthentication(tree.root.fields, content.from, options.trustedServers ?? []),
    headers: shownHeaders(tree.root.fields),
  };
  return { mail, files };
}

/** HTML tells best what is quoted, where its client marks quotes; plain text shows it otherwise. */
function replyOf(content: MessageContent, body: BodyText): Reply {
  if (body.htmlLines) return extractReply(body.htmlLines);
  const lines = mayMarkQuotes(body.html) ? htmlLines(body.html) : [];
  const fromHtml = lines.some((line) => line.mark !== 'none' || line.depth > 0) ? extractReply(lines) : null;
  return fromHtml?.shortened === true ? fromHtml : extractReply(linesOf(content.text));
}

function shownHeaders(fields: readonly RawField[]): HeaderField[] {
  const shown: HeaderField[] = [];
  let left = maxHeaderLength;
  for (const { name, value } of fields.slice(0, maxHeaders)) {
    const text = cleaned(decodeRaw(value.slice(0, left))).trim();
    left -= value.length + name.length;
    if (left <= 0) break;
    shown.push({ name, value: text });
  }
  return shown;
}
