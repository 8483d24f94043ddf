import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeWav } from '../audio/encode-wav.ts';
import { resample } from '../audio/resample.ts';

/** How tests that need somebody to speak are called where nobody can. */
export const needsFlite = spawnSync('flite', ['-lv']).status === 0 ? '' : ' (skipped: flite is not installed)';

export const TELEPHONE = 8_000;

/** Somebody says that, at the rate of a telephone. */
export function say(text: string, voice: 'slt' | 'rms' = 'slt'): Float32Array {
  const folder = mkdtempSync(join(tmpdir(), 'speech-'));
  try {
    const file = join(folder, 'speech.wav');
    execFileSync('flite', ['-voice', voice, '-t', text, '-o', file]);
    const wav = readFileSync(file);
    const samples = Float32Array.from(
      { length: (wav.length - 44) / 2 },
      (_, at) => wav.readInt16LE(44 + at * 2) / 32_768,
    );
    return resample(samples, wav.readUInt32LE(24), TELEPHONE);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Two sides of a call as one stereo WAV; what one says comes over to the other 28 dB lower. */
export function stereo(left: Float32Array, right: Float32Array): Buffer {
  const frames = Math.max(left.length, right.length);
  const echo = 10 ** (-28 / 20);
  const interleaved = new Float32Array(frames * 2);
  for (let at = 0; at < frames; at += 1) {
    interleaved[at * 2] = (left[at] ?? 0) + echo * (right[at - 400] ?? 0);
    interleaved[at * 2 + 1] = (right[at] ?? 0) + echo * (left[at - 400] ?? 0);
  }
  const file = encodeWav(interleaved, TELEPHONE);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(TELEPHONE * 4, 28);
  file.writeUInt16LE(4, 32);
  return file;
}

/** First one side, then the other. */
export function inTurns(first: Float32Array, second: Float32Array): [Float32Array, Float32Array] {
  const later = new Float32Array(first.length + TELEPHONE / 2 + second.length);
  later.set(second, first.length + TELEPHONE / 2);
  return [first, later];
}

/** Recognition is not the same on every machine: what must be heard are these words. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}
