import { setImmediate } from 'node:timers/promises';
import { GraphqlError, TooManyRequests } from './errors.ts';
import type { Faults } from './faults.ts';
import type { AuthContext } from './types.ts';

export interface RateLimits {
  shortMs: number;
  shortTokens: number;
  longMs: number;
  longTokens: number;
  /** What newer servers allow an application in the long window. Default: its calls are not counted, as in Twenty 2.21 (measured). */
  applicationTokens?: number;
  /** Refuse with HTTP 429, as newer servers and proxies do, and with `Retry-After` in seconds where given. Default: a GraphQL error that tells the limit. */
  status429?: { retryAfter?: number };
}

/** Twenty's defaults: 100 per second and 100 per minute, per workspace. */
export const DEFAULT_LIMITS: RateLimits = { shortMs: 1_000, shortTokens: 100, longMs: 60_000, longTokens: 100 };

export interface RateLimit {
  /** Takes one token of the caller's workspace. Throws LIMIT_REACHED when none is left. Only API keys pay. */
  take(auth: AuthContext): Promise<void>;
}

type Bucket = { tokens: number; at: number };
type Window = { ms: number; tokens: number; buckets: Map<string, Bucket> };

export function createRateLimit(limits: RateLimits | 'off', clock: () => Date): RateLimit {
  if (limits === 'off') return { take: () => Promise.resolve() };
  const { applicationTokens, status429 } = limits;
  const byKey: Window[] = [
    { ms: limits.shortMs, tokens: limits.shortTokens, buckets: new Map() },
    { ms: limits.longMs, tokens: limits.longTokens, buckets: new Map() },
  ];
  const byApplication: Window[] =
    applicationTokens === undefined ? [] : [{ ms: limits.longMs, tokens: applicationTokens, buckets: new Map() }];
  return {
    take: async (auth) => {
      const windows = { apiKey: byKey, application: byApplication, user: [] }[auth.kind];
      for (const window of windows) {
        if (await takeFrom(window, auth.workspaceId, clock().getTime())) continue;
        throw status429 === undefined ? limitReached(window) : new TooManyRequests(status429.retryAfter);
      }
    },
  };
}

/** What newer servers allow an application; the fault refuses in their words. */
const APPLICATION_WINDOW = { ms: 60_000, tokens: 500 };

/** The same limit, which also refuses while somebody asked for that. */
export function withFaults(limit: RateLimit, faults: Faults): RateLimit {
  return {
    take: async (auth) => {
      if (faults.take('limit', '/') !== undefined) throw limitReached(APPLICATION_WINDOW);
      await limit.take(auth);
    },
  };
}

/**
 * Refills whole tokens for the time since the last granted call; the fraction is dropped at each. Reading and writing
 * are apart, so calls in parallel see the same count and pay once, as in Twenty 2.21 (measured).
 *
 * @returns whether there was a token
 */
async function takeFrom(window: Window, key: string, now: number): Promise<boolean> {
  const tokens = available(window, window.buckets.get(key), now);
  await setImmediate();
  if (tokens < 1) return false;
  window.buckets.set(key, { tokens: tokens - 1, at: now });
  return true;
}

function available(window: Window, bucket: Bucket | undefined, now: number): number {
  if (bucket === undefined) return window.tokens;
  const refill = Math.floor(((now - bucket.at) * window.tokens) / window.ms);
  return Math.min(window.tokens, bucket.tokens + refill);
}

function limitReached(window: Pick<Window, 'ms' | 'tokens'>): GraphqlError {
  return new GraphqlError(`Limit reached (${window.tokens} tokens per ${window.ms} ms)`, 'BAD_USER_INPUT', {
    subCode: 'LIMIT_REACHED',
    userFriendlyMessage: 'Rate limit reached. Please try again later.',
  });
}
