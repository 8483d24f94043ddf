/** How many record operations a credential may make. */
export type Limit = { readonly calls: number; readonly perMs: number } | 'unlimited';

export type CredentialKind = 'application' | 'apiKey';

export type Limits = Readonly<Record<CredentialKind, Limit>>;

/** Where to begin when nothing else is configured (Twenty 2.21, measured: an application's token is not counted). */
export const usualLimits: Limits = { apiKey: { calls: 100, perMs: 60_000 }, application: 'unlimited' };

/** What is believed about a credential's limit, and why. Times are milliseconds since the epoch. */
export type KnownLimit = {
  readonly limit: Limit;
  /** `told`: a refusal named it, and it is believed exactly. `guessed`: inferred from refusals without numbers and from what went through. */
  readonly source: 'configured' | 'told' | 'guessed';
  /** For the operator: what taught it. */
  readonly reason: string;
  readonly since?: number;
  /** The last refusal, and the calls a window that were believed in when it came. */
  readonly refused?: { readonly at: number; readonly calls: number };
};

export type Refusal = {
  /** As Twenty put it. */
  readonly message: string;
  readonly limit?: Limit | undefined;
  readonly retryAfterMs?: number | undefined;
};

/** What a refusal taught holds this long. Then the limit is tried out again, which costs one more refusal when it is still the same. */
const believedMs = 24 * 3_600_000;

/** A guess of this many calls a minute at most: newer servers allow an application 500. A wrong one is soon lowered. */
const firstGuess = { least: 60, most: 500 };

export function configuredLimit(limit: Limit): KnownLimit {
  return { limit, source: 'configured', reason: 'nothing else was learnt yet' };
}

/** @param callsLately calls that went through in the last minute */
export function afterRefusal(known: KnownLimit, refusal: Refusal, now: number, callsLately: number): KnownLimit {
  const calls = known.limit === 'unlimited' ? callsLately : known.limit.calls;
  const refused = { at: now, calls };
  if (refusal.limit !== undefined) {
    const isNews = known.source !== 'told' || !isSame(refusal.limit, known.limit);
    if (!isNews) return { ...known, refused };
    return { limit: refusal.limit, source: 'told', reason: refusal.message, since: now, refused };
  }
  if (known.source === 'told') return { ...known, refused };
  const reason = `refused without a number after ${calls} calls: ${refusal.message}`;
  const limit = known.limit === 'unlimited' ? guessFrom(callsLately) : scaled(known.limit, 0.7);
  return { limit, source: 'guessed', reason, since: now, refused };
}

function guessFrom(callsLately: number): Limit {
  return { calls: Math.min(firstGuess.most, Math.max(firstGuess.least, callsLately)), perMs: 60_000 };
}

const scaled = ({ calls, perMs }: Exclude<Limit, 'unlimited'>, factor: number) => ({
  calls: Math.max(1, Math.floor(calls * factor)),
  perMs,
});

/**
 * A whole window in which the limit was used up and nothing refused: perhaps more is possible. Steps are a tenth of the rate that was
 * last refused, and quarters of that close to it.
 */
export function afterFullUse(known: KnownLimit, now: number): KnownLimit {
  if (known.limit === 'unlimited' || known.source === 'told') return known;
  const { calls, perMs } = known.limit;
  const ceiling = known.refused?.calls ?? calls;
  const isClose = known.refused !== undefined && calls >= ceiling * 0.8;
  const step = Math.max(1, Math.round(ceiling * (isClose ? 0.025 : 0.1)));
  const reason = `${calls} calls went through without a refusal`;
  return { ...known, limit: { calls: calls + step, perMs }, source: 'guessed', reason, since: now };
}

/** Forgets what an old refusal taught: servers are changed and upgraded. */
export function afterTime(known: KnownLimit, configured: Limit, now: number): KnownLimit {
  if (known.refused === undefined || now - known.refused.at < believedMs) return known;
  const limit = larger(configured, known.limit);
  if (isSame(limit, configured)) return configuredLimit(configured);
  return { limit, source: 'guessed', reason: 'not refused for a day', since: now };
}

function larger(one: Limit, other: Limit): Limit {
  if (one === 'unlimited' || other === 'unlimited') return 'unlimited';
  return one.calls / one.perMs >= other.calls / other.perMs ? one : other;
}

export function isSame(one: Limit, other: Limit): boolean {
  if (one === 'unlimited' || other === 'unlimited') return one === other;
  return one.calls === other.calls && one.perMs === other.perMs;
}

/** `Limit reached (100 tokens per 60000 ms)` tells the limit itself (Twenty 2.21, measured). */
export function limitFromMessage(message: string): Limit | undefined {
  const match = /\((\d+) tokens per (\d+) ms\)/.exec(message);
  if (match === null) return undefined;
  const [calls, perMs] = [Number(match[1]), Number(match[2])];
  return calls > 0 && perMs > 0 ? { calls, perMs } : undefined;
}
