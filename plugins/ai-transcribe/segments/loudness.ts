import { FRAME } from './frames.ts';

/** What is taken for nothing at all. */
const FLOOR_DB = -96;

/** @param audio 16 kHz @returns the level of each whole frame, decibels below full scale */
export function frameLoudness(audio: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.floor(audio.length / FRAME) }, (_, frame) => {
    let sum = 0;
    for (let at = frame * FRAME; at < (frame + 1) * FRAME; at += 1) sum += (audio[at] ?? 0) ** 2;
    return Math.max(FLOOR_DB, 10 * Math.log10(sum / FRAME + 1e-12));
  });
}
