import type { Lane } from '../contract/crm.ts';

/** How many record operations a credential may make. */
export type Limit = { readonly calls: number; readonly perMs: number } | 'unlimited';

export type CredentialKind = 'application' | 'apiKey';

/** Where to begin; every refusal teaches better (Twenty 2.21, measured: an application's token is not counted). */
export const startLimits: Readonly<Record<CredentialKind, Limit>> = {
  apiKey: { calls: 100, perMs: 60_000 },
  application: 'unlimited',
};

/** The gateway's picture of Twenty's bucket. All times are milliseconds since the epoch. */
export type Bucket = {
  readonly limit: Limit;
  readonly tokens: number;
  readonly lastCallAt: number;
  /** Twenty asked for a pause until then. */
  readonly closedUntil: number;
};

export function fullBucket(limit: Limit): Bucket {
  return { limit, tokens: limit === 'unlimited' ? Infinity : limit.calls, lastCallAt: 0, closedUntil: 0 };
}

/** The part of the bucket that a lane leaves to those before it; bulk never draws it down. */
const reserve: Readonly<Record<Lane, number>> = { live: 0, normal: 0.4, bulk: 1 };

/**
 * The pause between calls after which each finds its token refilled. Twenty refills one token per 600 ms (at 100 a
 * minute) but drops the fraction at every call, so calls closer than that never refill (2.21, measured); 620 ms never fails.
 */
function spacingMs(limit: Limit): number {
  return limit === 'unlimited' ? 0 : Math.ceil((limit.perMs / limit.calls) * 1.033);
}

export function tokensAt({ limit, tokens, lastCallAt }: Bucket, now: number): number {
  if (limit === 'unlimited') return Infinity;
  const refilled = Math.floor(Math.max(0, now - lastCallAt) / (limit.perMs / limit.calls));
  return Math.min(limit.calls, tokens + refilled);
}

/** When a call of this lane may start: now or later. */
export function nextCallAt(bucket: Bucket, lane: Lane, now: number): number {
  const open = Math.max(now, bucket.closedUntil);
  if (bucket.limit === 'unlimited') return open;
  if (tokensAt(bucket, now) - 1 >= bucket.limit.calls * reserve[lane]) return open;
  return Math.max(open, bucket.lastCallAt + spacingMs(bucket.limit));
}

export function spend(bucket: Bucket, now: number): Bucket {
  return { ...bucket, tokens: tokensAt(bucket, now) - 1, lastCallAt: now };
}

/** Twenty refused a call: whatever we thought, the bucket is empty, and perhaps of another size. */
export function learnRefusal(bucket: Bucket, now: number, refusal: { limit?: Limit; retryAfterMs?: number }): Bucket {
  const limit = refusal.limit ?? (bucket.limit === 'unlimited' ? guessedLimit : bucket.limit);
  return { limit, tokens: 0, lastCallAt: now, closedUntil: now + (refusal.retryAfterMs ?? spacingMs(limit)) };
}

/** Newer servers allow an application 500 a minute. */
const guessedLimit: Limit = { calls: 500, perMs: 60_000 };

/** `Limit reached (100 tokens per 60000 ms)` tells the limit itself (Twenty 2.21, measured). */
export function limitFromMessage(message: string): Limit | undefined {
  const match = /\((\d+) tokens per (\d+) ms\)/.exec(message);
  if (match === null) return undefined;
  const [calls, perMs] = [Number(match[1]), Number(match[2])];
  return calls > 0 && perMs > 0 ? { calls, perMs } : undefined;
}
