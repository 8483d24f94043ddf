/** How base64 is broken into lines: all of one width but the last. */
export type Lines = {
  /** Characters, a multiple of four; 0 when all of it is one line. */
  readonly width: number;
  readonly end: '\r\n' | '\n';
};

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const isSpace = (byte: number | undefined): boolean => byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);

/** Without the white space at both ends, as empty lines that some senders leave there. */
export function withoutEnds(text: Buffer): Buffer {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.subarray(start, end);
}

/** @returns undefined when these bytes, encoded again, would not be this very text */
export function linesOf(text: Buffer, bytes: Buffer): Lines | undefined {
  const first = text.indexOf(LINE_FEED);
  const isWindows = first > 0 && text[first - 1] === CARRIAGE_RETURN;
  const lines: Lines = { width: first === -1 ? 0 : first - (isWindows ? 1 : 0), end: isWindows ? '\r\n' : '\n' };
  if (lines.width % 4 !== 0 || (first !== -1 && lines.width === 0)) return undefined;
  if (encodedLength(bytes.length, lines) !== text.length) return undefined;
  return encodeLines(bytes, lines).equals(text) ? lines : undefined;
}

function encodedLength(bytes: number, { width, end }: Lines): number {
  const digits = Math.ceil(bytes / 3) * 4;
  return width === 0 ? digits : digits + Math.max(0, Math.ceil(digits / width) - 1) * end.length;
}

export function encodeLines(bytes: Buffer, lines: Lines): Buffer {
  const { width, end } = lines;
  const digits = Buffer.from(bytes.toString('base64'), 'latin1');
  if (width === 0) return digits;
  const text = Buffer.allocUnsafe(encodedLength(bytes.length, lines));
  let to = 0;
  for (let from = 0; from < digits.length; from += width) {
    if (from > 0) to += text.write(end, to, 'latin1');
    to += digits.copy(text, to, from, from + width);
  }
  return text;
}
