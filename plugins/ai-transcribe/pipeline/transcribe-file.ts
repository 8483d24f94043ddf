import { openAudio } from '../audio/open-audio.ts';
import type { Threads } from '../embedded/threads.ts';
import type { Engine } from '../engines/engine.ts';
import { cut } from '../segments/cut.ts';
import { listen } from '../segments/listen.ts';
import { findSpeech } from '../segments/speech.ts';
import { type LeftSide, type Speaker, speakersOf } from '../segments/speakers.ts';
import { writeDown } from '../segments/write-down.ts';

export interface FileOptions {
  readonly threads: Pick<Threads, 'listen'>;
  readonly engine: Engine;
  /** Whose identity numbers are left out, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly left: LeftSide;
  readonly signal: AbortSignal;
}

/** What was said in a file. Times in seconds. */
export interface FileTranscript {
  readonly seconds: number;
  readonly channels: number;
  readonly segments: readonly FileSegment[];
}

export interface FileSegment {
  readonly speaker: Speaker;
  readonly start: number;
  readonly end: number;
  readonly state: 'clear' | 'unclear' | 'failed';
  readonly text: string;
  /** Mean log-probability; null where the engine does not tell. */
  readonly confidence: number | null;
}

/**
 * The whole way of a recording without a hub: heard once, cut, heard again part by part.
 *
 * @param open the bytes from the beginning, as often as asked
 */
export async function transcribeFile(
  open: () => AsyncIterable<Uint8Array>,
  { threads, engine, countries, left, signal }: FileOptions,
): Promise<FileTranscript> {
  const { channels, seconds } = await listen(await openAudio(open()), threads, signal);
  const speech = findSpeech(channels);
  const speakers = speakersOf(speech.length, left, undefined);
  const segments: FileSegment[] = [];
  for await (const line of writeDown(await openAudio(open()), cut(speech), engine, { countries, signal })) {
    if (line.state === 'silent') continue;
    segments.push({
      speaker: speakers[line.place.channel] ?? 'unknown',
      start: line.place.fromMs / 1000,
      end: line.place.toMs / 1000,
      state: line.state,
      text: line.text,
      confidence: line.confidence ?? null,
    });
  }
  return { seconds, channels: channels.length, segments: segments.toSorted((one, other) => one.start - other.start) };
}
