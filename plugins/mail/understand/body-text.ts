import type { Problem } from './understood.ts';
import type { Segment } from './body.ts';
import { splitArmoured } from './mime/armour.ts';
import type { Part } from './mime/tree.ts';
import { decodeTransfer } from './mime/transfer.ts';
import { splitUuencoded, type UuFile, type UuSplit } from './mime/uuencode.ts';
import { decodeBytes } from './text/charset.ts';
import { cleaned, withLineFeeds } from './text/clean.ts';
import { enrichedToText } from './text/enriched.ts';
import { unflow } from './text/flowed.ts';
import { htmlLines } from './text/html.ts';
import { joinLines, type TextLine } from './text/line.ts';

export interface BodyText {
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  /** The body's HTML as it came, '' when there is none. */
  readonly html: string;
  /** The lines of `html` when the text was made of them, else null. */
  readonly htmlLines: readonly TextLine[] | null;
  /** Files in uuencode, yEnc or BinHex that stood in the text, each with the section of its part. */
  readonly uuFiles: readonly { readonly section: string; readonly files: readonly UuFile[] }[];
}

/** Beyond this nobody reads, and a case cannot hold it; the whole stays in the raw message. */
const maxTextLength = 2 * 1024 * 1024;

interface Read {
  readonly plain: string | null;
  readonly html: string | null;
}

export function readBody(segments: readonly Segment[], charsetHint: string, problems: Set<Problem>): BodyText {
  const uuFiles: { section: string; files: readonly UuFile[] }[] = [];
  const read = segments.map((segment): Read => {
    const plain = segment.plain ? readPlain(segment.plain, charsetHint, problems) : null;
    if (segment.plain && plain && plain.files.length > 0)
      uuFiles.push({ section: segment.plain.section, files: plain.files });
    return { plain: plain?.text ?? null, html: segment.html ? readHtml(segment.html, charsetHint, problems) : null };
  });
  const said = withoutRepeats(read);
  const html = said.some((segment) => segment.html !== null)
    ? said.map((segment) => segment.html ?? asHtml(segment.plain ?? '')).join('\n')
    : '';
  const hasPlain = said.some((segment) => segment.plain !== null && segment.plain.trim() !== '');
  const lines = hasPlain || html === '' ? null : htmlLines(html);
  const text = hasPlain
    ? said.map((segment) => segment.plain ?? joinLines(htmlLines(segment.html ?? ''))).join('\n')
    : joinLines(lines ?? []);
  const isEmpty = text.trim() === '';
  return {
    text: cut(isEmpty ? '' : text, problems),
    textFrom: isEmpty ? 'none' : hasPlain ? 'plain' : 'html',
    html,
    htmlLines: lines,
    uuFiles,
  };
}

/** Some programs send text and HTML of the same words side by side, without calling them alternatives. */
function withoutRepeats(read: readonly Read[]): Read[] {
  const [first, second, ...rest] = read;
  if (!first || !second || first.plain === null || first.html !== null || second.html === null || second.plain !== null)
    return [...read];
  const words = (text: string) => text.replaceAll(/[\s>*_|-]+/g, '').slice(0, 400);
  const plain = words(first.plain);
  const isSame = plain !== '' && words(joinLines(htmlLines(second.html.slice(0, 64_000)))) === plain;
  return isSame ? [{ plain: first.plain, html: second.html }, ...rest] : [...read];
}

function readPlain(
  part: Part,
  charsetHint: string,
  problems: Set<Problem>,
): { text: string; files: readonly UuFile[] } {
  const bytes = transferred(part, problems);
  const split = splitFiles(bytes, problems);
  const text = decoded(part, split.text, part.typeParameters.get('charset') ?? '', charsetHint, problems);
  if (part.type === 'text/enriched' || part.type === 'text/richtext')
    return { text: enrichedToText(text, part.type === 'text/richtext'), files: split.files };
  const isFlowed = part.typeParameters.get('format')?.toLowerCase() === 'flowed';
  return {
    text: isFlowed ? unflow(text, part.typeParameters.get('delsp')?.toLowerCase() === 'yes') : text,
    files: split.files,
  };
}

/** Files that stand in a text: decoded from uuencode, others as they are. */
function splitFiles(bytes: Buffer, problems: Set<Problem>): UuSplit {
  const unpacked = splitUuencoded(bytes);
  const { text, files } = splitArmoured(unpacked.text);
  if (files.length > 0) problems.add('undecoded-file');
  return { text, files: [...unpacked.files, ...files] };
}

function readHtml(part: Part, charsetHint: string, problems: Set<Problem>): string {
  const bytes = transferred(part, problems);
  const declared = part.typeParameters.get('charset') ?? '';
  const inside =
    /<meta[^>]{1,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(bytes.toString('latin1', 0, 2_048))?.[1] ?? '';
  const text = decoded(
    part,
    bytes,
    declared === '' && !/^utf-?16/i.test(inside) ? inside : declared,
    charsetHint,
    problems,
  );
  // Text of a user, announced as HTML by a program.
  return /<[a-z!/]/i.test(text) ? text : asHtml(text);
}

function transferred(part: Part, problems: Set<Problem>): Buffer {
  const { bytes, broken, unknown } = decodeTransfer(part.body, part.encoding);
  if (broken) problems.add('broken-encoding');
  if (unknown) problems.add('unknown-encoding');
  return bytes;
}

function decoded(part: Part, bytes: Buffer, label: string, charsetHint: string, problems: Set<Problem>): string {
  // A charset where the transfer encoding should be: it is likely the right one.
  const stray = /^(?:iso-|windows-|utf-|us-ascii|koi8)/.test(part.encoding) ? part.encoding : '';
  const { text, problem } = decodeBytes(bytes.subarray(0, maxTextLength * 4), label || stray, charsetHint);
  if (problem) problems.add(problem);
  return withLineFeeds(cleaned(text.slice(0, maxTextLength + 1)));
}

function cut(text: string, problems: Set<Problem>): string {
  if (text.length <= maxTextLength) return text;
  problems.add('text-cut');
  return text.slice(0, maxTextLength).toWellFormed();
}

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return text.trim() === '' ? '' : `<div style="white-space:pre-wrap">${escaped.trimEnd()}</div>`;
}
