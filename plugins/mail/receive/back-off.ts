/** Growing pauses between tries of one connection, with chance in them so that many mailboxes do not come back at once. */
export type BackOff = { readonly next: () => number; readonly reset: () => void };

const LONGEST_MS = 300_000;
const FACTOR = 1.5;

export function createBackOff(firstMs: number, random: () => number = Math.random): BackOff {
  let pause = firstMs;
  return {
    next: () => {
      const current = pause;
      pause = Math.min(LONGEST_MS, pause * FACTOR);
      return Math.round(current * (0.75 + random() / 2));
    },
    reset: () => {
      pause = firstMs;
    },
  };
}
