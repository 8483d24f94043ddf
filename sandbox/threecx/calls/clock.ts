import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../settings.ts';

/** The time of the PBX: stamps are those of the world, waits are shortened by `speed`. */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The moment in so many told seconds, for `left`. */
  readonly in: (seconds: number) => Deadline;
  /** Real milliseconds until then, never negative. */
  readonly left: (deadline: Deadline) => number;
  /** How long so many told seconds really are, in milliseconds. */
  readonly lasts: (seconds: number) => number;
  /** @returns whether the PBX still runs then */
  readonly sleep: (seconds: number) => Promise<boolean>;
};

/** On the monotonic clock, so that a call is not disturbed by a `now` that stands still. */
export type Deadline = { readonly at: number };

export function createClock(settings: Settings, now: () => number, signal: AbortSignal): Clock {
  const lasts = (seconds: number) => (seconds * 1000) / settings.current().speed;
  return {
    now,
    lasts,
    in: (seconds) => ({ at: performance.now() + lasts(seconds) }),
    left: ({ at }) => Math.max(0, at - performance.now()),
    sleep: (seconds) =>
      delay(lasts(seconds), undefined, { signal }).then(
        () => true,
        () => false,
      ),
  };
}
