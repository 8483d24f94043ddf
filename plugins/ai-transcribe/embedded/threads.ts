import { availableParallelism } from 'node:os';
import { createTurns } from '@switchboard/core/contract';
import { Piscina } from 'piscina';
import type { Heard } from './moonshine.ts';
import type { ListenedBlock, ListenTask, Task, WorkerSettings, WriteTask } from './worker.ts';

export interface ThreadsOptions {
  /** Each has its own copy of the models: some 400 MB (measured). */
  readonly threads?: number;
  /** For one task, milliseconds from when a thread takes it. */
  readonly timeLimitMs?: number;
  /** Heap of one thread, MiB; what the graphs hold outside of it is bounded by the length of a segment. */
  readonly memoryLimitMb?: number;
  /** How far behind the rest of the hub they come, as of `nice`. */
  readonly niceness?: number;
  /** The file that a thread runs. */
  readonly worker?: URL;
}

/** Threads that hear speech and write it down. What harms one of them costs that thread, which is replaced, and nothing else. */
export interface Threads {
  readonly size: number;
  /** @throws ThreadError */
  readonly listen: (task: Omit<ListenTask, 'kind'>, signal: AbortSignal) => Promise<ListenedBlock>;
  /** @throws ThreadError */
  readonly write: (task: Omit<WriteTask, 'kind'>, signal: AbortSignal) => Promise<Heard>;
  readonly close: () => Promise<void>;
}

/** A task took too long or ended its thread. */
export class ThreadError extends Error {
  readonly reason: 'hangs' | 'crashes';

  constructor(reason: 'hangs' | 'crashes', cause: unknown) {
    super(reason === 'hangs' ? 'The thread took too long' : 'The thread broke', { cause });
    this.reason = reason;
  }
}

/** A segment takes some two seconds; a machine that does other things beside may need many times that. */
const TIME_LIMIT_MS = 120_000;

export function createThreads({
  threads = Math.min(2, availableParallelism()),
  timeLimitMs = TIME_LIMIT_MS,
  memoryLimitMb = 512,
  niceness = 10,
  worker = new URL('./worker.ts', import.meta.url),
}: ThreadsOptions = {}): Threads {
  const pool = new Piscina<Task, ListenedBlock | Heard>({
    filename: worker.href,
    minThreads: 0,
    maxThreads: threads,
    // A call comes seldom alone, and loading the models takes a second.
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    workerData: { niceness } satisfies WorkerSettings,
    // Threads otherwise inherit the flags of the process, some of which they refuse.
    execArgv: [],
  });
  const inTurn = createTurns(threads);

  async function run<Result>(task: Task, signal: AbortSignal): Promise<Result> {
    return await inTurn(async () => {
      signal.throwIfAborted();
      // The time runs from here, not while the task waits behind others.
      const limit = AbortSignal.timeout(timeLimitMs);
      try {
        return (await pool.run(task, { signal: AbortSignal.any([signal, limit]) })) as Result;
      } catch (error) {
        signal.throwIfAborted();
        throw new ThreadError(limit.aborted ? 'hangs' : 'crashes', error);
      }
    });
  }

  return {
    size: threads,
    listen: async (task, signal) => await run<ListenedBlock>({ kind: 'listen', ...task }, signal),
    write: async (task, signal) => await run<Heard>({ kind: 'write', ...task }, signal),
    close: async () => await pool.destroy(),
  };
}
