import { type Decoded, decodeBase64 } from './base64.ts';
import { decodeUuencoded } from './uuencode.ts';

export interface Transferred extends Decoded {
  /** The transfer encoding has no meaning for us: the bytes are as they came. */
  readonly unknown: boolean;
}

/** Undoes a Content-Transfer-Encoding. Names that mean nothing (a charset is a common one) count as 8bit. */
export function decodeTransfer(body: Buffer, encoding: string): Transferred {
  switch (encoding) {
    case 'base64':
    case 'base-64':
    case 'b64':
      return { ...decodeBase64(body), unknown: false };
    case 'quoted-printable':
    case 'quotedprintable':
    case 'quoted printable':
      return { ...decodeQuotedPrintable(body), unknown: false };
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case 'x-uu':
    case 'uue':
      return { ...decodeUuencoded(body), unknown: false };
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
    case '7-bit':
    case '8-bit':
      return { bytes: body, broken: false, unknown: false };
    default:
      return { bytes: body, broken: false, unknown: true };
  }
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const upper = byte & 0xdf;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}

/**
 * Soft line ends are taken out, also with white space before the line end. White space at the end of a line stays although RFC 2045 calls it
 * padding: senders that do not encode it need it for `-- ` and format=flowed.
 */
function decodeQuotedPrintable(source: Buffer): Decoded {
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  let broken = false;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] ?? 0;
    if (byte !== 61) {
      out[length] = byte;
      length += 1;
      continue;
    }
    const high = hexDigit(source[at + 1]);
    const low = hexDigit(source[at + 2]);
    const lineEnd = high === -1 || low === -1 ? softLineEnd(source, at + 1) : -1;
    if (high !== -1 && low !== -1) {
      out[length] = high * 16 + low;
      length += 1;
      at += 2;
    } else if (lineEnd !== -1) at = lineEnd - 1;
    else {
      out[length] = byte;
      length += 1;
      broken = true;
    }
  }
  return { bytes: out.subarray(0, length), broken };
}

/** Where the next line begins when only white space stands before it, else -1. */
function softLineEnd(source: Buffer, start: number): number {
  let at = start;
  while (source[at] === 32 || source[at] === 9 || source[at] === 13) at += 1;
  if (at >= source.length) return at;
  return source[at] === 10 ? at + 1 : -1;
}
