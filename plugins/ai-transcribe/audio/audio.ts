import { PayloadError } from '@switchboard/core/contract';

/** Sound as it comes: never whole in memory. */
export interface Audio {
  /** Samples per second. */
  readonly rate: number;
  /** 1 or 2. */
  readonly channels: number;
  /** Samples of each channel, from -1 to 1, in pieces of any length. Can be read once. */
  readonly pieces: AsyncIterable<readonly Float32Array[]>;
}

export type AudioProblem = 'corrupt' | 'unknown-format' | 'too-long';

/** A recording that cannot be listened to, and never will be. */
export class AudioError extends PayloadError {
  readonly problem: AudioProblem;

  constructor(problem: AudioProblem, message: string, remedy: string, cause?: unknown) {
    super(message, { remedy, cause });
    this.problem = problem;
  }
}

export function corrupt(message: string, cause?: unknown): AudioError {
  return new AudioError(
    'corrupt',
    message,
    'Listen to the recording in the telephone system: its file is damaged.',
    cause,
  );
}
