import type { QueryExecutorProvider } from 'kysely';
import type { z } from 'zod';

import type { DeadLetters } from './dead-letter.ts';
import type { Job, JobOutcome } from './job.ts';
import type { JobType, Lane } from './job-type.ts';
import type { OpenJobs } from './open-job.ts';
import type { ScheduleInfo, ScheduleInput } from './schedule.ts';
import type { Backlog, QueueStats } from './stats.ts';

/** Static message, fields beside it (pino's order of arguments). */
export interface Log {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

export interface EnqueueInput<S extends z.ZodType = z.ZodType> {
  readonly type: JobType<S>;
  /** Stored as JSON and checked as such. At most 256 KiB; no NUL, no lone surrogate. */
  readonly payload: z.input<S>;
  /** `null`: work of the hub itself. */
  readonly tenantId: string | null;
  /** Plugin id or `core`: who is paused, counted and shown. */
  readonly owner: string;
  /** The same key of the same tenant, owner and type is the same work. */
  readonly dedupeKey: string;
  /**
   * `forever` (unless told): the key runs once, as far back as the queue keeps keys (400 days unless told).
   * `while-waiting`: dropped only while the earlier one has not started, so what the caller just wrote is always seen by a run
   * that starts after the caller's commit. Right for "look at the outbox".
   */
  readonly dedupe?: 'forever' | 'while-waiting';
  readonly delayMs?: number;
  /** Instead of the type's lane. */
  readonly lane?: Lane;
}

export interface Enqueued {
  readonly id: string;
  /** True: nothing was stored, `id` is the earlier job. */
  readonly duplicate: boolean;
}

/** A kysely transaction (or any kysely instance) of the database that holds table `job`. */
export type Executor = QueryExecutorProvider;

export interface EnqueueOptions {
  /** The job exists if and when this transaction commits. */
  readonly transaction?: Executor;
}

/** What a handler gets. */
export interface JobContext {
  readonly job: Job;
  /** Parsed by the type's schema. */
  readonly payload: unknown;
  /** 1 for the first run. */
  readonly attempt: number;
  /** Aborts on time-out, shutdown, and when another worker took the job over. */
  readonly signal: AbortSignal;
}

export interface Handler {
  readonly type: JobType;
  /** Runs at least once: make the second run harmless. A thrown error's `retry` decides what follows. */
  run(context: JobContext): Promise<void>;
}

export interface WorkOptions {
  /** `undefined`: this process does not know the type; the job backs off, as a newer process may know it. */
  readonly resolve: (job: Job) => Handler | undefined | Promise<Handler | undefined>;
  /** Jobs at a time in this process, per lane; 0 leaves a lane to others. Unless told: live 20, normal 40, bulk 10. */
  readonly concurrency?: Partial<Record<Lane, number>>;
  /** After each run, once its outcome is stored. Must not throw. */
  readonly onOutcome?: (outcome: JobOutcome) => void | Promise<void>;
}

export interface QueueWorker {
  /** Stops taking, waits for what runs until the deadline, aborts the rest by signal and gives it back without using an attempt. */
  readonly close: (options?: { readonly deadlineMs?: number }) => Promise<void>;
}

export interface Queue {
  /**
   * Stores a job.
   * @throws InvalidPayloadError naming the field; InvalidJobError for an empty key and the like
   */
  enqueue<S extends z.ZodType>(input: EnqueueInput<S>, options?: EnqueueOptions): Promise<Enqueued>;
  /** Several at once in one statement, answers in the order of the inputs. One bad input stores none. */
  readonly enqueueMany: (inputs: readonly EnqueueInput[], options?: EnqueueOptions) => Promise<readonly Enqueued[]>;
  readonly get: (id: string) => Promise<Job | undefined>;
  /** Starts running jobs in this process; at most once per queue. */
  readonly work: (options: WorkOptions) => Promise<QueueWorker>;
  /** Creates or changes a schedule. A tick enqueues a job; ticks that came late or were missed are one. */
  readonly schedule: <S extends z.ZodType>(input: ScheduleInput<S>, options?: EnqueueOptions) => Promise<void>;
  readonly unschedule: (key: string, options?: EnqueueOptions) => Promise<boolean>;
  readonly listSchedules: () => Promise<readonly ScheduleInfo[]>;
  readonly deadLetters: DeadLetters;
  /** What waits, runs, is tried again or is set for later. */
  readonly openJobs: OpenJobs;
  readonly stats: () => Promise<QueueStats>;
  /** Cheap enough for a page. @param tenantId `null`: work of the hub itself */
  readonly backlog: (tenantId: string | null) => Promise<Backlog>;
  /** The owner's jobs of that tenant wait, without using attempts. What runs already goes on. */
  readonly pause: (owner: string, tenantId: string | null, reason?: string) => Promise<void>;
  readonly resume: (owner: string, tenantId: string | null) => Promise<void>;
  /** Closes the worker, then the connections. The caller's pool stays open. */
  readonly close: (options?: { readonly deadlineMs?: number }) => Promise<void>;
}
