import type { Audio } from '../audio/audio.ts';
import { type Engine, EngineBrokenError, SpeechError, type Written } from '../engines/engine.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { collect, type Place } from './collect.ts';

/** A part of a recording, written down. */
export type Line<P extends Place = Place> = {
  readonly place: P;
  /** `unclear`: somebody spoke, and nothing that can be trusted came of it; then there is no text. `failed`: the engine could not do this part. */
  readonly state: 'clear' | 'unclear' | 'silent' | 'failed';
  /** Without card and identity numbers. */
  readonly text: string;
  readonly confidence: number | undefined;
  readonly language: string | undefined;
};

export interface WriteDownOptions {
  /** Whose identity numbers are left out, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly signal: AbortSignal;
  /** Before a part goes to the engine. What it throws ends the work. */
  readonly allow?: (seconds: number) => Promise<void>;
}

/** So many parts one after the other fail in no working engine. */
const MOST_FAILURES = 3;

/**
 * Writes down parts of a recording, as it goes by. Each comes when it is safe to store.
 *
 * @throws what the engine throws when it does nothing at all; what came until then stands
 */
export async function* writeDown<P extends Place>(
  audio: Audio,
  places: readonly P[],
  engine: Engine,
  { countries, signal, allow }: WriteDownOptions,
): AsyncGenerator<Line<P>> {
  const redactors = new Map<number, Redactor<Line<P>>>();
  const redactorOf = (channel: number) => {
    const redactor = redactors.get(channel) ?? createRedactor<Line<P>>(countries);
    redactors.set(channel, redactor);
    return redactor;
  };
  const failures = createFailures();
  const parts = collect(audio, places);
  for await (const line of inParallel(parts, engine.parallel, async ({ place, speech }) => {
    await allow?.(speech.audio.length / speech.rate);
    return await writePart(engine, place, speech, signal);
  })) {
    failures.note(line);
    yield* redactorOf(line.place.channel).push(line);
  }
  for (const redactor of redactors.values()) yield* redactor.end();
}

async function writePart<P extends Place>(
  engine: Engine,
  place: P,
  speech: Parameters<Engine['write']>[0],
  signal: AbortSignal,
): Promise<Line<P>> {
  try {
    return lineOf(place, await engine.write(speech, signal));
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    return { place, state: 'failed', text: '', confidence: undefined, language: undefined };
  }
}

/** What is not clear is not written: words that nobody said are worse than none. */
function lineOf<P extends Place>(place: P, { text, isUnclear, confidence, language }: Written): Line<P> {
  const said = text.toWellFormed().replaceAll('\u0000', '').trim();
  const state = said === '' ? 'silent' : isUnclear ? 'unclear' : 'clear';
  return { place, state, text: state === 'clear' ? said : '', confidence, language };
}

function createFailures() {
  let inARow = 0;
  return {
    note({ state }: Line): void {
      inARow = state === 'failed' ? inARow + 1 : 0;
      if (inARow >= MOST_FAILURES)
        throw new EngineBrokenError('The engine fails on one part after the other', {
          remedy: 'Look into the log of the hub, and choose another engine if it stays so.',
        });
    },
  };
}

/** The results of several at once, in the order of the things. */
async function* inParallel<Thing, Result>(
  things: AsyncGenerator<Thing>,
  limit: number,
  work: (thing: Thing) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for await (const thing of things) {
      const result = work(thing);
      // Whoever waits for it hears of its failure; until then nobody is alarmed.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= limit) yield await (running.shift() as Promise<Result>);
    }
    for (const result of running) yield await result;
  } finally {
    await Promise.allSettled(running);
  }
}
