import type { Clock } from '../contract/context.ts';
import type { Lane } from '../contract/crm.ts';
import type { Batch } from './plan.ts';

/** Lets batches that are not full wait for company, because a call costs the same with 2 records as with 200. */
export interface HoldBack {
  /**
   * @param why `crowd`: more is to come than could be looked at; `company`: something is on its way, and with its answer there may be more;
   *   undefined: nothing goes out meanwhile, so waiting would cost time
   * @returns the batches that wait no longer
   */
  readonly release: (lane: Lane, partial: readonly Batch[], why: 'crowd' | 'company' | undefined) => readonly Batch[];
  /** Whether a batch of the lane began to wait just now: until something has come back it need not be looked at again. */
  readonly keeps: (lane: Lane) => boolean;
}

/** A request takes about so long; one that hangs does not keep the others. */
export const companyMs = 200;

/** How long a batch of a lane waits at most, milliseconds: urgent ones never do. */
const patienceMs: Readonly<Record<'crowd' | 'company', Readonly<Record<Lane, number>>>> = {
  crowd: { live: 0, normal: 2000, bulk: 15_000 },
  company: { live: 0, normal: companyMs, bulk: 15_000 },
};

export function createHoldBack(clock: Clock): HoldBack {
  /** Since when the batch of a lane's object waits. */
  const heldSince: Record<Lane, ReadonlyMap<string, number>> = { live: new Map(), normal: new Map(), bulk: new Map() };
  return {
    release: (lane, partial, why) => {
      const now = clock.now();
      const since = ({ object }: Batch): number => heldSince[lane].get(object) ?? now;
      const waits = (batch: Batch): boolean => why !== undefined && now - since(batch) < patienceMs[why][lane];
      const released = partial.filter((batch) => !waits(batch));
      heldSince[lane] = new Map(partial.filter(waits).map((batch) => [batch.object, since(batch)]));
      return released;
    },
    keeps: (lane) => [...heldSince[lane].values()].some((since) => clock.now() - since < companyMs),
  };
}
