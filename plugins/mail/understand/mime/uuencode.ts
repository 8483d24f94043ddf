import { decodeText } from './words.ts';
import type { Decoded } from './base64.ts';

export interface UuFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface UuSplit {
  /** The text without the files. */
  readonly text: Buffer;
  readonly files: readonly UuFile[];
}

const beginPattern = /^begin [0-7]{3,4}(?: (.{0,255}))?$/;

/** A whole body in uuencode: what stands between `begin` and `end`. */
export function decodeUuencoded(body: Buffer): Decoded {
  const [file] = splitUuencoded(body).files;
  return file ? { bytes: file.bytes, broken: false } : { bytes: body, broken: true };
}

/** Takes files in uuencode out of a text. A `begin` line that no lines of data follow is text: people write such lines. */
export function splitUuencoded(body: Buffer): UuSplit {
  if (body.indexOf('begin ') === -1) return { text: body, files: [] };
  const files: UuFile[] = [];
  const kept: Buffer[] = [];
  let keptFrom = 0;
  let at = 0;
  while (at < body.length) {
    const start = findBegin(body, at);
    if (start === -1) break;
    const first = after(body, start);
    const begin = beginPattern.exec(line(body, start, first));
    const read = begin === null ? null : readData(body, first);
    if (begin === null || !read) {
      at = first;
      continue;
    }
    kept.push(body.subarray(keptFrom, start));
    files.push({ name: decodeText((begin[1] ?? '').trim()), bytes: read.bytes });
    keptFrom = read.end;
    at = read.end;
  }
  if (files.length === 0) return { text: body, files };
  kept.push(body.subarray(keptFrom));
  return { text: Buffer.concat(kept), files };
}

function findBegin(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length) {
    const found = body.indexOf('begin ', at);
    if (found === -1 || found === 0 || body[found - 1] === 10) return found;
    at = found + 6;
  }
  return -1;
}

function after(body: Buffer, at: number): number {
  const feed = body.indexOf(10, at);
  return feed === -1 ? body.length : feed + 1;
}

function line(body: Buffer, at: number, next: number): string {
  return body.toString('latin1', at, next).replace(/[\r\n]+$/, '');
}

/** The data lines from `start` to `end`; null when the first line is none, or nothing closes it. */
function readData(body: Buffer, start: number): { bytes: Buffer; end: number } | null {
  const chunks: Buffer[] = [];
  let at = start;
  while (at < body.length) {
    const next = after(body, at);
    const text = line(body, at, next);
    if (text.trim() === 'end') return { bytes: Buffer.concat(chunks), end: next };
    if (!isDataLine(text))
      return chunks.length > 0 && text.trim() === '' ? { bytes: Buffer.concat(chunks), end: next } : null;
    chunks.push(decodeLine(text));
    at = next;
  }
  return chunks.length > 0 ? { bytes: Buffer.concat(chunks), end: body.length } : null;
}

function isDataLine(text: string): boolean {
  if (text === '' || !/^[\u0020-\u0060]+$/.test(text)) return false;
  const bytes = (text.charCodeAt(0) - 32) & 63;
  // Trailing spaces get lost on the way; some encoders add a checksum character.
  return text.length <= Math.ceil(bytes / 3) * 4 + 4;
}

function decodeLine(text: string): Buffer {
  const length = (text.charCodeAt(0) - 32) & 63;
  const out = Buffer.alloc(Math.ceil(length / 3) * 3);
  const value = (index: number) => (index < text.length ? (text.charCodeAt(index) - 32) & 63 : 0);
  for (let group = 0; group * 3 < length; group += 1) {
    const at = 1 + group * 4;
    const bits = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3);
    out.writeUIntBE(bits, group * 3, 3);
  }
  return out.subarray(0, length);
}
