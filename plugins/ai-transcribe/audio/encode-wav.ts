/** 16-bit PCM with a header, for those who want a file. */
export function encodeWav(audio: Float32Array, rate: number): Buffer {
  const file = Buffer.alloc(44 + audio.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + audio.length * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(audio.length * 2, 40);
  for (const [index, sample] of audio.entries())
    file.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767))), 44 + index * 2);
  return file;
}
