import { type Audio, corrupt } from './audio.ts';
import type { Bytes } from './bytes.ts';
import { type Encoding, readSamples, sampleFormat } from './samples.ts';

/** What the header of a WAV file says; its data comes next. */
export interface WavHeader {
  /** The number that names the codec: 1 PCM, 3 float, 6 A-law, 7 µ-law, 85 MP3. */
  readonly codec: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
  /** Infinite where the writer did not know: it streamed, or it was interrupted. */
  readonly dataBytes: number;
  /** From the beginning of the file on. */
  readonly dataAt: number;
}

export const MP3_IN_WAV = 85;
const EXTENSIBLE = 0xff_fe;
const encodings: Readonly<Record<number, Encoding>> = { 1: 'pcm', 3: 'float', 6: 'alaw', 7: 'ulaw' };
/** More stands before the data in no file of a telephone system. */
const LONGEST_HEADER = 1024 * 1024;

/** Reads the header and leaves the bytes as they are. @throws AudioError when there is none */
export async function readWavHeader(bytes: Bytes): Promise<WavHeader> {
  let at = 12;
  let format: Omit<WavHeader, 'dataBytes' | 'dataAt'> | undefined;
  while (at < LONGEST_HEADER) {
    const chunk = (await bytes.peek(at + 8)).subarray(at);
    if (chunk.length < 8) break;
    const name = chunk.toString('latin1', 0, 4);
    const size = chunk.readUInt32LE(4);
    if (name === 'data' && format !== undefined) return { ...format, dataBytes: lengthOf(size), dataAt: at + 8 };
    if (name === 'data') break;
    if (name === 'fmt ') format = readFormat((await bytes.peek(at + 8 + Math.min(size, 40))).subarray(at + 8));
    at += 8 + size + (size % 2);
  }
  throw corrupt('The WAV file has no audio behind its header');
}

function readFormat(chunk: Buffer): Omit<WavHeader, 'dataBytes' | 'dataAt'> {
  if (chunk.length < 16) throw corrupt('The header of the WAV file is cut off');
  const [named, channels, rate, bits] = [
    chunk.readUInt16LE(0),
    chunk.readUInt16LE(2),
    chunk.readUInt32LE(4),
    chunk.readUInt16LE(14),
  ];
  const codec = named === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : named;
  if (channels < 1 || channels > 64 || rate < 4_000 || rate > 384_000)
    throw corrupt(`The WAV file claims ${channels} channels at ${rate} Hz`);
  return { codec, channels, rate, bits };
}

function lengthOf(size: number): number {
  return size === 0 || size >= 0xff_ff_ff_00 ? Number.POSITIVE_INFINITY : size;
}

/** The audio behind a header; undefined for a codec that is not read here. */
export function readWav(bytes: Bytes, header: WavHeader): Audio | undefined {
  const encoding = encodings[header.codec];
  const format = encoding && sampleFormat(encoding, header.bits);
  if (format === undefined) return undefined;
  const { channels, rate, dataAt, dataBytes } = header;
  async function* pieces(): AsyncGenerator<Float32Array[]> {
    await bytes.skip(dataAt);
    yield* readSamples(bytes.pieces(dataBytes), format as NonNullable<typeof format>, channels);
  }
  return { rate, channels, pieces: pieces() };
}
