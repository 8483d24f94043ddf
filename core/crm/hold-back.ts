import type { Clock } from '../contract/context.ts';
import type { Lane } from '../contract/crm.ts';
import type { Batch } from './plan.ts';

/** Lets batches that are not full wait for company, because a call costs the same with 2 records as with 200. */
export interface HoldBack {
  /**
   * @param mayWait something else is going out meanwhile, so that waiting costs nothing
   * @returns the batches that wait no longer
   */
  readonly release: (lane: Lane, partial: readonly Batch[], mayWait: boolean) => readonly Batch[];
}

/** How long a batch of a lane waits at most, milliseconds: urgent ones never do. */
const patienceMs: Readonly<Record<Lane, number>> = { live: 0, normal: 2000, bulk: 15_000 };

export function createHoldBack(clock: Clock): HoldBack {
  /** Since when the batch of a lane's object waits. */
  const heldSince: Record<Lane, ReadonlyMap<string, number>> = { live: new Map(), normal: new Map(), bulk: new Map() };
  return {
    release: (lane, partial, mayWait) => {
      const now = clock.now();
      const since = ({ object }: Batch): number => heldSince[lane].get(object) ?? now;
      const waits = (batch: Batch): boolean => mayWait && now - since(batch) < patienceMs[lane];
      const released = partial.filter((batch) => !waits(batch));
      heldSince[lane] = new Map(partial.filter(waits).map((batch) => [batch.object, since(batch)]));
      return released;
    },
  };
}
