import type { Clock } from '../contract/context.ts';

/** Counts by minute, for people to see how much of a limit is used. */
export interface Tally {
  readonly count: () => void;
  /** Of the last half hour, the present minute last. */
  readonly perMinute: () => readonly number[];
}

const minutes = 30;

export function createTally(clock: Clock): Tally {
  const counts = Array.from({ length: minutes }, () => 0);
  const minuteNow = () => Math.floor(clock.now() / 60_000);
  let newest = minuteNow();

  /** Minutes that passed without a call are zeros. */
  function advance(): void {
    const passed = Math.min(Math.max(minuteNow() - newest, 0), minutes);
    newest += Math.max(minuteNow() - newest, 0);
    for (let minute = 0; minute < passed; minute += 1) {
      counts.shift();
      counts.push(0);
    }
  }

  return {
    count() {
      advance();
      counts[minutes - 1] = (counts[minutes - 1] ?? 0) + 1;
    },
    perMinute() {
      advance();
      return [...counts];
    },
  };
}
