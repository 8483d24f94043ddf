import { hash } from 'node:crypto';
import { encodeLines, type Lines, linesOf, withoutEnds } from './lines.ts';

/** Shorter stretches stay in the source, where they cost less than an entry of their own. Bytes as they stand in the message. */
const SHORTEST_STRETCH = 2_048;

/** A file of a message as its reader found it. */
type FileInSource = {
  /** What stands in the message: a view on its bytes. Undefined for a file that stands within another one. */
  readonly written: Buffer | undefined;
  /** Decoded. */
  readonly bytes: Buffer;
  /** SHA-256 of the decoded bytes, hexadecimal. */
  readonly sha256: string;
};

/** Where something was taken out of a message, in the order of the message. */
export type Gap = {
  /** In what is left. */
  readonly at: number;
  /** SHA-256 of what belongs there. */
  readonly file: string;
  /** How its base64 is broken into lines; null where it stands as it is kept. */
  readonly lines: Lines | null;
};

type Opened = {
  /** The message without what was taken out. */
  readonly rest: Buffer;
  readonly gaps: readonly Gap[];
  /** What was taken out, each content once. */
  readonly taken: ReadonlyMap<string, Buffer>;
};

type Stretch = { readonly start: number; readonly end: number; readonly id: string; readonly bytes: Buffer } & Pick<
  Gap,
  'lines'
>;

/**
 * Takes the files out of a message, so that each can be kept once whatever number of messages carry it. `closeGaps` gives the message back byte by
 * byte: base64 is taken out decoded only where encoding it again was seen to give the same bytes; everything else is taken out as it stands.
 */
export function openGaps(raw: Buffer, files: readonly FileInSource[]): Opened {
  const stretches = files
    .flatMap((file) => stretchOf(raw, file) ?? [])
    .toSorted((one, other) => one.start - other.start);
  const gaps: Gap[] = [];
  const left: Buffer[] = [];
  const taken = new Map<string, Buffer>();
  let from = 0;
  let at = 0;
  for (const { start, end, id, bytes, lines } of stretches) {
    if (start < from) continue;
    left.push(raw.subarray(from, start));
    at += start - from;
    from = end;
    gaps.push({ at, file: id, lines });
    taken.set(id, bytes);
  }
  if (gaps.length === 0) return { rest: raw, gaps, taken };
  return { rest: Buffer.concat([...left, raw.subarray(from)]), gaps, taken };
}

function stretchOf(raw: Buffer, { written, bytes, sha256 }: FileInSource): Stretch | undefined {
  if (written === undefined || written.length < SHORTEST_STRETCH) return undefined;
  const start = written.byteOffset - raw.byteOffset;
  // The reader makes a copy of some messages, such as those with the line ends of old Macs.
  if (written.buffer !== raw.buffer || start < 0 || start + written.length > raw.length) return undefined;
  const text = withoutEnds(written);
  const lines = linesOf(text, bytes);
  if (lines !== undefined) {
    const first = text.byteOffset - raw.byteOffset;
    return { start: first, end: first + text.length, id: sha256, bytes, lines };
  }
  const id = bytes.equals(written) ? sha256 : hash('sha256', written, 'hex');
  return { start, end: start + written.length, id, bytes: written, lines: null };
}

/** The message byte by byte. @param find what was taken out, by its SHA-256 */
export function closeGaps(rest: Buffer, gaps: readonly Gap[], find: (file: string) => Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { at, file, lines } of gaps) {
    const bytes = find(file);
    parts.push(rest.subarray(from, at), lines === null ? bytes : encodeLines(bytes, lines));
    from = at;
  }
  return parts.length === 0 ? rest : Buffer.concat([...parts, rest.subarray(from)]);
}
