import type { Backend } from './bullmq/backend.ts';
import type { Lane } from './job-type.ts';
import type { Log } from './queue.ts';
import type { Ticket } from './sql/dispatch.ts';

export interface LaneWorker {
  /** Replaces the BullMQ worker when it has free slots and has taken nothing for long. */
  readonly restartIfIdle: () => void;
  /** Takes no more; resolves when what runs has ended. */
  readonly close: () => Promise<void>;
}

export type LaneWorkerOptions = {
  readonly lane: Lane;
  readonly slots: number;
  readonly backend: Backend;
  readonly run: (ticket: Ticket) => Promise<void>;
  readonly log: Log;
};

const idleForLongMs = 20_000;

/** The BullMQ worker of one lane. */
export function startLaneWorker({ lane, slots, backend, run, log }: LaneWorkerOptions): LaneWorker {
  let running = 0;
  let lastTaken = Date.now();
  const start = () =>
    backend.startLane(lane, slots, async ({ data }) => {
      lastTaken = Date.now();
      running += 1;
      try {
        await run(data);
      } finally {
        running -= 1;
      }
    });
  let worker = start();
  const closing: Promise<void>[] = [];

  return {
    restartIfIdle: () => {
      if (running >= slots || Date.now() - lastTaken < idleForLongMs) return;
      log.warn({ lane, running }, 'worker takes no jobs though some wait: restarting it');
      lastTaken = Date.now();
      // Not waited for: it may still run jobs, and they end as they would have.
      closing.push(worker.close());
      worker = start();
    },
    close: async () => {
      await Promise.allSettled([...closing, worker.close()]);
    },
  };
}
