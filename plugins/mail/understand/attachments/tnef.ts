import iconv from 'iconv-lite';
import { cleaned } from '../text/clean.ts';
import { decompressRtf } from './rtf.ts';

export interface TnefFile {
  readonly name: string;
  readonly mimeType: string;
  readonly contentId: string;
  readonly bytes: Buffer;
}

export interface Tnef {
  readonly files: readonly TnefFile[];
  /** '' when the message has none of its own. */
  readonly text: string;
  readonly html: string;
}

/** MS-OXTNEF: the attributes that matter. */
const attribute = {
  body: 0x0002800c,
  codepage: 0x00069007,
  mapi: 0x00069003,
  file: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  fileMapi: 0x00069005,
};
/** MS-OXPROPS. */
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  data: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
};
const signature = 0x223e9f78;

interface Draft {
  name: string;
  mimeType: string;
  contentId: string;
  bytes: Buffer;
}

/**
 * Unpacks a winmail.dat, the envelope in which Outlook puts formatting and files.
 * @returns null when it is none
 * @throws RangeError when it ends in the middle
 */
export function unpackTnef(source: Buffer): Tnef | null {
  if (source.length < 6 || source.readUInt32LE(0) !== signature) return null;
  const files: Draft[] = [];
  let codepage = 1252;
  let text = '';
  let html = '';
  let rtf: Buffer | null = null;
  let at = 6;
  while (at + 9 <= source.length) {
    const id = source.readUInt32LE(at + 1);
    const length = source.readUInt32LE(at + 5);
    const data = source.subarray(at + 9, at + 9 + length);
    // Level, id, length, data, checksum.
    at += 9 + length + 2;
    const file = files.at(-1);
    if (id === attribute.codepage && data.length >= 4) codepage = data.readUInt32LE(0);
    else if (id === attribute.body) text = decode(data, codepage);
    else if (id === attribute.file) files.push({ name: '', mimeType: '', contentId: '', bytes: Buffer.alloc(0) });
    else if (id === attribute.title && file) file.name ||= decode(data, codepage);
    else if (id === attribute.data && file) file.bytes = data;
    else if (id === attribute.mapi || id === attribute.fileMapi) {
      for (const { tag, type, value } of readProperties(data)) {
        const words = () => (type === 0x1f ? cleaned(value.toString('utf16le')) : decode(value, codepage));
        if (id === attribute.mapi) {
          if (tag === property.body) text = words();
          else if (tag === property.html) html = type === 0x102 ? decode(value, codepage) : words();
          else if (tag === property.rtf) rtf = value;
        } else if (file) {
          if (tag === property.longName) file.name = words();
          else if (tag === property.shortName) file.name ||= words();
          else if (tag === property.mimeType) file.mimeType = words().toLowerCase();
          else if (tag === property.contentId) file.contentId = words().replaceAll(/[<>\s]/g, '');
          else if (tag === property.data && value.length > 0) file.bytes = type === 0x0d ? value.subarray(16) : value;
        }
      }
    }
  }
  const body = rtf && text === '' && html === '' ? decompressRtf(rtf) : null;
  if (body) files.push({ name: 'message.rtf', mimeType: 'application/rtf', contentId: '', bytes: body });
  return { files, text, html };
}

function decode(bytes: Buffer, codepage: number): string {
  const name = codepage === 65_001 ? 'utf-8' : `cp${codepage}`;
  const end = bytes.indexOf(0);
  return cleaned(
    iconv.decode(end === -1 ? bytes : bytes.subarray(0, end), iconv.encodingExists(name) ? name : 'cp1252'),
  );
}

interface Property {
  readonly tag: number;
  readonly type: number;
  readonly value: Buffer;
}

/** A property stream of MAPI; the first value of those that have several. */
function readProperties(data: Buffer): Property[] {
  const found: Property[] = [];
  const count = data.length >= 4 ? data.readUInt32LE(0) : 0;
  let at = 4;
  for (let index = 0; index < count && at + 4 <= data.length; index += 1) {
    const kind = data.readUInt16LE(at);
    const tag = data.readUInt16LE(at + 2);
    at += 4;
    if (tag >= 0x8000) at = afterName(data, at);
    const type = kind & 0x0fff;
    const isMany = (kind & 0x1000) !== 0;
    const isLong = [0x0d, 0x1e, 0x1f, 0x102].includes(type);
    const fixed = [0x05, 0x06, 0x07, 0x14, 0x40].includes(type) ? 8 : type === 0x48 ? 16 : 4;
    let values = 1;
    if (isMany || isLong) {
      values = data.readUInt32LE(at);
      at += 4;
    }
    for (let value = 0; value < values; value += 1) {
      let length = fixed;
      if (isLong) {
        length = data.readUInt32LE(at);
        at += 4;
      }
      if (at + length > data.length) return found;
      if (value === 0) found.push({ tag, type, value: data.subarray(at, at + length) });
      at += (length + 3) & ~3;
    }
  }
  return found;
}

/** Named properties carry a GUID and a number or a name. */
function afterName(data: Buffer, start: number): number {
  const isNumber = data.readUInt32LE(start + 16) === 0;
  if (isNumber) return start + 24;
  const length = data.readUInt32LE(start + 20);
  return start + 24 + ((length + 3) & ~3);
}
