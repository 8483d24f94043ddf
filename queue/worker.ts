import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Backend } from './bullmq/backend.ts';
import type { Db } from './database.ts';
import { startDispatcher } from './dispatcher.ts';
import { lanes } from './job-type.ts';
import type { Lane } from './job-type.ts';
import { startLaneWorker } from './lane-worker.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import { startMaintenance } from './maintenance.ts';
import type { Log, QueueWorker, WorkOptions } from './queue.ts';
import { createRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { renew, signOff } from './sql/lease.ts';

export type WorkerOptions = {
  readonly db: Db;
  readonly backend: Backend;
  readonly log: Log;
  readonly keepDays: number;
  readonly keepKeyDays: number;
  readonly work: WorkOptions;
  /** Calls back when jobs may wait. @returns ends it */
  readonly onWake: (wake: () => void) => Promise<() => void>;
  /** The same for schedules that changed. */
  readonly onReschedule: WorkerOptions['onWake'];
  readonly startClock: () => Clock;
};

export type Clock = { readonly wake: () => void; readonly close: () => Promise<void> };

const defaultSlots: Readonly<Record<Lane, number>> = { live: 20, normal: 40, bulk: 10 };

/** Jobs that end within so long are replaced in one round. */
const refillMs = 10;

const heartbeatMs = 2500;
const defaultDeadlineMs = 20_000;

/** Time for aborted handlers to end and for their jobs to be given back. */
const abortMs = 7000;

/** Runs jobs in this process: dispatcher, a BullMQ worker per lane, heartbeat, sweeps, clock. */
export async function startWorker(options: WorkerOptions): Promise<QueueWorker> {
  const { db, backend, log, work } = options;
  const id = randomUUID();
  const slots = { ...defaultSlots, ...work.concurrency };
  const gaveUp = new AbortController();
  const runner = createRunner({ db, log, giveUp: gaveUp.signal, onFree: () => refill.ask(), ...work });
  await renew(db, { id, slots }, []);
  const heartbeat = startHeartbeat(db, { id, slots }, runner, log);
  const dispatcher = startDispatcher({ db, backend, log });
  const refill = collect(refillMs, dispatcher.wake);
  const served = lanes.filter((lane) => slots[lane] > 0);
  const laneWorkers = new Map(
    served.map((lane) => [lane, startLaneWorker({ lane, slots: slots[lane], backend, run: runner.run, log })]),
  );
  const maintenance = startMaintenance({
    ...options,
    runner,
    databaseUpMs: heartbeat.upMs,
    onStuck: (lane) => laneWorkers.get(lane)?.restartIfIdle(),
    onWaiting: dispatcher.wake,
  });
  const clock = options.startClock();
  const listening = [await options.onWake(dispatcher.wake), await options.onReschedule(clock.wake)];

  let closing: Promise<void> | undefined;
  return { close: ({ deadlineMs = defaultDeadlineMs } = {}) => (closing ??= close(deadlineMs)) };

  async function close(deadlineMs: number): Promise<void> {
    for (const stopListening of listening) stopListening();
    refill.stop();
    await Promise.all([dispatcher.close(), maintenance.close(), clock.close()]);
    const drained = Promise.all([...laneWorkers.values()].map((worker) => worker.close())).then(() => true);
    if (!(await within(deadlineMs, drained))) {
      log.warn({ running: runner.tickets().length }, 'jobs outlast the deadline: aborting them');
      runner.abort();
      await within(abortMs, drained);
    }
    gaveUp.abort();
    await heartbeat.close();
    await signOff(db, id).catch((error: unknown) => log.warn({ err: error }, 'worker could not sign off'));
  }
}

type Heartbeat = Loop & { readonly upMs: () => number };

function startHeartbeat(db: Db, worker: Parameters<typeof renew>[1], runner: Runner, log: Log): Heartbeat {
  let upSince = -Infinity;
  const loop = startLoop({
    name: 'heartbeat',
    intervalMs: heartbeatMs,
    log,
    run: async () => {
      const tickets = runner.tickets();
      try {
        const kept = await renew(db, worker, tickets);
        const running = new Map(runner.tickets().map((ticket) => [ticket.id, ticket.ticket]));
        const lost = tickets.filter(({ id, ticket }) => !kept.has(id) && running.get(id) === ticket);
        runner.abandon(lost.map(({ id }) => id));
      } catch (error) {
        upSince = Date.now();
        throw error;
      }
      return undefined;
    },
  });
  return { ...loop, upMs: () => Date.now() - upSince };
}

/** Calls once for all that was asked within a time. */
function collect(milliseconds: number, call: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  return {
    ask: () => {
      if (stopped) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        call();
      }, milliseconds);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** @returns what it resolves to, or false when it takes longer */
async function within(milliseconds: number, work: Promise<boolean>): Promise<boolean> {
  const stop = new AbortController();
  const late = delay(milliseconds, false, { signal: stop.signal }).catch(() => false);
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
  }
}
