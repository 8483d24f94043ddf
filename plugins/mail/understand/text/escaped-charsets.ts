import iconv from 'iconv-lite';

/** Charsets that switch by escapes and that no library here knows: turned into their 8-bit relatives, then decoded. */

const escape = 27;
const shiftOut = 14;
const shiftIn = 15;

/** RFC 1557: Korean between SO and SI. */
export function decodeIso2022Kr(bytes: Buffer): string {
  return iconv.decode(withHighBits(bytes, ')C'), 'cp949');
}

/** RFC 1922, its simplified Chinese part. */
export function decodeIso2022Cn(bytes: Buffer): string {
  return iconv.decode(withHighBits(bytes, ')A'), 'gb18030');
}

function withHighBits(bytes: Buffer, designation: string): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === escape && bytes[at + 1] === 36 && bytes.toString('latin1', at + 2, at + 4) === designation) at += 3;
    else if (byte === shiftOut) shifted = true;
    else if (byte === shiftIn) shifted = false;
    else {
      // A line end ends the shift, in case the closing one got lost.
      if (byte === 10) shifted = false;
      out[length] = shifted && byte > 32 ? byte | 128 : byte;
      length += 1;
    }
  }
  return out.subarray(0, length);
}

/** RFC 1843: `~{` and `~}` around GB 2312, `~~` for a tilde. */
export function decodeHz(bytes: Buffer): string {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let chinese = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 126 && (next === 123 || next === 125)) {
      chinese = next === 123;
      at += 1;
    } else if (byte === 126 && !chinese && (next === 126 || next === 10)) {
      if (next === 126) {
        out[length] = byte;
        length += 1;
      }
      at += 1;
    } else {
      if (byte === 10) chinese = false;
      out[length] = chinese && byte > 32 ? byte | 128 : byte;
      length += 1;
    }
  }
  return iconv.decode(out.subarray(0, length), 'gb18030');
}
