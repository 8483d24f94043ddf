import { type Audio, AudioError } from '../audio/audio.ts';
import type { Threads } from '../embedded/threads.ts';
import type { HearingState } from '../embedded/silero.ts';
import type { ChannelFrames } from './frames.ts';

/** A whole number of frames at every rate, and short enough for a thread to do other calls between. */
const BLOCK_SECONDS = 16;
/** Longer than any call; what a machine recorded over night is none. */
const MOST_SECONDS = 6 * 3600;

export interface Listened {
  readonly channels: readonly ChannelFrames[];
  readonly seconds: number;
}

/**
 * Hears a recording from beginning to end once: where somebody speaks, and how loud. Two numbers per channel and 32 ms are all that is held of it.
 *
 * @throws AudioError for damaged files and those of more than six hours
 */
export async function listen(
  { rate, channels, pieces }: Audio,
  threads: Pick<Threads, 'listen'>,
  signal: AbortSignal,
): Promise<Listened> {
  const heard = Array.from({ length: channels }, () => createHearing(threads, rate, signal));
  let samples = 0;
  for await (const block of inBlocks(pieces, channels, rate * BLOCK_SECONDS)) {
    await Promise.all(heard.map(async (channel, index) => await channel.hear(block[index] ?? new Float32Array(0))));
    samples += block[0]?.length ?? 0;
    if (samples > MOST_SECONDS * rate)
      throw new AudioError('too-long', 'The recording is longer than six hours', 'Cut it into parts.');
  }
  return { channels: heard.map((channel) => channel.frames()), seconds: samples / rate };
}

function createHearing(threads: Pick<Threads, 'listen'>, rate: number, signal: AbortSignal) {
  const probabilities: Float32Array[] = [];
  const loudness: Float32Array[] = [];
  let state: HearingState | undefined;
  return {
    async hear(audio: Float32Array): Promise<void> {
      const block = await threads.listen({ audio, rate, state }, signal);
      probabilities.push(block.probabilities);
      loudness.push(block.loudness);
      ({ state } = block);
    },
    frames: (): ChannelFrames => ({ probabilities: joined(probabilities), loudness: joined(loudness) }),
  };
}

/** Pieces of equal length; the last one may be shorter. */
async function* inBlocks(pieces: Audio['pieces'], channels: number, length: number): AsyncGenerator<Float32Array[]> {
  let block = emptyBlock(channels, length);
  let filled = 0;
  for await (const piece of pieces) {
    const size = piece[0]?.length ?? 0;
    for (let at = 0; at < size;) {
      const count = Math.min(size - at, length - filled);
      for (const [index, channel] of block.entries()) channel.set(piece[index]?.subarray(at, at + count) ?? [], filled);
      filled += count;
      at += count;
      if (filled === length) {
        yield block;
        block = emptyBlock(channels, length);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.map((channel) => channel.slice(0, filled));
}

function emptyBlock(channels: number, length: number): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array(length));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
