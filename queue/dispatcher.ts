import type { Backend } from './bullmq/backend.ts';
import type { Db, Tx } from './database.ts';
import { chooseFairly } from './fair-share.ts';
import type { Line } from './fair-share.ts';
import { lanes } from './job-type.ts';
import type { Lane } from './job-type.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Log } from './queue.ts';
import { findLines, markBlocked, markQueued, readLines, readLoad, whileDispatching } from './sql/dispatch.ts';
import type { Candidate, LineKey, Load, Ticket } from './sql/dispatch.ts';
import { takeBack } from './sql/sweep.ts';

export type DispatcherOptions = { readonly db: Db; readonly backend: Backend; readonly log: Log };

/** Delayed jobs are found by polling; all others are announced. */
const pollMs = 1000;

/** While another process dispatches: it may not have seen the latest row. */
const contendedMs = 25;

/**
 * How many jobs wait in BullMQ per slot: enough that no slot idles, few enough that the order is decided late. Filled up
 * when half is gone, so that one round serves many jobs.
 */
const queuedPerSlot = 2;

/** One tenant whose system hangs leaves a quarter of the slots to the others. */
const tenantShare = 0.75;

/** Of each line at least so many jobs are read, and never more than the latter. */
const leastDepth = 2;
const mostDepth = 5000;

/** Feeds BullMQ's short queues from the rows. */
export function startDispatcher({ db, backend, log }: DispatcherOptions): Loop {
  return startLoop({
    name: 'dispatcher',
    intervalMs: pollMs,
    log,
    run: async () => {
      for (let factor = 1; ; factor *= 4) {
        const round = await whileDispatching(db, (tx) => dispatchRound(tx, factor));
        if (round === undefined) return contendedMs;
        for (const [lane, tickets] of round.queued) await hand(db, backend, lane, tickets);
        if (!round.again) return undefined;
      }
    },
  });
}

type Round = {
  readonly queued: ReadonlyMap<Lane, readonly Ticket[]>;
  /** Lines were not read far enough to fill the room. */
  readonly again: boolean;
};

async function dispatchRound(tx: Tx, factor: number): Promise<Round> {
  const loads = (await readLoad(tx)).filter(({ slots, queued }) => slots > 0 && queued <= slots * (queuedPerSlot / 2));
  const keys = loads.length === 0 ? [] : await findLines(tx);
  const wanted = loads.flatMap((load) => withDepth(load, keys, factor));
  if (wanted.length === 0) return { queued: new Map(), again: false };
  const lines = await readLines(tx, wanted);
  const blocked = await setAside(tx, lines);
  const queued = new Map<Lane, readonly Ticket[]>();
  let again = blocked > 0;
  for (const load of [...loads].sort((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane))) {
    const chosen = choose(load, lines);
    const tickets = chosen.length === 0 ? [] : await markQueued(tx, chosen);
    if (tickets.length > 0) queued.set(load.lane, tickets);
    const cut = lines.some(({ candidates }, index) => {
      const { lane, depth } = wanted[index]!;
      return lane === load.lane && candidates.length === depth;
    });
    again ||= cut && tickets.length > 0 && tickets.length < freeIn(load);
  }
  return { queued, again };
}

const freeIn = ({ slots, queued }: Load): number => slots * queuedPerSlot - queued;

function withDepth(load: Load, keys: readonly LineKey[], factor: number): readonly (LineKey & { depth: number })[] {
  const own = keys.filter(({ lane }) => lane === load.lane);
  const share = Math.ceil((2 * freeIn(load)) / Math.max(own.length, 1));
  const depth = Math.min(Math.max(share, leastDepth) * factor, mostDepth);
  return own.map((key) => ({ ...key, depth }));
}

function choose(load: Load, lines: readonly Line<Candidate>[]): readonly string[] {
  const ready = lines
    .filter(({ lane }) => lane === load.lane)
    .map((line) => ({ ...line, candidates: line.candidates.filter(({ headId }) => headId === null) }));
  const chosen = chooseFairly(ready, {
    free: freeIn(load),
    perTenant: Math.max(Math.ceil(load.slots * tenantShare), 1),
    active: new Map(Object.entries(load.active)),
  });
  return chosen.map(({ id }) => id);
}

async function setAside(tx: Tx, lines: readonly Line<Candidate>[]): Promise<number> {
  const behind = lines.flatMap(({ candidates }) => candidates).filter(({ headId }) => headId !== null);
  return behind.length === 0 ? 0 : markBlocked(tx, behind);
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
