import type { Lane } from './job-type.ts';

/**
 * `waiting`: to be run at `runAt`, or when a pause ends. `blocked`: behind an earlier job of its serialize key.
 * `queued`: handed to BullMQ. `running`: in a worker that renews its lease. `dead`: needs a person. The others are over.
 */
export type JobState = 'waiting' | 'blocked' | 'queued' | 'running' | 'done' | 'dead' | 'discarded';

/** A row of table `job`. */
export interface Job {
  readonly id: string;
  readonly type: string;
  /** `null`: work of the hub itself. */
  readonly tenantId: string | null;
  readonly owner: string;
  readonly lane: Lane;
  /** As stored; the handler gets it parsed. */
  readonly payload: unknown;
  readonly dedupeKey: string;
  readonly state: JobState;
  /** Runs that count, the current one included. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: Date;
  readonly createdAt: Date;
  readonly firstStartedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Of the last failure. */
  readonly errorCode: string | null;
  /** Of the last failure; credentials removed, at most 500 characters. */
  readonly errorMessage: string | null;
}

/**
 * What came of one run.
 * - `done`
 * - `retry`: runs again after `delayMs`; this run used an attempt
 * - `later`: runs again after `delayMs`; this run used none (the error named the time)
 * - `paused`: waits, no attempt used; the queue paused the owner for that tenant because the error says `pausesPlugin`
 * - `dead`: a dead letter
 * - `returned`: aborted by shutdown, given back
 */
export type OutcomeKind = 'done' | 'retry' | 'later' | 'paused' | 'dead' | 'returned';

export interface JobOutcome {
  readonly kind: OutcomeKind;
  readonly job: Job;
  readonly attempt: number;
  readonly durationMs: number;
  /** Until the next run; 0 unless `retry` or `later`. */
  readonly delayMs: number;
  /** What the handler threw, as it was: may hold secrets. */
  readonly error?: unknown;
}
