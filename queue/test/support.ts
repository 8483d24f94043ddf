import { hubDatabase, waitFor } from '@switchboard/testing';
import { z } from 'zod';

import { createQueue, defineJob } from '../index.ts';
import type { BackendConfig, Handler, JobContext, JobOutcome, JobType, Log, Queue, WorkOptions } from '../index.ts';

export type QueueUnderTest = {
  readonly queue: Queue;
  readonly database: Awaited<ReturnType<typeof hubDatabase>>;
  /** Another process's view of the same queue: shares nothing but the servers. */
  readonly open: () => Promise<Queue>;
  /** Runs everything through this handler, and keeps the outcomes. */
  readonly work: (run: Run, options?: Partial<WorkOptions>) => Promise<Work>;
  readonly makeDue: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** @param databaseUrl of the test's database */
export type BackendFor = (databaseUrl: string) => BackendConfig;

export type Run = (context: JobContext) => Promise<void> | void;

export type Work = {
  readonly outcomes: readonly JobOutcome[];
  /** Kinds of outcome of one job, in order. */
  readonly kinds: (id: string) => readonly string[];
  readonly close: (options?: { readonly deadlineMs?: number }) => Promise<void>;
};

/** Of this test process: several may share one Redis. */
export const queueName = `t${process.pid}`;

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

export const noteType = defineJob({
  name: 'test.note',
  payload: z.object({ text: z.string(), key: z.string().optional() }),
  serialize: ({ key }) => key,
});

/** Any payload as a note, for the fields that a test does not care about. */
export const note = (text: string, dedupeKey = text) => ({
  type: noteType,
  payload: { text },
  tenantId: 'tenant-a',
  owner: 'test',
  dedupeKey,
});

export const textOf = ({ payload }: JobContext): string => noteType.payload.parse(payload).text;

export async function openQueueUnderTest(backendFor: BackendFor, type: JobType = noteType): Promise<QueueUnderTest> {
  const database = await hubDatabase();
  const opened: Queue[] = [];
  const open = async (): Promise<Queue> => {
    const queue = await createQueue({
      database,
      backend: backendFor(database.url),
      name: queueName,
      log: quiet,
    });
    opened.push(queue);
    return queue;
  };
  const queue = await open();
  return {
    queue,
    database,
    open,
    work: (run, options) => startWork(queue, type, run, options),
    // Nobody waits for a back-off of hours.
    makeDue: async () => {
      await database.pool.query("update job set run_at = now() where state = 'waiting'");
    },
    close: async () => {
      for (const each of opened) await each.close({ deadlineMs: 1000 });
      await database.close();
    },
  };
}

export async function startWork(
  queue: Queue,
  type: JobType,
  run: Run,
  options: Partial<WorkOptions> = {},
): Promise<Work> {
  const outcomes: JobOutcome[] = [];
  const handler: Handler = { type, run: async (context) => run(context) };
  const worker = await queue.work({
    resolve: () => handler,
    onOutcome: (outcome) => {
      outcomes.push(outcome);
    },
    ...options,
  });
  return {
    outcomes,
    kinds: (id) => outcomes.filter(({ job }) => job.id === id).map(({ kind }) => kind),
    close: worker.close,
  };
}

/** An error with a policy, like those of the plugin contract. */
export const failure = (retry: unknown, code = 'upstream', message = 'it failed'): Error =>
  Object.assign(new Error(message), { code, retry });

export const stateOf = async ({ queue }: QueueUnderTest, id: string): Promise<string | undefined> =>
  (await queue.get(id))?.state;

export const untilState = (it: QueueUnderTest, id: string, state: string): Promise<boolean> =>
  waitFor(`job ${id} to be ${state}`, async () => (await stateOf(it, id)) === state);
