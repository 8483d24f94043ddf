import { type Threads, ThreadError } from '../embedded/threads.ts';
import { type Engine, SpeechError } from './engine.ts';

/** Below it is another language, or nothing that can be made out: of 138 English files none is (measured). */
const LEAST_CONFIDENCE = -0.6;

/** Moonshine tiny inside the hub: English, no account, and no sound leaves the machine. */
export function createEmbedded(threads: Pick<Threads, 'size' | 'write'>): Engine {
  return {
    name: 'embedded',
    model: 'moonshine-tiny',
    pricePerMinute: 0,
    parallel: threads.size,
    async write(speech, signal) {
      const { text, confidence, isLooping } = await threads.write(speech, signal).catch((error: unknown) => {
        throw error instanceof ThreadError ? new SpeechError(error.message, { cause: error }) : error;
      });
      return { text, confidence, isUnclear: isLooping || confidence < LEAST_CONFIDENCE, language: 'en' };
    },
  };
}
