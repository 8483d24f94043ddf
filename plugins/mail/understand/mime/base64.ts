export interface Decoded {
  readonly bytes: Buffer;
  /** Something had to be guessed or left out. */
  readonly broken: boolean;
}

const skip = 64;
const pad = 65;
const foreign = 66;
const digits = buildTable();

function buildTable(): Uint8Array {
  const table = new Uint8Array(256).fill(foreign);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let index = 0; index < 64; index += 1) table[alphabet.charCodeAt(index)] = index;
  for (const space of [9, 10, 11, 12, 13, 32]) table[space] = skip;
  table[61] = pad;
  return table;
}

/**
 * Base64 as it comes: foreign characters are passed over, several padded pieces in a row are joined, and text that a list or a
 * scanner wrote behind the end is left out.
 */
export function decodeBase64(source: Buffer): Decoded {
  if (isProse(source)) return { bytes: source, broken: true };
  const out = Buffer.allocUnsafe(Math.ceil((source.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  let broken = false;
  for (let at = 0; at < source.length; at += 1) {
    const digit = digits[source[at] ?? 0] ?? foreign;
    if (digit < 64) {
      bits = (bits << 6) | digit;
      count += 1;
      if (count < 4) continue;
      out[length] = (bits >> 16) & 255;
      out[length + 1] = (bits >> 8) & 255;
      out[length + 2] = bits & 255;
      length += 3;
      bits = 0;
      count = 0;
    } else if (digit === pad) {
      length = flush(out, length, bits, count);
      bits = 0;
      count = 0;
      if (!goesOn(source, at + 1)) {
        broken ||= hasMore(source, at + 1);
        break;
      }
    } else if (digit === foreign) broken = true;
  }
  length = flush(out, length, bits, count);
  return { bytes: out.subarray(0, length), broken: broken || count === 1 };
}

/** Text that was never encoded although its header says so: words with spaces between them, which no encoder writes. */
function isProse(source: Buffer): boolean {
  const length = Math.min(source.length, 2_000);
  let odd = 0;
  for (let at = 0; at < length; at += 1) if (source[at] === 32 || digits[source[at] ?? 0] === foreign) odd += 1;
  return length >= 20 && odd * 12 > length;
}

/** The bytes of a group that was not full. */
function flush(out: Buffer, length: number, bits: number, count: number): number {
  if (count < 2) return length;
  if (count === 2) {
    out[length] = (bits >> 4) & 255;
    return length + 1;
  }
  out[length] = (bits >> 10) & 255;
  out[length + 1] = (bits >> 2) & 255;
  return length + 2;
}

function hasMore(source: Buffer, start: number): boolean {
  for (let at = start; at < source.length; at += 1)
    if ((digits[source[at] ?? 0] ?? foreign) !== skip && source[at] !== 61) return true;
  return false;
}

/** Whether another piece of base64 follows the padding: the next line that holds anything is made of digits only. */
function goesOn(source: Buffer, start: number): boolean {
  let seen = 0;
  for (let at = start; at < source.length && seen < 76; at += 1) {
    const digit = digits[source[at] ?? 0] ?? foreign;
    if (digit === foreign) return false;
    if (digit === skip) {
      if (seen > 0) return seen % 4 === 0;
    } else if (digit === pad && seen === 0) continue;
    else seen += 1;
  }
  return seen > 0 && seen % 4 === 0;
}
