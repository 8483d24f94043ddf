import type { Job, JobSchedulerJson, JobsOptions } from 'bullmq';

import type { Log } from '../queue.ts';
import type { Ticket } from '../sql/dispatch.ts';

/** What the clock's queue carries: the key of a schedule. */
export type Tick = { readonly key: string };

type BulkJobOptions = Pick<JobsOptions, 'jobId' | 'sizeLimit' | 'removeOnComplete' | 'removeOnFail'>;

/** The part of BullMQ's Queue that is used, free of the backend's type parameters. */
export interface BullQueue<Data> {
  readonly addBulk: (jobs: { name: string; data: Data; opts: BulkJobOptions }[]) => Promise<unknown>;
  readonly getJobState: (id: string) => Promise<string>;
  readonly getWaitingCount: () => Promise<number>;
  readonly getJobSchedulers: () => Promise<JobSchedulerJson[]>;
  readonly upsertJobScheduler: (
    id: string,
    repeat: { pattern: string; tz: string } | { every: number },
    template: { name: string; data: Data },
  ) => Promise<unknown>;
  readonly removeJobScheduler: (id: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface BullWorker {
  readonly close: (force?: boolean) => Promise<void>;
}

export interface BullJob<Data> {
  readonly data: Data;
  /** When a scheduler meant it to run, milliseconds. */
  readonly dueAt: number;
}

export type Process<Data> = (job: BullJob<Data>) => Promise<void>;

/** A backend of BullMQ: how queues and workers are made on it. */
export interface BullConnection {
  readonly kind: 'postgres' | 'redis';
  readonly openQueue: <Data extends Ticket | Tick>(name: string) => BullQueue<Data>;
  readonly startWorker: <Data extends Ticket | Tick>(
    name: string,
    concurrency: number,
    process: Process<Data>,
  ) => BullWorker;
  readonly close: () => Promise<void>;
}

/** Runs are short for BullMQ's own lock only when the event loop is free; the row's lease is what counts (see sql/claim.ts). */
export const workerSettings = {
  stalledInterval: 15_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
};

/** Without a listener the first outage would end the process. BullMQ reconnects by itself. */
export function listenForErrors<Emitter extends ErrorEmitter>(emitter: Emitter, name: string, log: Log): Emitter {
  emitter.on('error', (error) => log.warn({ queue: name, err: error }, 'BullMQ connection error'));
  return emitter;
}

type ErrorEmitter = { on(event: 'error', listener: (error: Error) => void): unknown };

export const toProcessor =
  <Data>(process: Process<Data>) =>
  async (job: Job<Data>): Promise<void> =>
    process({ data: job.data, dueAt: job.opts.prevMillis ?? job.timestamp });
