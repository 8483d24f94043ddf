import type { Lane } from '../contract/crm.ts';
import { afterFullUse, afterRefusal, afterTime, configuredLimit } from './limits.ts';
import type { KnownLimit, Limit, Refusal } from './limits.ts';

/** The gateway's picture of Twenty's bucket. All times are milliseconds since the epoch. */
export type Bucket = {
  readonly configured: Limit;
  readonly known: KnownLimit;
  readonly tokens: number;
  readonly lastCallAt: number;
  /** Twenty asked for a pause until then. */
  readonly closedUntil: number;
  /** The calls of the present window: they show whether the limit is used up. */
  readonly window: { readonly startedAt: number; readonly calls: number };
};

/** @param known what was learnt before */
export function fullBucket(configured: Limit, known: KnownLimit = configuredLimit(configured)): Bucket {
  const { limit } = known;
  const tokens = limit === 'unlimited' ? Infinity : limit.calls;
  return { configured, known, tokens, lastCallAt: 0, closedUntil: 0, window: { startedAt: 0, calls: 0 } };
}

/** The part of the bucket that a lane leaves to those before it; bulk never draws it down. */
const reserve: Readonly<Record<Lane, number>> = { live: 0, normal: 0.4, bulk: 1 };

/** What must be there for urgent calls to go at once; while it is not, the other lanes leave every second turn out. */
const urgentReserve = (calls: number): number => Math.ceil(calls / 5);

/** A server, or a proxy before it, may ask for any pause; nobody's writes wait longer than this before the next try. */
const longestPauseMs = 5 * 60_000;

/** The part of a window's calls from which on the limit counts as used up; pauses between calls are a little longer than needed. */
const usedUp = 0.9;

/**
 * The pause between calls after which each finds its token refilled. Twenty refills one token per 600 ms (at 100 a
 * minute) but drops the fraction at every call, so calls closer than that never refill (2.21, measured); 620 ms never fails.
 */
function spacingMs(limit: Limit): number {
  return limit === 'unlimited' ? 0 : Math.ceil((limit.perMs / limit.calls) * 1.033);
}

export function tokensAt({ known: { limit }, tokens, lastCallAt }: Bucket, now: number): number {
  if (limit === 'unlimited') return Infinity;
  const refilled = Math.floor(Math.max(0, now - lastCallAt) / (limit.perMs / limit.calls));
  return Math.min(limit.calls, tokens + refilled);
}

/** When a call of this lane may start: now or later. */
export function nextCallAt(bucket: Bucket, lane: Lane, now: number): number {
  const open = Math.max(now, bucket.closedUntil);
  const { limit } = bucket.known;
  if (limit === 'unlimited') return open;
  if (tokensAt(bucket, now) - 1 >= limit.calls * reserve[lane]) return open;
  const turns = lane !== 'live' && bucket.tokens < urgentReserve(limit.calls) ? 2 : 1;
  return Math.max(open, bucket.lastCallAt + turns * spacingMs(limit));
}

export function spend(before: Bucket, now: number): Bucket {
  const bucket = reconsider(before, now);
  const window = { ...bucket.window, calls: bucket.window.calls + 1 };
  return { ...bucket, tokens: tokensAt(bucket, now) - 1, lastCallAt: now, window };
}

/** Draws the conclusions from the time that passed: a window that ended, a refusal long ago. */
function reconsider(bucket: Bucket, now: number): Bucket {
  const { window, configured } = bucket;
  const known = afterTime(bucket.known, configured, now);
  const windowMs = windowOf(known.limit);
  const age = now - window.startedAt;
  if (age < windowMs) return { ...bucket, known };
  const permitted = known.limit === 'unlimited' ? Infinity : (known.limit.calls * age) / known.limit.perMs;
  const isUsedUp = age < 2 * windowMs && window.calls >= permitted * usedUp;
  return { ...bucket, known: isUsedUp ? afterFullUse(known, now) : known, window: { startedAt: now, calls: 0 } };
}

const windowOf = (limit: Limit): number => (limit === 'unlimited' ? 60_000 : Math.max(60_000, limit.perMs));

/**
 * Twenty refused a call: whatever we thought, the bucket is empty, and perhaps of another size. Calls that were under way together
 * are refused together, which teaches no more than one refusal.
 */
export function learnRefusal(bucket: Bucket, now: number, refusal: Refusal): Bucket {
  const isRepeated = now < bucket.closedUntil && refusal.limit === undefined;
  const known = isRepeated ? bucket.known : afterRefusal(bucket.known, refusal, now, bucket.window.calls);
  const pauseMs = Math.min(refusal.retryAfterMs ?? spacingMs(known.limit), longestPauseMs);
  const closedUntil = Math.max(bucket.closedUntil, now + pauseMs);
  return { ...bucket, known, tokens: 0, lastCallAt: now, closedUntil, window: { startedAt: now, calls: 0 } };
}
