import type { JobType } from '@switchboard/queue';
import type { z } from 'zod';
import type { Lane } from './crm.ts';

export { defineJob, type JobType } from '@switchboard/queue';

/** What a running job may know of itself. */
export interface JobRun {
  readonly id: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted on time-out, shutdown and when another worker took over. Pass it on. */
  readonly signal: AbortSignal;
}

export interface JobHandler<Context> {
  readonly type: JobType;
  run(context: Context, payload: never, run: JobRun): Promise<void>;
}

/** Types the handler against its job. Handlers run at least once: make the second run harmless. */
export function handle<Context, S extends z.ZodType>(
  type: JobType<S>,
  run: (context: Context, payload: z.output<S>, run: JobRun) => Promise<void>,
): JobHandler<Context> {
  return { type, run };
}

/** A job to enqueue for this plugin and tenant. */
export interface JobInput {
  readonly type: JobType;
  readonly payload: unknown;
  /** The same key is the same work: the second one is dropped. */
  readonly dedupeKey: string;
  readonly delayMs?: number;
  /** Default: that of the type. The same work may be wanted at once or by and by. */
  readonly lane?: Lane;
}

/** Types the payload against its job. */
export function job<S extends z.ZodType>(
  type: JobType<S>,
  payload: z.input<S>,
  dedupeKey: string,
  delayMs?: number,
): JobInput {
  return delayMs === undefined ? { type, payload, dedupeKey } : { type, payload, dedupeKey, delayMs };
}

/** Work that comes back by the clock. Late and missed ticks are one tick. */
export interface Schedule {
  readonly name: string;
  /** Cron with five fields in the tenant's time zone, or a fixed pause in milliseconds. */
  readonly every: { readonly cron: string } | { readonly ms: number };
  readonly type: JobType;
  readonly payload: unknown;
}
