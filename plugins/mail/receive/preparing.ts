import { createTurns, PayloadError, PostponedError } from '@switchboard/core/contract';
import { Piscina } from 'piscina';
import { type Prepared, type PrepareOptions, withBuffers } from './prepare.ts';
import type { Task } from './prepare-worker.ts';
import { startTimeLimit } from './time-limit.ts';

export type PreparingOptions = {
  /** Threads. */
  readonly workers: number;
  /** For one message, milliseconds from when a thread begins it; it may take up to twice as long until that is seen. */
  readonly timeLimitMs?: number;
  /** Heap of one thread, MiB. */
  readonly memoryLimitMb?: number;
  /** Size of one message. */
  readonly maxBytes?: number;
  /** Messages go to a thread together as long as they are no larger than this together. */
  readonly togetherBytes?: number;
};

export type Preparing = {
  /**
   * @throws PayloadError when the message is too large, takes too long, takes too much memory or breaks the reader; no other message is touched by that
   * @throws PostponedError when the hub closes meanwhile, or no thread starts, which says nothing about the message
   */
  readonly prepare: (raw: Buffer, options: PrepareOptions) => Promise<Prepared>;
  readonly close: () => Promise<void>;
};

const MiB = 1024 * 1024;

/** Handing a message to a thread costs a tenth of reading it, so small ones that wait go together. */
const MOST_TOGETHER = 16;

type Waiting = {
  readonly raw: Buffer;
  readonly options: PrepareOptions;
  readonly resolve: (prepared: Prepared) => void;
  readonly reject: (error: unknown) => void;
};

/** Threads that read mail: a message that harms its reader costs one thread, which is replaced, and no other message. */
export function createPreparing({
  workers,
  timeLimitMs = 10_000,
  memoryLimitMb = 256,
  maxBytes = 64 * MiB,
  togetherBytes = MiB / 4,
}: PreparingOptions): Preparing {
  const pool = new Piscina<Task, Prepared[]>({
    filename: new URL('./prepare-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    // A small nursery saves some 20 MiB per thread (measured) and costs nothing: what is read of a message is short-lived.
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb: 8 },
    // Threads otherwise inherit the flags of the process, some of which they refuse.
    execArgv: [],
  });
  const inTurn = createTurns(workers);
  const waiting: Waiting[] = [];
  let isClosed = false;

  /** @throws PayloadError, PostponedError */
  async function read(mails: readonly Waiting[]): Promise<void> {
    const begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const limit = startTimeLimit(begun, timeLimitMs);
    const task = { mails: mails.map(({ raw, options }) => ({ raw, options })), begun };
    try {
      const all = await pool.run(task, { signal: limit.signal });
      all.forEach((prepared, index) => mails[index]?.resolve(withBuffers(prepared)));
    } catch (error) {
      if (isClosed) throw new PostponedError('Reading mail was interrupted.', 1_000, { cause: error });
      if (Atomics.load(begun, 0) === 0)
        throw new PostponedError('The thread that reads mail did not start.', 10_000, { cause: error });
      throw new UnreadableError(limit.signal.aborted ? 'mail.takes-too-long' : 'mail.unreadable', error);
    } finally {
      limit.end();
    }
  }

  /** Where one of several does harm, each is read by itself after that, so that the one which is stopped then is the one to blame. */
  async function readWaiting(): Promise<void> {
    const mails = takeSome(waiting, togetherBytes);
    const isRead =
      mails.length > 1 &&
      (await read(mails).then(
        () => true,
        () => false,
      ));
    if (isRead) return;
    for (const mail of mails) await read([mail]).catch(mail.reject);
  }

  return {
    async prepare(raw, options) {
      if (raw.length > maxBytes) throw new UnreadableError('mail.too-large');
      const { promise, resolve, reject } = Promise.withResolvers<Prepared>();
      waiting.push({ raw, options, resolve, reject });
      // One turn for each that waits; it may have been read in the turn of another before.
      void inTurn(readWaiting);
      return await promise;
    },
    close: async () => {
      isClosed = true;
      await pool.destroy();
    },
  };
}

/** Takes the first, and those behind it that go together with it. */
function takeSome(waiting: Waiting[], togetherBytes: number): Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex(({ raw }, index) => {
    bytes += raw.length;
    return index > 0 && (index === MOST_TOGETHER || bytes > togetherBytes);
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

const reasons = {
  'mail.too-large': 'The message is too large to be read.',
  'mail.takes-too-long': 'The message takes too long to be read.',
  'mail.unreadable': 'The message could not be read.',
} as const;

/** A message that does harm, with the reason as a code beside the sentence. */
class UnreadableError extends PayloadError {
  override readonly code: keyof typeof reasons;

  constructor(code: keyof typeof reasons, cause?: unknown) {
    super(reasons[code], { remedy: 'The message is kept as it came: look at its source in the mailbox.', cause });
    this.code = code;
  }
}
