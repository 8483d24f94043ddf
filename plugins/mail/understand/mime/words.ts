import { decodeBytes } from '../text/charset.ts';
import { cleaned } from '../text/clean.ts';
import { decodeBase64 } from './base64.ts';

/** An encoded word of RFC 2047, with what senders wrongly leave inside: white space and question marks, but no other word, which keeps it linear. */
const wordPattern = /=\?([^?\s*]{0,60})(?:\*[^?\s]{0,20})?\?([bq])\?((?:[^?=]|\?(?!=)|=(?!\?[^=]))*)\?=/gi;

interface Run {
  charset: string;
  encoding: string;
  /** Base64 digits not decoded yet: some senders cut words where no group of four ends. */
  pending: string;
  readonly bytes: Buffer[];
}

/**
 * The text of a header value given as a binary string: encoded words decoded, also those glued together, split inside a character or inside quotes;
 * raw bytes read as UTF-8, else by the hint.
 */
export function decodeText(binary: string, charsetHint = ''): string {
  if (!binary.includes('=?')) return cleaned(decodeRaw(binary, charsetHint));
  let text = '';
  let run: Run | null = null;
  let last = 0;
  for (const match of binary.matchAll(wordPattern)) {
    const gap = binary.slice(last, match.index);
    const [, charset = '', encoding = '', payload = ''] = match;
    const gapIsSpace = gap.trim() === '';
    if (run && (!gapIsSpace || !sameWord(run, charset, encoding))) {
      text += flush(run);
      run = null;
    }
    // White space between two encoded words is no part of the text.
    if (!gapIsSpace || last === 0) text += decodeRaw(gap, charsetHint);
    run ??= { charset: charset.toLowerCase(), encoding: encoding.toLowerCase(), pending: '', bytes: [] };
    append(run, payload);
    last = match.index + match[0].length;
  }
  if (run) text += flush(run);
  return cleaned(text + decodeRaw(binary.slice(last), charsetHint));
}

function sameWord(run: Run, charset: string, encoding: string): boolean {
  return run.charset === charset.toLowerCase() && run.encoding === encoding.toLowerCase();
}

function append(run: Run, payload: string): void {
  if (run.encoding === 'q') {
    run.bytes.push(decodeQ(payload));
    return;
  }
  const digits = run.pending + payload.replaceAll(/\s+/g, '');
  const isWhole = digits.endsWith('=') || digits.length % 4 === 0;
  run.pending = isWhole ? '' : digits;
  if (isWhole) run.bytes.push(decodeBase64(Buffer.from(digits, 'latin1')).bytes);
}

function flush(run: Run): string {
  if (run.pending !== '') run.bytes.push(decodeBase64(Buffer.from(run.pending, 'latin1')).bytes);
  return decodeBytes(Buffer.concat(run.bytes), run.charset).text;
}

function decodeQ(payload: string): Buffer {
  const binary = payload
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, 'latin1');
}

/** A binary string without encoded words as text. */
export function decodeRaw(binary: string, charsetHint = ''): string {
  return hasRawBytes(binary) ? decodeBytes(Buffer.from(binary, 'latin1'), '', charsetHint).text : binary;
}

/** More than ASCII, or the escapes by which ISO-2022 switches. */
function hasRawBytes(binary: string): boolean {
  return /[\u0080-\u00ff]/.test(binary) || binary.includes('\u001b');
}
