import { isAscii, isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import Encoding from 'encoding-japanese';
import iconv from 'iconv-lite';
import { aliasOf } from './charset-names.ts';
import { decodeHz, decodeIso2022Cn, decodeIso2022Kr } from './escaped-charsets.ts';

export interface DecodedText {
  readonly text: string;
  /** What decoded it, as far as it is worth telling. */
  readonly charset: string;
  readonly problem: 'unknown-charset' | 'wrong-charset' | null;
}

const detectionBytes = 16_384;

/**
 * Bytes to text, never an error. The label decides when it is known and fits; else the escape sequences of ISO-2022 (they are ASCII, so UTF-8 would
 * take them), UTF-8, the hint (a label from elsewhere in the message), detection, windows-1252.
 */
export function decodeBytes(bytes: Buffer, label: string, hint = ''): DecodedText {
  const name = aliasOf(label);
  if (isAscii(bytes) && !isStateful(name)) {
    if (hasEscapes(bytes)) return guessed(bytes, hint, null);
    return { text: bytes.toString('latin1'), charset: 'us-ascii', problem: null };
  }
  if (name === '' || name === 'us-ascii') return guessed(bytes, hint, name === '' ? null : 'wrong-charset');
  const text = decodeNamed(bytes, name);
  if (text !== null) return { text, charset: name, problem: null };
  return guessed(bytes, hint, isKnown(name) ? 'wrong-charset' : 'unknown-charset');
}

/** null: unknown, or the bytes cannot be of that charset. */
function decodeNamed(bytes: Buffer, name: string): string | null {
  switch (name) {
    case 'utf-8':
      return decodeUtf8(bytes);
    case 'iso-2022-jp':
      return decodeJapanese(bytes);
    case 'iso-2022-kr':
      return decodeIso2022Kr(bytes);
    case 'iso-2022-cn':
      return decodeIso2022Cn(bytes);
    case 'hz':
      return decodeHz(bytes);
    case 'utf-16':
      return decodeUtf16(bytes);
    default:
      return iconv.encodingExists(name) ? iconv.decode(bytes, name) : null;
  }
}

function isKnown(name: string): boolean {
  return (
    ['utf-8', 'iso-2022-jp', 'iso-2022-kr', 'iso-2022-cn', 'hz', 'utf-16'].includes(name) || iconv.encodingExists(name)
  );
}

/** Charsets in which ASCII bytes do not mean ASCII. */
function isStateful(name: string): boolean {
  return /^(?:iso-2022-|hz$|utf-?7|utf-?16|utf-?32|ebcdic|cp037|ucs-?)/.test(name);
}

function guessed(bytes: Buffer, hint: string, problem: DecodedText['problem']): DecodedText {
  if (hasEscapes(bytes)) {
    const kr = bytes.includes('\u001b$)C');
    return {
      text: kr ? decodeIso2022Kr(bytes) : decodeJapanese(bytes),
      charset: kr ? 'iso-2022-kr' : 'iso-2022-jp',
      problem,
    };
  }
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return { text: utf8, charset: 'utf-8', problem };
  const hinted = aliasOf(hint);
  if (hinted !== '' && hinted !== 'utf-8' && hinted !== 'us-ascii') {
    const text = decodeNamed(bytes, hinted);
    if (text !== null && !text.includes('\ufffd')) return { text, charset: hinted, problem };
  }
  const name = detect(bytes);
  return { text: iconv.decode(bytes, name), charset: name, problem };
}

function detect(bytes: Buffer): string {
  // Too few letters tell nothing, and the tables of the detector would answer all the same.
  const found = bytes.length < 8 ? null : chardet.detect(bytes.subarray(0, detectionBytes));
  const name = aliasOf(found ?? '');
  return name !== '' && name !== 'utf-8' && name !== 'us-ascii' && iconv.encodingExists(name) ? name : 'windows-1252';
}

/** UTF-8, also with a few broken sequences (a cut at the end, a footer in another charset); null when it is something else. */
function decodeUtf8(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (isUtf8(bytes)) return bare;
  const broken = bare.split('\ufffd').length - 1;
  const sound = (bare.match(/[\u0080-\ufffc\ud800-\udfff]/g) ?? []).length;
  return sound > broken * 4 ? bare : null;
}

/** Also what Microsoft calls cp50220: half-width kana and NEC rows. */
function decodeJapanese(bytes: Buffer): string {
  return Encoding.convert(bytes, { to: 'UNICODE', from: 'JIS', type: 'string' });
}

function decodeUtf16(bytes: Buffer): string | null {
  if (bytes.length % 2 !== 0 && bytes.length < 4) return null;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return iconv.decode(bytes, 'utf-16be');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf-16le');
  // Without a mark RFC 2781 says big endian; the zero bytes of Latin text tell better.
  let even = 0;
  let odd = 0;
  for (let at = 0; at < Math.min(bytes.length, 2_000); at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even === 0 && odd === 0 && decodeUtf8(bytes) !== null) return null;
  return iconv.decode(bytes, odd > even ? 'utf-16le' : 'utf-16be');
}

/** ISO-2022: ESC followed by what designates a double-byte set. */
function hasEscapes(bytes: Buffer): boolean {
  let at = bytes.indexOf(27);
  while (at !== -1) {
    const next = bytes[at + 1];
    const second = bytes[at + 2];
    if (next === 36 && (second === 64 || second === 66 || second === 40 || second === 41)) return true;
    if (next === 40 && second === 73) return true;
    at = bytes.indexOf(27, at + 1);
  }
  return false;
}
