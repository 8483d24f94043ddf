import { setTimeout as delay } from 'node:timers/promises';

import { createBatcher } from './batcher.ts';
import type { Db } from './database.ts';
import { toErrorText } from './error-text.ts';
import { LeaseLostError, ShutdownError } from './errors.ts';
import { persist } from './patience.ts';
import type { JobOutcome } from './job.ts';
import type { Log, WorkOptions } from './queue.ts';
import { judge } from './retry.ts';
import { runJob } from './run-job.ts';
import { claimJobs } from './sql/claim.ts';
import type { ClaimedJob } from './sql/claim.ts';
import { ticketName } from './sql/dispatch.ts';
import type { Ticket } from './sql/dispatch.ts';
import { settleJobs } from './sql/settle.ts';
import type { Settlement } from './sql/settle.ts';

export interface Runner {
  /** Runs the ticket's job and stores its outcome; does nothing when the ticket is void. */
  readonly run: (ticket: Ticket) => Promise<void>;
  /** What runs now. */
  readonly tickets: () => readonly Ticket[];
  /** Aborts the runs of these jobs without settling them: another worker has them. */
  readonly abandon: (ids: readonly string[]) => void;
  /** Aborts all runs; they are given back. */
  readonly abort: () => void;
  readonly settle: (settlement: Settlement) => Promise<boolean>;
  readonly report: (outcome: JobOutcome) => Promise<void>;
}

export type RunnerOptions = Pick<WorkOptions, 'resolve' | 'onOutcome'> & {
  readonly db: Db;
  readonly log: Log;
  /** The database is not waited for any longer. */
  readonly giveUp: AbortSignal;
  /** After each run: there is room for another. */
  readonly onFree: () => void;
};

type Run = { readonly ticket: number; readonly stop: AbortController };

/** How long a claim waits for the database or for an enqueuing transaction; then the sweep brings the job back. */
const claimPatienceMs = 5000;

export function createRunner({ db, log, giveUp, onFree, resolve, onOutcome }: RunnerOptions): Runner {
  const runs = new Map<string, Run>();
  const claimBatch = createBatcher((tickets: readonly Ticket[]) => claimJobs(db, tickets));
  const settleBatch = createBatcher(async (settlements: readonly Settlement[]) => {
    const settled = await persist(() => settleJobs(db, settlements), giveUp);
    return settlements.map((settlement) => settled.has(ticketName(settlement)));
  });

  return {
    run: async (ticket) => {
      const claimed = await claim(ticket);
      if (claimed === undefined) return;
      const run = { ticket: ticket.ticket, stop: new AbortController() };
      runs.set(ticket.id, run);
      try {
        await runAndSettle(claimed, run);
      } finally {
        if (runs.get(ticket.id) === run) runs.delete(ticket.id);
        onFree();
      }
    },
    tickets: () => [...runs].map(([id, { ticket }]) => ({ id, ticket })),
    abandon: (ids) => {
      for (const id of ids) runs.get(id)?.stop.abort(new LeaseLostError('another worker may have this job by now'));
    },
    abort: () => {
      for (const { stop } of runs.values()) stop.abort(new ShutdownError('the worker stops'));
    },
    settle: settleBatch,
    report,
  };

  async function claim(ticket: Ticket): Promise<ClaimedJob | undefined> {
    const patience = AbortSignal.any([giveUp, AbortSignal.timeout(claimPatienceMs)]);
    for (;;) {
      const answer = await persist(() => claimBatch(ticket), patience);
      if (answer === 'void') return undefined;
      if (answer !== 'busy') return answer;
      if (patience.aborted) return undefined;
      await delay(20);
    }
  }

  async function runAndSettle(claimed: ClaimedJob, { stop }: Run): Promise<void> {
    const startedAt = performance.now();
    const failure = await runJob(claimed.job, resolve, stop.signal).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    if (failure?.error instanceof LeaseLostError) {
      log.warn({ job: claimed.job.id, type: claimed.job.type }, 'job lost to another worker');
      return;
    }
    const outcome = toOutcome(claimed, failure, performance.now() - startedAt);
    const settled = await settleBatch(toSettlement(claimed, outcome));
    if (settled) await report(outcome);
    else log.warn({ job: claimed.job.id, type: claimed.job.type }, 'outcome came after another worker took the job');
  }

  async function report(outcome: JobOutcome): Promise<void> {
    try {
      await onOutcome?.(outcome);
    } catch (error) {
      log.error({ job: outcome.job.id, err: error }, 'listener for job outcomes failed');
    }
  }
}

function toOutcome({ job }: ClaimedJob, failure: { readonly error: unknown } | undefined, ranMs: number): JobOutcome {
  const common = { job, attempt: job.attempts, durationMs: Math.round(ranMs) };
  if (failure === undefined) return { ...common, kind: 'done', delayMs: 0 };
  const { error } = failure;
  if (error instanceof ShutdownError) return { ...common, kind: 'returned', delayMs: 0 };
  return { ...common, ...judge(error, job.attempts, job.maxAttempts), error };
}

const toSettlement = ({ job, ticket, serialized }: ClaimedJob, { kind, delayMs, error }: JobOutcome): Settlement => ({
  id: job.id,
  ticket,
  serialized,
  kind,
  delayMs,
  error: error === undefined ? undefined : toErrorText(error),
});
