const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** When it is worth looking for a text, from the end of the recording on: 3CX tells nobody when it has one. */
const times: readonly number[] = [
  MINUTE_MS / 2,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  ...Array.from({ length: 24 }, (_, hour) => (hour + 1) * HOUR_MS),
];

/** By then 3CX has written down what it writes by itself. */
export const ASKED_FROM_STEP = 1;

/** @returns the pause until that look; undefined when it is not worth looking any more */
export function pauseBefore(step: number, endedAt: string, now: number): number | undefined {
  const time = times[step];
  return time === undefined ? undefined : Math.max(0, Date.parse(endedAt) + time - now);
}

/** The next look that lies ahead: those that were slept through are one. */
export function stepAfter(step: number, endedAt: string, now: number): number {
  const ahead = times.findIndex((time, index) => index > step && Date.parse(endedAt) + time > now);
  return ahead === -1 ? times.length : ahead;
}
