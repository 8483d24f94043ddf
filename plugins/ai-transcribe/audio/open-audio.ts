import { type Audio, corrupt } from './audio.ts';
import { type Bytes, createBytes } from './bytes.ts';
import { convert } from './ffmpeg.ts';
import { readMp3 } from './mp3.ts';
import { readSamples, sampleFormat } from './samples.ts';
import { MP3_IN_WAV, readWav, readWavHeader } from './wav.ts';

const TELEPHONE_RATE = 8_000;
/** Types by which G.711 without a header goes. */
const bare: Readonly<Record<string, 'alaw' | 'ulaw'>> = {
  'audio/pcma': 'alaw',
  'audio/x-alaw-basic': 'alaw',
  'audio/pcmu': 'ulaw',
  'audio/basic': 'ulaw',
};

export interface OpenOptions {
  /** Tells what the bytes are where they do not. */
  readonly mimeType?: string;
  /** The program for all other formats. */
  readonly ffmpeg?: string;
}

/**
 * The sound of a file: WAV (PCM, float, G.711), MP3, bare G.711, and what ffmpeg knows where it is installed. More than two channels are mixed to one.
 *
 * @throws AudioError for what is none, here or while it is read
 */
export async function openAudio(source: AsyncIterable<Uint8Array>, options: OpenOptions = {}): Promise<Audio> {
  const audio = await closing(createBytes(source), async (bytes) => await open(bytes, options));
  return audio.channels <= 2 ? audio : { ...audio, channels: 1, pieces: mixed(audio.pieces) };
}

/** The audio made of these bytes, which are let go of with its end, or when there is none. */
async function closing(bytes: Bytes, read: (bytes: Bytes) => Promise<Audio>): Promise<Audio> {
  try {
    const audio = await read(bytes);
    return { ...audio, pieces: untilClosed(audio.pieces, bytes) };
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function* untilClosed(pieces: Audio['pieces'], bytes: Bytes): AsyncGenerator<readonly Float32Array[]> {
  try {
    yield* pieces;
  } finally {
    await bytes.close();
  }
}

async function open(bytes: Bytes, { mimeType = '', ffmpeg }: OpenOptions): Promise<Audio> {
  const head = await bytes.peek(12);
  if (head.length === 0) throw corrupt('The file is empty');
  if (isWav(head)) return await openWav(bytes, ffmpeg);
  const law = bare[mimeType.toLowerCase().split(';')[0]?.trim() ?? ''];
  const format = law && sampleFormat(law, 8);
  if (format !== undefined)
    return { rate: TELEPHONE_RATE, channels: 1, pieces: readSamples(bytes.pieces(), format, 1) };
  if (isMp3(head)) return await readMp3(bytes.pieces());
  return await openConverted(bytes, ffmpeg);
}

async function openWav(bytes: Bytes, ffmpeg: string | undefined): Promise<Audio> {
  const header = await readWavHeader(bytes);
  const audio = readWav(bytes, header);
  if (audio !== undefined) return audio;
  if (header.codec !== MP3_IN_WAV) return await openConverted(bytes, ffmpeg);
  await bytes.skip(header.dataAt);
  return await readMp3(bytes.pieces(header.dataBytes));
}

async function openConverted(bytes: Bytes, ffmpeg: string | undefined): Promise<Audio> {
  return await closing(createBytes(convert(bytes.pieces(), ffmpeg)), async (converted) => {
    const audio = readWav(converted, await readWavHeader(converted));
    if (audio === undefined) throw corrupt('The recording could not be converted');
    return audio;
  });
}

function isWav(head: Buffer): boolean {
  const name = head.toString('latin1', 0, 4);
  return (name === 'RIFF' || name === 'RF64') && head.toString('latin1', 8, 12) === 'WAVE';
}

/** A frame of MPEG audio, or the tag that players put before the first. */
function isMp3(head: Buffer): boolean {
  if (head.toString('latin1', 0, 3) === 'ID3') return true;
  const [first = 0, second = 0] = head;
  const [version, layer] = [(second >> 3) & 0x03, (second >> 1) & 0x03];
  return first === 0xff && second >= 0xe0 && version !== 1 && layer !== 0;
}

async function* mixed(pieces: Audio['pieces']): AsyncGenerator<Float32Array[]> {
  for await (const channels of pieces) {
    const [first = new Float32Array(0)] = channels;
    yield [first.map((_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length)];
  }
}
