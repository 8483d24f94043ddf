/** More than the minute within which a hub must take two reports for the same call. */
const PAUSE_MS = 61_000;

/**
 * Says when a call that is over now has begun. Calls are played in no time, yet nobody talks to the same party twice at
 * once: a call that would overlap an earlier one of its line is put before that.
 */
export function createTimetable(now: () => number): { begin: (line: string, lengthMs: number) => Date } {
  const busy = new Map<string, { from: number; to: number }>();
  return {
    begin(line, lengthMs) {
      const known = busy.get(line);
      const latest = wholeSeconds(now() - lengthMs);
      const from = known === undefined || latest >= known.to + PAUSE_MS ? latest : known.from - PAUSE_MS - lengthMs;
      const to = from + lengthMs;
      busy.set(
        line,
        known === undefined ? { from, to } : { from: Math.min(from, known.from), to: Math.max(to, known.to) },
      );
      return new Date(from);
    },
  };
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
