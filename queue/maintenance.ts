import type { Backend } from './bullmq/backend.ts';
import type { Db } from './database.ts';
import { toErrorText } from './error-text.ts';
import { WorkerLostError } from './errors.ts';
import type { JobOutcome } from './job.ts';
import type { Lane } from './job-type.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Log } from './queue.ts';
import { backoffMs, judge } from './retry.ts';
import type { Runner } from './runner.ts';
import { leaseMs } from './sql/claim.ts';
import {
  findAbandoned,
  findQueuedForLong,
  forgetDeadWorkers,
  forgetKeys,
  removeOld,
  takeBack,
  unblockOrphans,
} from './sql/sweep.ts';
import type { Abandoned } from './sql/sweep.ts';

export type MaintenanceOptions = {
  readonly db: Db;
  readonly backend: Backend;
  readonly runner: Pick<Runner, 'settle' | 'report'>;
  readonly log: Log;
  readonly keepDays: number;
  readonly keepKeyDays: number;
  /** For how long this process has reached the database without a break, milliseconds. */
  readonly databaseUpMs: () => number;
  /** BullMQ holds jobs of the lane that nobody started. */
  readonly onStuck: (lane: Lane) => void;
  /** Rows went back to waiting. */
  readonly onWaiting: () => void;
};

const intervalMs = 2500;
const minuteMs = 60_000;

/** Brings back what a killed worker, a flushed Redis or a lost message left behind, and removes what is old. */
export function startMaintenance(options: MaintenanceOptions): Loop {
  const { db, keepDays, keepKeyDays } = options;
  let minute = 0;
  return startLoop({
    name: 'maintenance',
    intervalMs,
    log: options.log,
    run: async () => {
      await sweepAbandoned(options);
      await sweepQueued(options);
      if (Date.now() - minute < minuteMs) return undefined;
      minute = Date.now();
      await unblockOrphans(db);
      await forgetDeadWorkers(db);
      if ((await removeOld(db, keepDays)) || (await forgetKeys(db, keepKeyDays))) minute = 0;
      return undefined;
    },
  });
}

/**
 * After an outage of the database every lease has run out though every worker lives: they get the time of a lease to
 * renew them first.
 */
async function sweepAbandoned({ db, runner, databaseUpMs, log, onWaiting }: MaintenanceOptions): Promise<void> {
  if (databaseUpMs() < leaseMs) return;
  const abandoned = await findAbandoned(db);
  await Promise.all(
    abandoned.map(async (found) => {
      const outcome = outcomeOf(found);
      const { kind, delayMs, error } = outcome;
      const { ticket, serialized } = found;
      const id = found.job.id;
      const settled = await runner.settle({
        id,
        ticket,
        serialized,
        kind,
        delayMs,
        error: toErrorText(error),
        onlyExpired: true,
      });
      if (!settled) return;
      log.warn({ job: id, type: found.job.type, outcome: kind }, 'job abandoned by its worker');
      await runner.report(outcome);
    }),
  );
  if (abandoned.length > 0) onWaiting();
}

/** The first loss runs again at once, as most are deploys; a job that kills its worker each time backs off. */
function outcomeOf({ job }: Abandoned): JobOutcome {
  const error = new WorkerLostError(`the worker stopped while running ${job.type}`);
  const { kind } = judge(error, job.attempts, job.maxAttempts);
  const delayMs = kind === 'retry' && job.attempts > 1 ? backoffMs(job.attempts) : 0;
  return { kind, job, attempt: job.attempts, durationMs: 0, delayMs, error };
}

async function sweepQueued({ db, backend, log, onStuck, onWaiting }: MaintenanceOptions): Promise<void> {
  const old = await findQueuedForLong(db);
  const held = await Promise.all(old.map((ticket) => backend.holds(ticket.lane, ticket)));
  const lost = old.filter((_, index) => !held[index]);
  for (const lane of new Set(old.filter((_, index) => held[index]).map((ticket) => ticket.lane))) onStuck(lane);
  if (lost.length === 0) return;
  await takeBack(db, lost);
  log.warn({ count: lost.length }, 'jobs that BullMQ lost are dispatched again');
  onWaiting();
}
