import { asRecord } from './error-text.ts';
import type { OutcomeKind } from './job.ts';

export type Verdict = { readonly kind: OutcomeKind; readonly delayMs: number };

const dayMs = 24 * 60 * 60 * 1000;

/** A pause asked for by another system is believed within these bounds. */
const shortestPauseMs = 250;
const longestPauseMs = 7 * dayMs;

/**
 * The error's own policy decides; an error without one backs off.
 *
 * @param attempt 1 for the first run
 */
export function judge(error: unknown, attempt: number, maxAttempts: number): Verdict {
  const { retry, pausesPlugin } = asRecord(error);
  if (pausesPlugin === true) return { kind: 'paused', delayMs: 0 };
  if (retry === 'never') return { kind: 'dead', delayMs: 0 };
  const { afterMs } = asRecord(retry);
  if (typeof afterMs === 'number' && Number.isFinite(afterMs)) {
    return { kind: 'later', delayMs: Math.min(Math.max(afterMs, shortestPauseMs), longestPauseMs) };
  }
  if (attempt >= maxAttempts) return { kind: 'dead', delayMs: 0 };
  return { kind: 'retry', delayMs: backoffMs(attempt) };
}

/**
 * 1 s, 4 s, 16 s ... 18 h: ten attempts spread over about a day, so a system that is down for a night loses nothing.
 * The jitter (up to a quarter less) keeps jobs that failed together from coming back together.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const pause = Math.min(1000 * 4 ** (attempt - 1), dayMs);
  return Math.round(pause * (1 - random() / 4));
}
