import { DateTime } from 'luxon';

/** Time that counts: what of a stretch of time lies within the hours of service. Pure; Luxon knows the clocks of the world. */

/** Minutes after midnight by the clock on the wall, the end not included: `[480, 1020]` is 08:00 to 17:00. */
export type Span = readonly [from: number, to: number];

export interface Hours {
  /** IANA name. */
  readonly zone: string;
  /** Day and night, on holidays too. */
  readonly isAlways: boolean;
  /** Monday first; spans in order, none touching another. */
  readonly week: readonly (readonly Span[])[];
  /** `2026-12-25`, or `--12-25` for each year. */
  readonly holidays: ReadonlySet<string>;
}

/** So far ahead is looked for time that counts; who is closed for longer makes no promises. */
const FARTHEST_DAYS = 1100;

/** How much of the time between two moments counts, in milliseconds. */
export function countedBetween(hours: Hours, from: number, to: number): number {
  if (to <= from) return 0;
  if (hours.isAlways) return to - from;
  let counted = 0;
  for (let day = dayOf(hours, from); day.toMillis() < to; day = day.plus({ days: 1 })) {
    for (const [open, close] of openOn(hours, day)) {
      counted += Math.max(0, Math.min(close, to) - Math.max(open, from));
    }
  }
  return counted;
}

/** The moment at which so much has counted since; undefined when that does not come within three years. */
export function momentAfter(hours: Hours, from: number, counted: number): number | undefined {
  if (counted <= 0) return from;
  if (hours.isAlways) return from + counted;
  let left = counted;
  let day = dayOf(hours, from);
  for (let looked = 0; looked < FARTHEST_DAYS; looked += 1, day = day.plus({ days: 1 })) {
    for (const [open, close] of openOn(hours, day)) {
      const start = Math.max(open, from);
      if (close <= start) continue;
      if (close - start >= left) return start + left;
      left -= close - start;
    }
  }
  return undefined;
}

function dayOf({ zone }: Hours, moment: number): DateTime {
  return DateTime.fromMillis(moment, { zone }).startOf('day');
}

/** The spans of a day as moments. Where clocks are put forward, what the day has not is not open; no time is open twice. */
function openOn({ week, holidays }: Hours, day: DateTime): (readonly [number, number])[] {
  const date = day.toFormat('yyyy-MM-dd');
  if (holidays.has(date) || holidays.has(`-${date.slice(4)}`)) return [];
  const spans: (readonly [number, number])[] = [];
  let last = -Infinity;
  for (const [from, to] of week[day.weekday - 1] ?? []) {
    const open = Math.max(last, onTheWall(day, from));
    const close = onTheWall(day, to);
    if (close <= open) continue;
    spans.push([open, close]);
    last = close;
  }
  return spans;
}

const MIDNIGHT = 24 * 60;

function onTheWall(day: DateTime, minutes: number): number {
  if (minutes >= MIDNIGHT) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis();
}

/** Whether this is the name of a time zone that can be reckoned with. */
export function isZone(name: string): boolean {
  return DateTime.utc().setZone(name).isValid;
}
