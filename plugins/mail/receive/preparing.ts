import { PayloadError, PostponedError } from '@switchboard/core/contract';
import { Piscina } from 'piscina';
import type { Prepared, PrepareOptions } from './prepare.ts';
import type { Task } from './prepare-worker.ts';

export type PreparingOptions = {
  /** Threads. */
  readonly workers: number;
  /** For one message, milliseconds from when a thread takes it. */
  readonly timeLimitMs?: number;
  /** Heap of one thread, MiB. */
  readonly memoryLimitMb?: number;
  /** Size of one message. */
  readonly maxBytes?: number;
};

export type Preparing = {
  /**
   * @throws PayloadError when the message is too large, takes too long, takes too much memory or breaks the reader; no other message is touched by that
   * @throws PostponedError when the hub closes meanwhile, which says nothing about the message
   */
  readonly prepare: (raw: Buffer, options: PrepareOptions) => Promise<Prepared>;
  readonly close: () => Promise<void>;
};

const MiB = 1024 * 1024;

/** Threads that read mail: a message that harms its reader costs one thread, which is replaced, and no other message. */
export function createPreparing({
  workers,
  timeLimitMs = 10_000,
  memoryLimitMb = 256,
  maxBytes = 64 * MiB,
}: PreparingOptions): Preparing {
  const pool = new Piscina<Task, Prepared>({
    filename: new URL('./prepare-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 30_000,
    // One message at a time per thread, so that the one which is stopped is the one to blame.
    concurrentTasksPerWorker: 1,
    // A small nursery saves some 20 MiB per thread (measured) and costs nothing: what is read of a message is short-lived.
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb: 8 },
    // Threads otherwise inherit the flags of the process, some of which they refuse.
    execArgv: [],
  });
  const turns = createTurns(workers);
  let isClosed = false;

  async function prepare(raw: Buffer, options: PrepareOptions): Promise<Prepared> {
    if (raw.length > maxBytes) throw unreadable('The message is too large to be read.');
    return turns(async () => {
      // The time runs from here, not while the message waits behind others.
      const limit = AbortSignal.timeout(timeLimitMs);
      try {
        return withBuffers(await pool.run({ raw, options }, { signal: limit }));
      } catch (error) {
        if (isClosed) throw new PostponedError('Reading mail was interrupted.', 1_000, { cause: error });
        throw unreadable(
          limit.aborted ? 'The message takes too long to be read.' : 'The message could not be read.',
          error,
        );
      }
    });
  }

  return {
    prepare,
    close: async () => {
      isClosed = true;
      await pool.destroy();
    },
  };
}

/** What was a Buffer in one thread is a plain array of bytes in the other. */
function withBuffers({ columns, packed, ...prepared }: Prepared): Prepared {
  const view = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { ...prepared, columns: view(columns), packed: packed && view(packed) };
}

function unreadable(message: string, cause?: unknown): PayloadError {
  return new PayloadError(message, {
    remedy: 'The message is kept as it came: look at its source in the mailbox.',
    cause,
  });
}

/** As many at once as there are threads, the others in their order. */
function createTurns(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
