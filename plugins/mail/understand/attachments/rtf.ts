/** What every compressed RTF is assumed to have said already (MS-OXRTFCP 2.1.2.1). */
const dictionary =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const windowSize = 4_096;
const maxBytes = 16 * 1024 * 1024;

/** MS-OXRTFCP. null when it is not compressed RTF. */
export function decompressRtf(source: Buffer): Buffer | null {
  if (source.length < 16) return null;
  const size = Math.min(source.readUInt32LE(4), maxBytes);
  const kind = source.toString('latin1', 8, 12);
  if (kind === 'MELA') return source.subarray(16, 16 + size);
  if (kind !== 'LZFu') return null;
  const window = Buffer.alloc(windowSize, 32);
  window.write(dictionary, 'latin1');
  let write = dictionary.length;
  const out: number[] = [];
  const emit = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % windowSize;
  };
  let at = 16;
  while (at < source.length && out.length < size) {
    const control = source[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < source.length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        emit(source[at] ?? 0);
        at += 1;
        continue;
      }
      const reference = ((source[at] ?? 0) << 8) | (source[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return Buffer.from(out);
      for (let step = 0; step < (reference & 15) + 2; step += 1) emit(window[(from + step) % windowSize] ?? 32);
    }
  }
  return Buffer.from(out.slice(0, size));
}
