import { describe, expect, jest, test } from '@jest/globals';
import { fullBucket, learnRefusal, nextCallAt, spend, tokensAt } from '../../crm/budget.ts';
import type { Bucket } from '../../crm/budget.ts';
import { limitFromMessage, usualLimits } from '../../crm/limits.ts';
import { createMeter } from '../../crm/meter.ts';
import type { Lane } from '../../contract/index.ts';

const message = 'Limit reached (100 tokens per 60000 ms)';

/** Twenty's own arithmetic (2.21, measured): whole tokens only, the fraction dropped at every call. */
function createServerBucket() {
  let tokens = 100;
  let at = 0;
  return (now: number): boolean => {
    const there = Math.min(100, tokens + Math.floor((now - at) / 600));
    if (there < 1) return false;
    tokens = there - 1;
    at = now;
    return true;
  };
}

/** Calls made in the first milliseconds of a lane that always has something to send. */
function callsWithin(lane: Lane, ms: number): { calls: number; refused: number } {
  const allows = createServerBucket();
  let bucket: Bucket = fullBucket(usualLimits.apiKey);
  let now = 1;
  let calls = 0;
  let refused = 0;
  for (;;) {
    now = Math.max(now, nextCallAt(bucket, lane, now));
    if (now > ms) return { calls, refused };
    bucket = spend(bucket, now);
    calls += 1;
    if (!allows(now)) {
      refused += 1;
      bucket = learnRefusal(bucket, now, { message, limit: limitFromMessage(message) });
    }
  }
}

describe('the budget of an API key', () => {
  test.each(['normal', 'bulk'] as const)(
    'lets the %s lane use more than 95 of 100 permitted calls a minute, for ever',
    (lane) => {
      const { calls, refused } = callsWithin(lane, 10 * 60_000);
      expect(calls).toBeGreaterThan(10 * 95);
      // One refusal tells that nothing above the configured limit is possible.
      expect(refused).toBeLessThanOrEqual(1);
    },
  );

  test('gives an urgent call its turn at once, also behind a bulk import', () => {
    let bucket = fullBucket(usualLimits.apiKey);
    for (let now = 1000; now < 60_000; now = nextCallAt(bucket, 'bulk', now + 1)) bucket = spend(bucket, now);
    expect(nextCallAt(bucket, 'live', 60_001)).toBe(60_001);
  });

  test('builds its reserve for urgent calls up again while an import goes on', () => {
    let bucket = learnRefusal(fullBucket(usualLimits.apiKey), 1000, { message, limit: limitFromMessage(message) });
    for (let now = 1000; now < 30_000; now = nextCallAt(bucket, 'bulk', now + 1)) bucket = spend(bucket, now);
    for (let urgent = 0; urgent < 10; urgent += 1) {
      expect(nextCallAt(bucket, 'live', 30_001)).toBe(30_001);
      bucket = spend(bucket, 30_001);
    }
  });

  test('is empty after a refusal, and learns its size from it', () => {
    const bucket = learnRefusal(fullBucket('unlimited'), 1000, { message, limit: { calls: 500, perMs: 60_000 } });
    expect(tokensAt(bucket, 1000)).toBe(0);
    expect(nextCallAt(bucket, 'live', 1000)).toBe(1000 + 124);
    expect(nextCallAt(learnRefusal(bucket, 1000, { message, retryAfterMs: 5000 }), 'live', 1001)).toBe(6000);
  });

  test('reads the limit from the message of Twenty', () => {
    expect(limitFromMessage('Limit reached (100 tokens per 60000 ms)')).toEqual({ calls: 100, perMs: 60_000 });
    expect(limitFromMessage('slow down')).toBeUndefined();
  });
});

describe('the meter', () => {
  test('serves live first and starves nobody', async () => {
    jest.useFakeTimers({ now: 1_000_000 });
    try {
      const meter = createMeter({ configured: { calls: 1, perMs: 100 }, clock: { now: () => Date.now() } });
      const { signal } = new AbortController();
      const served: Lane[] = [];
      const lanes: Lane[] = ['bulk', 'normal', ...Array.from({ length: 20 }, () => 'live' as const)];
      for (const lane of lanes) void meter.take(lane, signal).then(() => served.push(lane));
      await jest.advanceTimersByTimeAsync(22 * 104);
      expect(served).toHaveLength(22);
      expect(served.indexOf('bulk')).toBeLessThan(10);
      expect(served.indexOf('normal')).toBeLessThan(10);
      expect(served.slice(1, 5)).toEqual(['live', 'live', 'live', 'live']);
    } finally {
      jest.useRealTimers();
    }
  });

  test('gives up a turn nobody waits for any more', async () => {
    const meter = createMeter({ configured: { calls: 1, perMs: 60_000 }, clock: { now: () => Date.now() } });
    const gone = new AbortController();
    await meter.take('live', gone.signal);
    const waiting = meter.take('live', gone.signal);
    gone.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
