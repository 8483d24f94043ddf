import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { SwitchboardError } from '@switchboard/core/contract';
import { openAudio } from '../audio/open-audio.ts';
import type { Engine, Speech } from './engine.ts';

/** Ships with the hub: a voice of Debian's flite ("rms", free for any use), at the rate of a telephone. */
const SAMPLE = new URL('../sample/sample.wav', import.meta.url);
export const SAMPLE_TEXT =
  'Good morning. The lift in the main building stands still. Please send an engineer before noon.';
/** The sample is English, whatever callers speak. */
export const SAMPLE_LANGUAGE = 'en';

/** What came of the sample at an engine. */
export type Trial =
  | {
      readonly outcome: 'heard';
      readonly heard: string;
      /** How many words of the sample it has, in their order. */
      readonly right: number;
      readonly words: number;
      readonly tookMs: number;
    }
  | { readonly outcome: 'failed'; readonly reason: string; readonly detail: string; readonly remedy: string };

/** The sample as an engine takes it. */
export async function readSample(): Promise<Speech> {
  const { rate, pieces } = await openAudio(createReadStream(SAMPLE));
  const samples: number[] = [];
  for await (const [channel = new Float32Array(0)] of pieces) for (const sample of channel) samples.push(sample);
  return { audio: Float32Array.from(samples), rate };
}

/** Has an engine hear the sample. What goes wrong there is told, not thrown. @param allow may refuse, as for recordings */
export async function tryOut(
  engine: Engine,
  speech: Speech,
  allow: () => Promise<void>,
  signal: AbortSignal,
): Promise<Trial> {
  const began = performance.now();
  try {
    await allow();
    const { text } = await engine.write(speech, signal);
    const [right, words] = compare(text, SAMPLE_TEXT);
    return { outcome: 'heard', heard: text, right, words, tookMs: Math.round(performance.now() - began) };
  } catch (error) {
    if (error instanceof SwitchboardError)
      return { outcome: 'failed', reason: error.code, detail: `${error.message}.`, remedy: error.remedy ?? '' };
    if (!signal.aborted) throw error;
    return { outcome: 'failed', reason: 'timeout', detail: 'The engine did not answer in time.', remedy: '' };
  }
}

/** How many words of the text were heard, in their order, and how many it has. */
function compare(heard: string, text: string): [right: number, words: number] {
  const [own, theirs] = [wordsOf(text), wordsOf(heard)];
  let row = [0, ...theirs.map(() => 0)];
  for (const word of own) {
    const next = [0];
    for (const [at, other] of theirs.entries())
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return [row.at(-1) ?? 0, own.length];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]+/g) ?? [];
