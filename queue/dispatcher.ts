import type { Backend } from './bullmq/backend.ts';
import type { Db } from './database.ts';
import { lanes } from './job-type.ts';
import type { Lane } from './job-type.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Log } from './queue.ts';
import { dispatch } from './sql/dispatch.ts';
import type { Ticket } from './sql/dispatch.ts';
import { takeBack } from './sql/sweep.ts';

export type DispatcherOptions = {
  readonly db: Db;
  readonly backend: Backend;
  readonly tenantShare: number;
  readonly log: Log;
};

/** Delayed jobs are found by polling; all others are announced. */
const pollMs = 1000;

/** While another process dispatches: it may not have seen the latest row. */
const contendedMs = 25;

/** Feeds BullMQ's short queues from the rows, live lane first. */
export function startDispatcher(options: DispatcherOptions): Loop {
  return startLoop({
    name: 'dispatcher',
    intervalMs: pollMs,
    log: options.log,
    run: async () => {
      for (const lane of lanes) {
        if ((await dispatchLane(options, lane)) === 'contended') return contendedMs;
      }
      return undefined;
    },
  });
}

async function dispatchLane(
  { db, backend, tenantShare }: DispatcherOptions,
  lane: Lane,
): Promise<'done' | 'contended'> {
  for (let depthFactor = 1; ; depthFactor = Math.min(depthFactor * 4, 1024)) {
    const result = await dispatch(db, { lane, depthFactor, tenantShare });
    if (result === undefined) return 'contended';
    const { tickets, blocked, more } = result;
    if (tickets.length > 0) await hand(db, backend, lane, tickets);
    if (blocked === 0 && !(more && tickets.length > 0)) return 'done';
  }
}

async function hand(db: Db, backend: Backend, lane: Lane, tickets: readonly Ticket[]): Promise<void> {
  try {
    await backend.add(lane, tickets);
  } catch (error) {
    // Tickets that BullMQ took all the same are void by the time they run.
    await takeBack(db, tickets);
    throw error;
  }
}
