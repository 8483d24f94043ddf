import { z } from 'zod';
import { defineCapability } from './capability.ts';
import { defineEvent } from './event.ts';

/** What was said in recorded calls, as text. Card and identity numbers are not in it: they are left out before anything is stored. */
export interface Transcription {
  /** One per recording, the earliest first; also those that are still being made, or that came to nothing. */
  readonly ofCall: (callId: string) => Promise<Transcript[]>;
  /** Lines that hold all of these words, the newest calls first. @param limit default 50, at most 200 */
  readonly search: (words: string, options?: { readonly limit?: number }) => Promise<FoundLine[]>;
  /**
   * Has a transcript made again that failed or was refused, by the settings of now.
   *
   * @throws NotFoundError for a recording that is unknown; ConflictError for one whose transcript is there or on its way
   */
  readonly again: (recording: RecordingName) => Promise<void>;
}

export interface RecordingName {
  readonly callId: string;
  /** Of the telephone system. */
  readonly recordingId: string;
}

export const transcriptStates = ['waiting', 'working', 'ready', 'silent', 'refused', 'failed', 'deleted'] as const;

export interface Transcript extends RecordingName {
  /** `silent`: nobody says anything. `refused`: it may not be made. `failed`: it could not be made. `deleted`: there was one. */
  readonly state: (typeof transcriptStates)[number];
  /** Why it waits, was refused or failed, as a word: `consent`, `budget`, `provider`, `corrupt`; else empty. */
  readonly reason: string;
  /** The same as a sentence. */
  readonly detail: string;
  /** Who wrote it, such as `embedded`, and by which model. */
  readonly engine: string;
  readonly model: string;
  /** ISO 639-1; empty where nobody knows. */
  readonly language: string;
  /** Of the recording; 0 until it was listened to. */
  readonly seconds: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly agentExtension: string;
  readonly lines: readonly TranscriptLine[];
}

export interface TranscriptLine {
  readonly number: number;
  /** `caller` is the other side, whoever placed the call; `unknown` where both are on one channel. */
  readonly speaker: 'agent' | 'caller' | 'unknown';
  /** Milliseconds from the beginning of the recording; undefined where the times are not known. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** `open`: not done yet. `unclear`: somebody spoke, and nothing that can be trusted came of it. `failed`: it could not be written down. */
  readonly state: 'open' | 'clear' | 'unclear' | 'failed';
  /** Empty unless clear. */
  readonly text: string;
  /** Mean log-probability of the words, 0 is certain; undefined where the engine does not tell. */
  readonly confidence: number | undefined;
  /** 0 as the engine wrote it, 1 after the first correction, and so on. */
  readonly version: number;
  /** Undefined while it is as the engine wrote it. */
  readonly correction: LineCorrection | undefined;
}

/** That a person has corrected a line; the newest correction, and what the engine had written. */
export interface LineCorrection {
  /** Empty where it was unclear. */
  readonly original: string;
  /** Of the workspace member. */
  readonly memberId: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface FoundLine extends RecordingName, Pick<TranscriptLine, 'number' | 'speaker' | 'fromMs' | 'text'> {
  /** Of the recording, ISO 8601. */
  readonly startedAt: string;
}

export const transcription = defineCapability<Transcription>('transcription');

/** What was said in a recording is there as text, or it is certain that nothing was. Told again when it was made again. */
export const transcriptReady = defineEvent(
  'transcript.ready',
  z.object({
    callId: z.uuid(),
    recordingId: z.string(),
    /** Nobody said anything. */
    isSilent: z.boolean(),
    engine: z.string(),
    /** ISO 639-1; empty where nobody knows. */
    language: z.string(),
    seconds: z.number().nonnegative(),
    lines: z.number().int().nonnegative(),
    /** Of them, those of which nothing can be trusted. */
    unclearLines: z.number().int().nonnegative(),
  }),
);

/** A person wants everything gone that was said in a call: whoever holds sound of it lets go of it. */
export const saidErased = defineEvent('said.erased', z.object({ callId: z.uuid() }));
