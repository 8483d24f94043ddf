import type { Lane } from '../../contract/crm.ts';
import { ConfigError, CredentialsError, SwitchboardError } from '../../contract/errors.ts';
import { parkRows } from '../outbox/done.ts';
import { lanesWaiting, readBacklog } from '../outbox/pending.ts';
import { maxBodyBytes } from '../outbox/stage.ts';
import { companyMs, createHoldBack } from '../hold-back.ts';
import type { HoldBack } from '../hold-back.ts';
import { planBatches } from '../plan.ts';
import type { Batch } from '../plan.ts';
import type { SessionContext } from './context.ts';
import { deliver } from './deliver.ts';
import { prepareBatch } from './prepare.ts';
import { waitsFor } from './refusals.ts';
import { settleOutcome } from './settle.ts';
import { createBell } from './signal-bell.ts';

/** Empties a tenant's outbox into Twenty. */
export interface Flusher {
  /** Something was staged. */
  readonly wake: () => void;
  /** Runs until the signal aborts. @throws CredentialsError, ConfigError when going on makes no sense until somebody acts */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** Twenty takes this many rows in one request (2.21, measured). */
const maxRecords = 200;

/** Urgent writes have a worker of their own, so that they never stand behind a large batch on its way. */
const workers: readonly { lanes: readonly Lane[]; concurrency: number }[] = [
  { lanes: ['live'], concurrency: 2 },
  { lanes: ['normal', 'normal', 'normal', 'bulk'], concurrency: 3 },
];

/** Rows looked at for one plan: enough for full batches of several objects, little enough for memory. */
const pageRows = 4000;

/** A look at the outbox even when no notification came: they are lost while the database connection is down. */
const pollMs = 5000;

export function createFlusher(context: SessionContext): Flusher {
  /** Records on their way, over all workers: nothing else of them is sent meanwhile. */
  const busy = new Set<string>();
  const holdBack = createHoldBack(context.clock);
  const bells = workers.map(() => createBell());
  const ringAll = (): void => {
    for (const bell of bells) bell.ring();
  };
  return {
    wake: ringAll,
    run: async (outer) => {
      const failed = new AbortController();
      const signal = AbortSignal.any([outer, failed.signal]);
      const runs = workers.map(async ({ lanes, concurrency }, index) => {
        try {
          const bell = bells[index] ?? createBell();
          const wait = (ms: number) => bell.wait(signal, ms);
          await runWorker({ context, busy, lanes, concurrency, plans: new Map(), holdBack, wait, ringAll }, signal);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      });
      const [first] = (await Promise.allSettled(runs)).filter((result) => result.status === 'rejected');
      if (first !== undefined && !outer.aborted) throw first.reason;
    },
  };
}

type Worker = {
  readonly context: SessionContext;
  readonly busy: Set<string>;
  readonly lanes: readonly Lane[];
  readonly concurrency: number;
  /** What is left of each lane's last plan. Batches in it may be overtaken; then less of them is left to send. */
  readonly plans: Map<Lane, Batch[]>;
  readonly holdBack: HoldBack;
  readonly wait: (ms: number) => Promise<void>;
  readonly ringAll: () => void;
};

type Task = { readonly lane: Lane; readonly batch: Batch };

async function runWorker(worker: Worker, signal: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>();
  let fatal: unknown;
  let turn = 0;
  const start = (task: Task): void => {
    const run: Promise<void> = send(worker, task, signal)
      .catch((error: unknown) => {
        fatal ??= error;
      })
      .finally(() => {
        running.delete(run);
        worker.ringAll();
      });
    running.add(run);
  };
  while (!signal.aborted && fatal === undefined) {
    const task = running.size < worker.concurrency ? await nextTask(worker, turn, signal) : undefined;
    turn += 1;
    if (task === undefined) await worker.wait(worker.lanes.some(worker.holdBack.keeps) ? companyMs : pollMs);
    else start(task);
  }
  await Promise.all(running);
  if (fatal !== undefined && !signal.aborted) throw fatal;
}

/** What to send next, of the lane whose turn it is, or of another one that has something. */
async function nextTask(worker: Worker, turn: number, signal: AbortSignal): Promise<Task | undefined> {
  const { context, lanes, plans, busy, holdBack } = worker;
  const { db, tenantId, log } = context;
  try {
    const waiting = await lanesWaiting(db, tenantId);
    const order = lanes.map((_, index) => lanes[(turn + index) % lanes.length] as Lane);
    for (const lane of new Set(order)) {
      if (!waiting.has(lane)) continue;
      if (!plans.get(lane)?.length) {
        if (busy.size > 0 && holdBack.keeps(lane)) continue;
        plans.set(lane, await planLane(worker, lane));
      }
      const batch = plans.get(lane)?.shift();
      if (batch !== undefined) return { lane, batch };
    }
  } catch (error) {
    if (!signal.aborted) log.error({ tenantId, err: error }, 'Could not read the CRM outbox');
  }
  return undefined;
}

async function planLane({ context, busy, holdBack }: Worker, lane: Lane): Promise<Batch[]> {
  const { db, tenantId } = context;
  const { rows, existing, more } = await readBacklog(db, tenantId, lane, pageRows);
  const { ready, partial, blocked } = planBatches(rows, { busy, existing, maxRecords, maxBytes: maxBodyBytes });
  for (const { record, waitsFor: recordId } of blocked) {
    await parkRows(db, { seqs: record.seqs, error: waitsFor(recordId), waitsFor: recordId });
  }
  // What is on its way ends soon, and then there may be more to send with it.
  const isUnderWay = ready.length > 0 || busy.size > 0;
  const why = !isUnderWay ? undefined : more ? 'crowd' : 'company';
  return [...ready, ...holdBack.release(lane, partial, why)];
}

async function send({ context, busy }: Worker, { lane, batch }: Task, signal: AbortSignal): Promise<void> {
  const records = batch.records.filter(({ recordId }) => !busy.has(recordId));
  if (records.length === 0) return;
  for (const { recordId } of records) busy.add(recordId);
  try {
    const { object, outgoing, refused } = await prepareBatch(context, lane, { ...batch, records }, signal);
    for (const refusal of refused) await parkRows(context.db, refusal);
    if (object === undefined || outgoing.length === 0) return;
    const settle = (outcome: Parameters<typeof settleOutcome>[2]) => settleOutcome(context, object.name, outcome);
    await deliver({ context, lane, object, signal, settle }, outgoing);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof CredentialsError || error instanceof ConfigError) throw error;
    await afterFailure(context, error, signal);
  } finally {
    for (const { recordId } of records) busy.delete(recordId);
  }
}

/** The rows are still in the outbox; a server that is down is waited for by the breaker before the next call. */
async function afterFailure(
  { tenantId, log, clock, access }: SessionContext,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (error instanceof SwitchboardError) {
    log.warn(
      { tenantId, code: error.code, reason: error.message },
      'Twenty did not take a batch; it will be sent again',
    );
  } else {
    log.error({ tenantId, err: error }, 'Sending a batch to Twenty failed');
  }
  const pauseMs = Math.max(200, access.breaker.state().openUntil - clock.now());
  await createBell().wait(signal, Math.min(pauseMs, pollMs));
}
