import type { z } from 'zod';

/** `live`: a person waits (a ringing call). `bulk`: nobody waits (an import). Each lane has workers of its own. */
export type Lane = 'live' | 'normal' | 'bulk';

export const lanes: readonly Lane[] = ['live', 'normal', 'bulk'];

/** Runs before a job becomes a dead letter. With the back-off they spread over about a day. */
export const defaultAttempts = 10;

export const defaultTimeoutMs = 60_000;

/** A kind of work. The payload is checked when it is enqueued and again when it runs, because jobs outlive a deploy. */
export interface JobType<S extends z.ZodType = z.ZodType> {
  /** Owner and verb: `threecx.journal-call`. Kept in rows: do not rename. */
  readonly name: string;
  /** Must accept its own JSON: a date is a string here. */
  readonly payload: S;
  /** Runs before the job becomes a dead letter; 10 unless told. */
  readonly attempts?: number;
  /** Milliseconds until the signal aborts and the run counts as failed; 60,000 unless told. */
  readonly timeoutMs?: number;
  /** `normal` unless told. */
  readonly lane?: Lane;
  /**
   * Jobs of one tenant and owner with the same key run one at a time, in order of enqueueing, also across retries.
   * A dead letter lets the next one go. `undefined`: this job waits for nobody.
   */
  serialize?(payload: z.output<S>): string | undefined;
}

/**
 * Types a job.
 *
 * @example
 * export const journalCall = defineJob({
 *   name: 'threecx.journal-call',
 *   payload: z.object({ callId: z.string() }),
 *   lane: 'live',
 *   serialize: (call) => call.callId,
 * });
 */
export function defineJob<S extends z.ZodType>(type: JobType<S>): JobType<S> {
  return type;
}
