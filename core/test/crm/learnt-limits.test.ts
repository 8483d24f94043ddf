import { describe, expect, test } from '@jest/globals';
import { fullBucket, learnRefusal, nextCallAt, spend } from '../../crm/budget.ts';
import type { Bucket } from '../../crm/budget.ts';
import { limitFromMessage, usualLimits } from '../../crm/limits.ts';
import type { KnownLimit, Limit } from '../../crm/limits.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const perMinute = (calls: number): Limit => ({ calls, perMs: minute });

type Server = {
  /** Calls a minute that it permits, from a time on. */
  readonly permits: (now: number) => number;
  /** How it refuses. */
  readonly tells?: boolean;
  readonly retryAfterMs?: number;
};

/** Twenty's own arithmetic (2.21, measured): whole tokens only, the fraction dropped at every call. */
function createServer({ permits, tells = false, retryAfterMs }: Server) {
  let tokens = Infinity;
  let at = 0;
  return (now: number) => {
    const calls = permits(now);
    const there = Math.min(calls, tokens + Math.floor((now - at) / (minute / calls)));
    if (there >= 1) {
      tokens = there - 1;
      at = now;
      return undefined;
    }
    const message = tells ? `Limit reached (${calls} tokens per ${minute} ms)` : 'Too Many Requests';
    return { message, limit: limitFromMessage(message), retryAfterMs };
  };
}

type Stretch = { readonly calls: number; readonly refused: number; readonly known: KnownLimit };

/** A gateway that always has something to send; calls take no time. */
function createGateway(server: Server, configured: Limit) {
  const answer = createServer(server);
  let bucket: Bucket = fullBucket(configured);
  let now = 1;
  const idle = (ms: number): void => void (now += ms);
  const run = (ms: number): Stretch => {
    const end = now + ms;
    let calls = 0;
    let refused = 0;
    for (;;) {
      // Even without a limit a call takes its time.
      now = Math.max(now + 50, nextCallAt(bucket, 'bulk', now));
      if (now > end) return { calls, refused, known: bucket.known };
      bucket = spend(bucket, now);
      const refusal = answer(now);
      if (refusal === undefined) calls += 1;
      else {
        refused += 1;
        bucket = learnRefusal(bucket, now, refusal);
      }
    }
  };
  return { run, idle };
}

describe('a limit that the server tells', () => {
  test('is believed exactly, for a day, after one refusal', () => {
    const { run, idle } = createGateway({ permits: () => 500, tells: true }, 'unlimited');
    run(2 * minute);
    idle(22 * 60 * minute);
    const { calls, refused, known } = run(60 * minute);
    expect(known).toMatchObject({
      limit: perMinute(500),
      source: 'told',
      reason: `Limit reached (500 tokens per ${minute} ms)`,
    });
    expect(refused).toBe(0);
    expect(calls).toBeGreaterThan(0.95 * 500 * 60);
  });

  test('is tried out again after a day, and found where it is by then', () => {
    const { run, idle } = createGateway({ permits: (now) => (now < day / 2 ? 500 : 900), tells: true }, 'unlimited');
    expect(run(10 * minute).known.limit).toEqual(perMinute(500));
    idle(day);
    const { known, refused } = run(10 * minute);
    expect(known).toMatchObject({ limit: perMinute(900), source: 'told' });
    expect(refused).toBeLessThan(5);
  });

  test('may be higher than what was configured', () => {
    const { run } = createGateway({ permits: () => 300, tells: true }, perMinute(100));
    const { known } = run(60 * minute);
    expect(known).toMatchObject({ limit: perMinute(300), source: 'told' });
  });
});

describe('a limit that the server does not tell', () => {
  test.each([
    ['without', undefined],
    ['with', 1500],
  ])('is found by trying, %s Retry-After', (_, retryAfterMs) => {
    const { run } = createGateway({ permits: () => 240, ...(retryAfterMs && { retryAfterMs }) }, 'unlimited');
    run(60 * minute);
    const { calls, refused, known } = run(5 * 60 * minute);
    expect(known.source).toBe('guessed');
    expect(calls).toBeGreaterThan(0.8 * 240 * 5 * 60);
    expect(refused).toBeLessThan(0.01 * calls);
  });

  test('goes up again when the server permits more', () => {
    const { run } = createGateway({ permits: (now) => (now < 60 * minute ? 50 : 400) }, perMinute(100));
    const early = run(60 * minute);
    expect(early.known.limit).not.toEqual(perMinute(100));
    run(6 * 60 * minute);
    expect(run(60 * minute).calls).toBeGreaterThan(0.8 * 400 * 60);
  });

  test('is forgotten after a day without a refusal when nothing was configured', () => {
    const { run, idle } = createGateway({ permits: (now) => (now < 10 * minute ? 10 : 1_000_000) }, 'unlimited');
    expect(run(10 * minute).known.source).toBe('guessed');
    idle(day);
    expect(run(minute).known).toMatchObject({ limit: 'unlimited', source: 'configured' });
  });
});

describe('one refusal', () => {
  const silent = { message: 'Too Many Requests' };

  test('of several calls under way together lowers a guess once', () => {
    const first = learnRefusal(fullBucket(perMinute(100)), 1000, silent);
    const second = learnRefusal(first, 1010, silent);
    expect(first.known.limit).toEqual(perMinute(70));
    expect(second.known.limit).toEqual(perMinute(70));
  });

  test('with a Retry-After of days is tried again after five minutes', () => {
    const bucket = learnRefusal(fullBucket('unlimited'), 0, { ...silent, retryAfterMs: 7 * day });
    expect(nextCallAt(bucket, 'live', 0)).toBe(5 * minute);
  });

  test('without numbers does not shake what Twenty told', () => {
    const told = learnRefusal(fullBucket(usualLimits.apiKey), 0, { message: 'Limit reached', limit: perMinute(100) });
    expect(learnRefusal(told, minute, silent).known).toMatchObject({ limit: perMinute(100), source: 'told' });
  });
});
