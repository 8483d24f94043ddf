import type { Log } from './queue.ts';

export interface Loop {
  /** Runs as soon as possible; several calls while it runs are one. */
  readonly wake: () => void;
  /** Ends after the run under way. */
  readonly close: () => Promise<void>;
}

export interface LoopOptions {
  /** For the log. */
  readonly name: string;
  readonly intervalMs: number;
  /** @returns milliseconds until the next run, when sooner than `intervalMs` */
  readonly run: () => Promise<number | undefined>;
  readonly log: Log;
}

const longestPauseMs = 5000;

/** Repeats `run` at an interval and on `wake`, never twice at a time. A run that fails is logged and tried again. */
export function startLoop({ name, intervalMs, run, log }: LoopOptions): Loop {
  let closed = false;
  let woken = false;
  let failures = 0;
  let endPause = (): void => {};

  const finished = (async () => {
    while (!closed) {
      woken = false;
      const pauseMs = await runOnce();
      if (!closed && !woken) await pause(pauseMs);
    }
  })();

  return {
    wake: () => {
      woken = true;
      // While it fails, only time helps.
      if (failures === 0) endPause();
    },
    close: async () => {
      closed = true;
      endPause();
      await finished;
    },
  };

  async function runOnce(): Promise<number> {
    try {
      const pauseMs = await run();
      if (failures > 0) log.info({ loop: name, failures }, 'queue loop works again');
      failures = 0;
      return pauseMs ?? intervalMs;
    } catch (error) {
      failures += 1;
      woken = false;
      log.warn({ loop: name, failures, err: error }, 'queue loop failed');
      return Math.min(100 * 2 ** failures, longestPauseMs);
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
