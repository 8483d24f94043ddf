import { type CrmRecord, isInForce } from '@switchboard/core/contract';
import { z } from 'zod';
import { isEnded } from '../map.ts';
import { type HoursName, readWeek } from './calendar.ts';
import type { ClockKind, ClockState, Promised } from './clock.ts';

/** What was promised for a case: by its contract, its service level and its priority. Pure. */

export const levels = ['BASIC', 'STANDARD', 'PREMIUM', 'CRITICAL'] as const;
export type Level = (typeof levels)[number];

const minutes = z.number().int().min(1).max(525_600).nullable();
const times = z.strictObject({ responseMinutes: minutes, resolveMinutes: minutes });

/** Minutes per service level, for contracts that name none; null promises nothing. */
export const levelTimes = z.strictObject({ BASIC: times, STANDARD: times, PREMIUM: times, CRITICAL: times });

export const usualTimes: z.output<typeof levelTimes> = {
  BASIC: { responseMinutes: 960, resolveMinutes: 4800 },
  STANDARD: { responseMinutes: 480, resolveMinutes: 2400 },
  PREMIUM: { responseMinutes: 120, resolveMinutes: 960 },
  CRITICAL: { responseMinutes: 30, resolveMinutes: 240 },
};

const percent = z.number().int().min(5).max(400);

/** Percent of the promised time that a priority leaves. */
export const priorityShares = z.strictObject({ LOW: percent, NORMAL: percent, HIGH: percent, URGENT: percent });

export const usualShares: z.output<typeof priorityShares> = { LOW: 100, NORMAL: 100, HIGH: 50, URGENT: 25 };

export interface PromiseRules {
  readonly levelTimes: z.output<typeof levelTimes>;
  readonly priorityShares: z.output<typeof priorityShares>;
  readonly levelWithoutContract: Level | 'NONE';
}

export type Promises = Readonly<Partial<Record<ClockKind, Promised>>>;

/** @param contract that of the case; what is not in force at that moment promises nothing of its own */
export function promisesOf(
  serviceCase: Readonly<Record<string, unknown>>,
  contract: CrmRecord | undefined,
  rules: PromiseRules,
  day: string,
): Promises {
  const valid = contract !== undefined && isInForce(contract, day) ? contract : undefined;
  const level = levelOf(valid?.['serviceLevel']) ?? levelOf(serviceCase['serviceLevel']) ?? rules.levelWithoutContract;
  const usual = level === 'NONE' ? undefined : rules.levelTimes[level];
  const share = shareOf(serviceCase['priority'], rules);
  const hours = hoursIn(valid);
  const promised = (own: unknown, other: number | null | undefined): Promised | undefined => {
    const given = typeof own === 'number' && own > 0 ? own : other;
    return given == null ? undefined : { target: Math.round(given * 600 * share), hours };
  };
  const response = promised(valid?.['responseMinutes'], usual?.responseMinutes);
  const resolve = promised(valid?.['resolveMinutes'], usual?.resolveMinutes);
  return { ...(response === undefined ? {} : { response }), ...(resolve === undefined ? {} : { resolve }) };
}

function levelOf(value: unknown): Level | undefined {
  return levels.find((level) => level === value);
}

/** In percent. */
function shareOf(priority: unknown, { priorityShares: shares }: PromiseRules): number {
  return typeof priority === 'string' && priority in shares ? shares[priority as keyof typeof shares] : shares.NORMAL;
}

function hoursIn(contract: CrmRecord | undefined): HoursName {
  const name = contract?.['supportHours'];
  if (name === 'EXTENDED_HOURS' || name === 'ALWAYS') return name;
  const week = name === 'CUSTOM' ? readWeek(contract?.['supportSchedule']) : undefined;
  return week === undefined ? 'BUSINESS_HOURS' : { week };
}

/** How the clocks of a case stand: those who wait for the customer keep nobody waiting. */
export function clockStateOf(kind: ClockKind, serviceCase: Readonly<Record<string, unknown>>): ClockState {
  const { status, firstResponseAt } = serviceCase;
  if (isEnded(status)) return 'met';
  if (kind === 'response' && typeof firstResponseAt === 'string' && firstResponseAt !== '') return 'met';
  return status === 'WAITING_FOR_CUSTOMER' ? 'waits' : 'runs';
}
