import { SwitchboardError } from '@switchboard/core/contract';

export const engineNames = ['3cx', 'embedded', 'openai', 'openai-compatible'] as const;
export type EngineName = (typeof engineNames)[number];

/** Something that writes down what is said in a part of a recording. */
export interface Engine {
  readonly name: Exclude<EngineName, '3cx'>;
  /** As the engine calls it. */
  readonly model: string;
  /** What a minute of sound costs, in the currency of the tenant's budget. */
  readonly pricePerMinute: number;
  /** So many parts at once are worth it. */
  readonly parallel: number;
  /**
   * @throws SpeechError for this part alone; other errors of the contract when the engine does nothing at all now
   */
  readonly write: (speech: Speech, signal: AbortSignal) => Promise<Written>;
}

/** One side, up to half a minute. */
export interface Speech {
  readonly audio: Float32Array;
  /** Samples per second. */
  readonly rate: number;
}

export interface Written {
  /** Empty when nothing was said. */
  readonly text: string;
  /** Mean log-probability of what was written; undefined where the engine does not tell. */
  readonly confidence: number | undefined;
  /** Whether the engine's figures say that it has guessed: then the text is not to be used. */
  readonly isUnclear: boolean;
  /** ISO 639-1; undefined where the engine does not tell. */
  readonly language: string | undefined;
}

/** The engine cannot write down this part: it hangs, breaks or refuses. Others may go well. */
export class SpeechError extends SwitchboardError {
  readonly code = 'speech';
  readonly retry = 'never';
}

/** The engine does nothing right any more. */
export class EngineBrokenError extends SwitchboardError {
  readonly code = 'engine';
  readonly retry = 'backoff';
}
