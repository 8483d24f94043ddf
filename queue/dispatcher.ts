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
import type { Candidate, Load, Ticket } from './sql/dispatch.ts';
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
  let depthFactor = 1;
  return startLoop({
    name: 'dispatcher',
    intervalMs: pollMs,
    log,
    run: async () => {
      const round = await whileDispatching(db, (tx) => dispatchRound(tx, depthFactor));
      depthFactor = round?.again === true ? depthFactor * 4 : 1;
      if (round === undefined) return contendedMs;
      await Promise.all([...round.queued].map(([lane, tickets]) => hand(db, backend, lane, tickets)));
      return round.again ? 0 : undefined;
    },
  });
}

type Round = {
  readonly queued: ReadonlyMap<Lane, readonly Ticket[]>;
  /** Lines were not read far enough to fill the room. */
  readonly again: boolean;
};

async function dispatchRound(tx: Tx, depthFactor: number): Promise<Round> {
  const loads = (await readLoad(tx)).filter(({ slots, queued }) => slots > 0 && queued <= slots * (queuedPerSlot / 2));
  const keys = loads.length === 0 ? [] : await findLines(tx);
  const queued = new Map<Lane, readonly Ticket[]>();
  let again = false;
  for (const load of [...loads].sort((a, b) => lanes.indexOf(a.lane) - lanes.indexOf(b.lane))) {
    const own = keys.filter(({ lane }) => lane === load.lane);
    if (own.length === 0) continue;
    const depth = depthOf(load, own.length, depthFactor);
    const lines = await readLines(tx, own, depth);
    const blocked = await setAside(tx, lines);
    const chosen = choose(load, lines);
    const tickets =
      chosen.length === 0
        ? []
        : await markQueued(
            tx,
            chosen.map(({ id }) => id),
          );
    if (tickets.length > 0) queued.set(load.lane, tickets);
    again ||= blocked > 0 || (tickets.length > 0 && isReadTooShort(load, lines, depth, chosen));
  }
  return { queued, again };
}

const freeIn = ({ slots, queued }: Load): number => slots * queuedPerSlot - queued;

const perTenant = ({ slots }: Load): number => Math.max(Math.ceil(slots * tenantShare), 1);

function depthOf(load: Load, lineCount: number, factor: number): number {
  const share = Math.ceil((2 * freeIn(load)) / lineCount);
  return Math.min(Math.max(share, leastDepth) * factor, mostDepth);
}

function choose(load: Load, lines: readonly Line<Candidate>[]): readonly Candidate[] {
  const ready = lines.map((line) => ({ ...line, candidates: line.candidates.filter(({ headId }) => headId === null) }));
  return chooseFairly(ready, {
    free: freeIn(load),
    perTenant: perTenant(load),
    active: new Map(Object.entries(load.active)),
  });
}

/** True when the lane and the tenant of a line have room for more of it than was read. */
function isReadTooShort(
  load: Load,
  lines: readonly Line<Candidate>[],
  depth: number,
  chosen: readonly Candidate[],
): boolean {
  if (chosen.length >= freeIn(load)) return false;
  const given = Map.groupBy(chosen, ({ tenant }) => tenant);
  return lines.some(({ tenant, candidates }) => {
    const active = (load.active[tenant] ?? 0) + (given.get(tenant)?.length ?? 0);
    return candidates.length === depth && active < perTenant(load);
  });
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
