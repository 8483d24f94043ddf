import { CronExpressionParser } from 'cron-parser';

import { InvalidJobError } from './errors.ts';
import type { ScheduleInput } from './schedule.ts';

/** When a schedule ticks. */
export type Rhythm = { readonly cron: string; readonly timeZone: string } | { readonly everyMs: number };

const shortestPauseMs = 1000;

/** @throws InvalidJobError when no next tick can be computed */
export function parseRhythm({
  key,
  every,
  timeZone = 'UTC',
}: Pick<ScheduleInput, 'key' | 'every' | 'timeZone'>): Rhythm {
  if ('ms' in every) {
    if (Number.isInteger(every.ms) && every.ms >= shortestPauseMs) return { everyMs: every.ms };
    throw new InvalidJobError(`schedule ${key}: the pause must be a whole number of at least ${shortestPauseMs} ms`);
  }
  const rhythm = { cron: every.cron.trim().replace(/\s+/g, ' '), timeZone };
  if (rhythm.cron.split(' ').length !== 5) throw new InvalidJobError(`schedule ${key}: a cron has five fields`);
  try {
    nextTick(rhythm, Date.now(), Date.now());
    return rhythm;
  } catch (cause) {
    throw new InvalidJobError(`schedule ${key}: "${rhythm.cron}" in ${timeZone} is not a cron that ever ticks`, {
      cause,
    });
  }
}

export function toRhythm(row: {
  readonly cron: string | null;
  readonly every_ms: string | number | null;
  readonly time_zone: string;
}): Rhythm {
  return row.cron === null ? { everyMs: Number(row.every_ms) } : { cron: row.cron, timeZone: row.time_zone };
}

/**
 * @param last the tick that was due, milliseconds since the epoch
 * @returns the first tick after both `last` and `now`
 */
export function nextTick(rhythm: Rhythm, last: number, now: number): number {
  const after = Math.max(last, now);
  if ('everyMs' in rhythm) return last + rhythm.everyMs * Math.max(1, Math.floor((after - last) / rhythm.everyMs) + 1);
  return CronExpressionParser.parse(rhythm.cron, { tz: rhythm.timeZone, currentDate: new Date(after) })
    .next()
    .getTime();
}
