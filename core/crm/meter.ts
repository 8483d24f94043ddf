import type { Lane } from '../contract/crm.ts';
import type { Clock } from '../contract/context.ts';
import { fullBucket, learnRefusal, nextCallAt, spend } from './budget.ts';
import type { Bucket } from './budget.ts';
import { isSame } from './limits.ts';
import type { KnownLimit, Limit, Refusal } from './limits.ts';
import { createTally } from './tally.ts';

/** Hands out a credential's calls to the lanes: live first, and nobody is passed over for ever. */
export interface Meter {
  /** Resolves when a call of this lane may start. Rejects with the signal's reason. */
  readonly take: (lane: Lane, signal: AbortSignal) => Promise<void>;
  readonly refused: (refusal: Refusal) => void;
  readonly known: () => KnownLimit;
  /** Calls by minute of the last half hour, the present minute last. */
  readonly perMinute: () => readonly number[];
}

export type MeterOptions = {
  readonly configured: Limit;
  /** From an earlier session. */
  readonly known?: KnownLimit | undefined;
  readonly clock: Clock;
  readonly onLearnt?: (known: KnownLimit) => void;
};

/** After being passed over this often, a lane goes first once. */
const patience = 6;

const order: readonly Lane[] = ['live', 'normal', 'bulk'];

type Waiter = { readonly grant: () => void };

export function createMeter({ configured, known, clock, onLearnt }: MeterOptions): Meter {
  let bucket: Bucket = fullBucket(configured, known);
  const tally = createTally(clock);
  let timer: NodeJS.Timeout | undefined;
  const queues: Record<Lane, Waiter[]> = { live: [], normal: [], bulk: [] };
  const passedOver: Record<Lane, number> = { live: 0, normal: 0, bulk: 0 };

  const startOf = (lane: Lane, now: number) => nextCallAt(bucket, passedOver[lane] >= patience ? 'live' : lane, now);

  function become(next: Bucket): void {
    const before = bucket.known;
    bucket = next;
    if (next.known.source !== before.source || !isSame(next.known.limit, before.limit)) onLearnt?.(next.known);
  }

  function pump(): void {
    clearTimeout(timer);
    timer = undefined;
    for (;;) {
      const now = clock.now();
      const waiting = order
        .filter((lane) => queues[lane].length > 0)
        .toSorted((one, other) => Number(passedOver[other] >= patience) - Number(passedOver[one] >= patience));
      if (waiting.length === 0) return;
      const lane = waiting.find((candidate) => startOf(candidate, now) <= now);
      if (lane === undefined) {
        const next = Math.min(...waiting.map((candidate) => startOf(candidate, now)));
        timer = setTimeout(pump, Math.max(1, next - now));
        return;
      }
      for (const other of waiting) if (other !== lane) passedOver[other] += 1;
      passedOver[lane] = 0;
      become(spend(bucket, now));
      tally.count();
      queues[lane].shift()?.grant();
    }
  }

  return {
    take: (lane, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = (): void => {
          queues[lane] = queues[lane].filter((other) => other !== waiter);
          reject(signal.reason);
          pump();
        };
        const waiter: Waiter = {
          grant: () => {
            signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queues[lane].push(waiter);
        pump();
      }),
    refused: (refusal) => {
      become(learnRefusal(bucket, clock.now(), refusal));
      pump();
    },
    known: () => bucket.known,
    perMinute: tally.perMinute,
  };
}
