import { firstValue, lineAt, looksLikeField, nextLine, type RawField, readHeaders } from './headers.ts';
import { type Parameterised, readParameters } from './parameters.ts';
import type { Problem } from '../understood.ts';

/** One part of a message. `body` is a view on the raw message, still in its transfer encoding. */
export interface Part {
  /** As IMAP counts: `1`, `2.1`; the message itself is '' when it has parts, else `1`. */
  readonly section: string;
  readonly fields: readonly RawField[];
  /** `text/plain`, in lower case. */
  readonly type: string;
  readonly typeParameters: ReadonlyMap<string, string>;
  /** `inline`, `attachment`, another word, or ''. */
  readonly disposition: string;
  readonly dispositionParameters: ReadonlyMap<string, string>;
  readonly encoding: string;
  readonly body: Buffer;
  readonly parts: readonly Part[];
}

export interface Tree {
  readonly root: Part;
  readonly problems: ReadonlySet<Problem>;
}

const maxParts = 1_000;
const maxDepth = 40;
const maxBoundaryLine = 4_000;

interface Walk {
  readonly raw: Buffer;
  readonly delimiters: ReadonlyMap<string, readonly number[]>;
  readonly problems: Set<Problem>;
  readonly charsetHint: string;
  parts: number;
}

/** Splits a message into its parts. Looks at every byte a fixed number of times, whatever the nesting. */
export function readTree(message: Buffer): Tree {
  const raw = withLineFeedsOnly(message);
  const problems = new Set<Problem>();
  const header = readHeaders(raw, 0, raw.length);
  if (header.fields.length === 0) problems.add('no-headers');
  if (header.broken) problems.add('broken-headers');
  const hint = /charset\s*=\s*"?([^";\s]+)/i.exec(firstValue(header.fields, 'content-type'))?.[1] ?? '';
  const walk: Walk = { raw, delimiters: findDelimiters(raw, header.bodyStart), problems, charsetHint: hint, parts: 0 };
  const root = readPart(walk, {
    fields: header.fields,
    start: header.bodyStart,
    end: raw.length,
    section: '',
    depth: 0,
    digest: false,
  });
  return { root, problems };
}

/** Archives of old Macs end lines with CR alone. */
function withLineFeedsOnly(raw: Buffer): Buffer {
  if (raw.includes(10) || !raw.includes(13)) return raw;
  return Buffer.from(raw.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}

/** Every line that begins with `--`, by its text. */
function findDelimiters(raw: Buffer, from: number): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (at: number) => {
    const next = nextLine(raw, at, raw.length);
    if (next - at > maxBoundaryLine) return;
    const text = lineAt(raw, at, next).trimEnd();
    const list = found.get(text);
    if (list) list.push(at);
    else found.set(text, [at]);
  };
  if (raw.toString('latin1', from, from + 2) === '--') add(from);
  for (let at = raw.indexOf('\n--', from); at !== -1; at = raw.indexOf('\n--', at + 1)) add(at + 1);
  return found;
}

interface Range {
  readonly fields: readonly RawField[];
  readonly start: number;
  readonly end: number;
  readonly section: string;
  readonly depth: number;
  /** Inside multipart/digest, where a part without a type is a message. */
  readonly digest: boolean;
}

function readPart(walk: Walk, range: Range): Part {
  const declared = readParameters(firstValue(range.fields, 'content-type'), walk.charsetHint);
  const disposition = readParameters(firstValue(range.fields, 'content-disposition'), walk.charsetHint);
  const type = typeOf(declared, disposition, range);
  const part = {
    section: range.section === '' ? '1' : range.section,
    fields: range.fields,
    typeParameters: declared.parameters,
    disposition: disposition.value,
    dispositionParameters: disposition.parameters,
    encoding: firstValue(range.fields, 'content-transfer-encoding')
      .toLowerCase()
      .replace(/\s*(?:[;(].*)?$/, '')
      .replaceAll(/^["']|["']$/g, ''),
    body: walk.raw.subarray(range.start, range.end),
  };
  if (!type.startsWith('multipart/')) return { ...part, type, parts: [] };
  const parts = readChildren(walk, range, type, declared.parameters.get('boundary') ?? '');
  // Announced as multipart, but nothing in it is: show it as text.
  if (parts === null) return { ...part, type: 'text/plain', parts: [] };
  return { ...part, section: range.section, type, parts };
}

/** What cannot be a type counts as text, as RFC 2045 has it; a part that is called an attachment stays unknown. */
function typeOf(declared: Parameterised, disposition: Parameterised, range: Range): string {
  if (/^[^/\s]+\/[^/\s]+$/.test(declared.value)) return declared.value;
  if (declared.value === 'multipart' || (declared.value === '' && declared.parameters.has('boundary')))
    return 'multipart/mixed';
  if (range.digest && declared.value === '') return 'message/rfc822';
  if (disposition.value === 'attachment' || (declared.value !== '' && declared.value !== 'text')) {
    return disposition.value === 'attachment' ? 'application/octet-stream' : 'text/plain';
  }
  return 'text/plain';
}

/** null when there is no boundary to be found. */
function readChildren(walk: Walk, range: Range, type: string, boundary: string): Part[] | null {
  if (range.depth >= maxDepth) {
    walk.problems.add('too-deep');
    return null;
  }
  const split = splitBy(walk, range, boundary) ?? splitByGuess(walk, range);
  if (!split) return null;
  if (!split.closed) walk.problems.add('missing-end-boundary');
  const parts: Part[] = [];
  for (const { start, end } of split.ranges) {
    if (walk.parts >= maxParts) {
      walk.problems.add('too-many-parts');
      break;
    }
    walk.parts += 1;
    const section = range.section === '' ? String(parts.length + 1) : `${range.section}.${parts.length + 1}`;
    const header = readHeaders(walk.raw, start, end);
    if (header.broken) walk.problems.add('broken-headers');
    parts.push(
      readPart(walk, {
        fields: header.fields,
        start: header.bodyStart,
        end,
        section,
        depth: range.depth + 1,
        digest: type === 'multipart/digest',
      }),
    );
  }
  return parts;
}

interface Split {
  readonly ranges: readonly { start: number; end: number }[];
  readonly closed: boolean;
}

function splitBy(walk: Walk, range: Range, boundary: string): Split | null {
  const wanted = Buffer.from(boundary, 'utf8').toString('latin1').trimEnd();
  if (wanted === '') return null;
  const opening = within(walk.delimiters.get(`--${wanted}`), range);
  const closing = within(walk.delimiters.get(`--${wanted}--`), range);
  if (opening.length === 0) return null;
  const ranges: { start: number; end: number }[] = [];
  let close = 0;
  for (const [index, at] of opening.entries()) {
    while (close < closing.length && (closing[close] ?? 0) < at) close += 1;
    const end = Math.min(opening[index + 1] ?? range.end, closing[close] ?? range.end);
    ranges.push({ start: nextLine(walk.raw, at, range.end), end: withoutLineEnd(walk.raw, end, range) });
  }
  return { ranges: ranges.map(({ start, end }) => ({ start, end: Math.max(start, end) })), closed: closing.length > 0 };
}

/** The line end before a delimiter belongs to the delimiter. */
function withoutLineEnd(raw: Buffer, end: number, range: Range): number {
  if (end === range.end) return end;
  if (raw[end - 1] !== 10) return end;
  return raw[end - 2] === 13 ? end - 2 : end - 1;
}

/** The boundary is missing in the header, or another one than in the body: the first line that a part follows is it. */
function splitByGuess(walk: Walk, range: Range): Split | null {
  walk.problems.add('no-boundary');
  let best: { at: number; text: string } | null = null;
  for (const [text, offsets] of walk.delimiters) {
    const [first] = within(offsets, range);
    if (first === undefined || text === '--' || (best && first > best.at)) continue;
    const next = nextLine(walk.raw, first, range.end);
    const following = lineAt(walk.raw, next, nextLine(walk.raw, next, range.end));
    if (looksLikeField(following) && /^content-/i.test(following)) best = { at: first, text };
  }
  return best ? splitBy(walk, range, best.text.slice(2)) : null;
}

function within(offsets: readonly number[] | undefined, range: Range): readonly number[] {
  if (!offsets) return [];
  return offsets.slice(lowerBound(offsets, range.start), lowerBound(offsets, range.end));
}

function lowerBound(offsets: readonly number[], limit: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
