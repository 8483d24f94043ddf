import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../contract/context.ts';

/** Keeps the gateway from hammering a server that fails: growing pauses, then one call to try. */
export interface Breaker {
  /** Resolves when a call may be made. Rejects with the signal's reason. */
  readonly pass: (signal: AbortSignal) => Promise<void>;
  readonly succeeded: () => void;
  readonly failed: (reason: string) => void;
  /** The call was not made after all. */
  readonly abandoned: () => void;
  readonly state: () => BreakerState;
}

export type BreakerState = {
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly openUntil: number;
  readonly reason: string | undefined;
};

const firstPauseMs = 250;
const longestPauseMs = 30_000;

export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let openUntil = 0;
  let reason: string | undefined;
  /** The one call that tries whether the server is back; the others wait for its outcome. */
  let probe: PromiseWithResolvers<void> | undefined;

  const settle = (): void => {
    probe?.resolve();
    probe = undefined;
  };

  return {
    async pass(signal) {
      for (;;) {
        signal.throwIfAborted();
        if (failures === 0) return;
        if (probe !== undefined) {
          await Promise.race([probe.promise, aborted(signal)]);
          continue;
        }
        const waitMs = openUntil - clock.now();
        if (waitMs > 0) {
          await delay(waitMs, undefined, { signal });
          continue;
        }
        probe = Promise.withResolvers();
        return;
      }
    },
    succeeded: () => {
      failures = 0;
      reason = undefined;
      settle();
    },
    abandoned: settle,
    failed: (why) => {
      reason = why;
      // Calls that were under way together fail together: that is one failure.
      if (failures > 0 && probe === undefined && clock.now() < openUntil) return;
      failures += 1;
      const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
      openUntil = clock.now() + pauseMs * (0.75 + Math.random() * 0.5);
      settle();
    },
    state: () => ({ failures, openUntil, reason }),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
