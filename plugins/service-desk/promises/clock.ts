import { isDeepStrictEqual } from 'node:util';
import type { HoursName } from './calendar.ts';
import { countedBetween, type Hours, momentAfter } from './hours.ts';

/** A promise about a case and the clock that runs for it. Pure: moments are milliseconds since the epoch. */

/** `response`: somebody answers the customer. `resolve`: it is solved. */
export const clockKinds = ['response', 'resolve'] as const;
export type ClockKind = (typeof clockKinds)[number];

/** So much of the time that counts. */
export interface Promised {
  readonly target: number;
  readonly hours: HoursName;
}

export interface PromiseClock extends Promised {
  readonly kind: ClockKind;
  /** What has counted until `since`. */
  readonly spent: number;
  /** From when on it runs; null while it stands still. */
  readonly since: number | null;
  /** Null while it stands still, and where the hours never come. */
  readonly dueAt: number | null;
  readonly warnAt: number | null;
  /** What was told: each once for a promise. */
  readonly warnedAt: number | null;
  readonly brokenAt: number | null;
  /** When it was done, in time or late. */
  readonly metAt: number | null;
}

export type ClockState = 'runs' | 'waits' | 'met';

export interface Reckoning {
  readonly hoursOf: (name: HoursName) => Hours;
  /** The part of a promise after which a warning comes, from 0 to 1. */
  readonly warnShare: number;
}

export function newClock(kind: ClockKind, promised: Promised, at: number, reckoning: Reckoning): PromiseClock {
  const idle = { spent: 0, since: null, dueAt: null, warnAt: null, warnedAt: null, brokenAt: null, metAt: null };
  return running({ kind, ...promised, ...idle }, at, reckoning);
}

/** The clock as it is from a moment on: with another promise, running, waiting or done. What nothing changes stays the same clock. */
export function turned(
  clock: PromiseClock,
  { state, promised }: { readonly state: ClockState; readonly promised: Promised },
  moment: number,
  reckoning: Reckoning,
): PromiseClock {
  const isSame = clock.target === promised.target && isDeepStrictEqual(clock.hours, promised.hours);
  if (state === stateOf(clock) && (isSame || state === 'met')) return clock;
  // What is heard of late does not turn a clock back.
  const at = Math.max(moment, clock.since ?? moment);
  const spent = clock.spent + spentSince(clock, at, reckoning);
  const still = { ...clock, ...promised, spent, since: null };
  if (state === 'met') return { ...still, warnAt: null, metAt: at };
  const open = { ...still, metAt: null };
  if (state === 'waits') return { ...open, dueAt: clock.brokenAt === null ? null : clock.dueAt, warnAt: null };
  return running(isSame ? open : { ...open, dueAt: null }, at, reckoning);
}

function spentSince({ since, hours }: PromiseClock, at: number, { hoursOf }: Reckoning): number {
  return since === null ? 0 : countedBetween(hoursOf(hours), since, at);
}

function running(clock: PromiseClock, at: number, { hoursOf, warnShare }: Reckoning): PromiseClock {
  const { target, spent, hours } = clock;
  const reckoned = hoursOf(hours);
  const isLate = spent >= target;
  // What was due stays due at its own time, also after a pause.
  const dueAt = isLate ? (clock.dueAt ?? at) : (momentAfter(reckoned, at, target - spent) ?? null);
  const warnAt = isLate ? dueAt : (momentAfter(reckoned, at, target * warnShare - spent) ?? null);
  return {
    ...clock,
    since: at,
    dueAt,
    warnAt,
    warnedAt: spent >= target * warnShare ? clock.warnedAt : null,
    brokenAt: isLate ? clock.brokenAt : null,
  };
}

export function stateOf({ since, metAt }: PromiseClock): ClockState {
  if (metAt !== null) return 'met';
  return since === null ? 'waits' : 'runs';
}

/** When there is something to tell next; null: nothing any more. */
export function nextAt(clock: PromiseClock): number | null {
  if (stateOf(clock) !== 'runs' || clock.brokenAt !== null) return null;
  return clock.warnedAt === null ? clock.warnAt : clock.dueAt;
}

/** What there is to tell at a moment. Who was away for the warning and the end is told of the end alone. */
export function toTell(clock: PromiseClock, at: number): 'warning' | 'breach' | undefined {
  if (stateOf(clock) !== 'runs' || clock.brokenAt !== null) return undefined;
  if (clock.dueAt !== null && clock.dueAt <= at) return 'breach';
  return clock.warnedAt === null && clock.warnAt !== null && clock.warnAt <= at ? 'warning' : undefined;
}

/** One word for the whole case, of the choices of `serviceState`; null without promises. */
export function serviceStateOf(clocks: readonly PromiseClock[]): string | null {
  if (clocks.length === 0) return null;
  if (clocks.some(({ brokenAt, metAt, dueAt }) => brokenAt !== null || (metAt !== null && metAt > (dueAt ?? metAt))))
    return 'BREACHED';
  const open = clocks.filter((clock) => stateOf(clock) !== 'met');
  if (open.length === 0) return 'MET';
  if (open.some(({ warnedAt }) => warnedAt !== null)) return 'AT_RISK';
  return open.every((clock) => stateOf(clock) === 'waits') ? 'PAUSED' : 'ON_TRACK';
}
