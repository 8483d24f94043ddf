import { setImmediate as breathe } from 'node:timers/promises';
import { MPEGDecoder } from 'mpg123-decoder';
import { type Audio, corrupt } from './audio.ts';

/** About a second of a telephone call: between two such pieces the process does other things. */
const PIECE_BYTES = 4_096;

/** @throws AudioError where there is no frame in the first quarter of a megabyte */
export async function readMp3(source: AsyncIterable<Buffer>): Promise<Audio> {
  const frames = decode(source);
  const first = await frames.next();
  if (first.done === true) throw corrupt('There is no frame in the MP3 file');
  const { rate, channels } = first.value;
  async function* pieces(): AsyncGenerator<readonly Float32Array[]> {
    try {
      if (first.done !== true) yield first.value.channels;
      for await (const piece of frames) {
        if (piece.rate !== rate) throw corrupt('The MP3 file changes its rate');
        yield piece.channels;
      }
    } finally {
      await frames.return(undefined);
    }
  }
  return { rate, channels: channels.length, pieces: pieces() };
}

type Decoded = { readonly rate: number; readonly channels: readonly Float32Array[] };

async function* decode(source: AsyncIterable<Buffer>): AsyncGenerator<Decoded, undefined> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for await (const bytes of source) {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes.subarray(at, at + PIECE_BYTES));
        // The decoder uses its memory again with the next piece.
        if (samplesDecoded > 0) yield { rate: sampleRate, channels: channelData.map((channel) => channel.slice()) };
        await breathe();
      }
    }
  } finally {
    decoder.free();
  }
  return undefined;
}
