import { describe, expect, test } from '@jest/globals';
import { createRateLimit, DEFAULT_LIMITS } from '../../twenty/rate-limit.ts';
import type { AuthContext } from '../../twenty/types.ts';

const key: AuthContext = { kind: 'apiKey', workspaceId: 'one', actorName: 'hub', isAdmin: true };

/** A bucket whose time stands still until `wait`; `calls` answers how many of `count` calls in a row were granted. */
function openBucket() {
  let now = 0;
  const limit = createRateLimit(DEFAULT_LIMITS, () => new Date(now));
  const isGranted = (auth: AuthContext) =>
    limit.take(auth).then(
      () => true,
      () => false,
    );
  return {
    limit,
    wait: (ms: number) => {
      now += ms;
    },
    calls: async (count: number, auth = key) => {
      let granted = 0;
      for (let call = 0; call < count; call += 1) granted += (await isGranted(auth)) ? 1 : 0;
      return granted;
    },
  };
}

describe('the long window: 100 tokens, one back per 600 ms', () => {
  test('100 calls are granted, then none', async () => {
    expect(await openBucket().calls(130)).toBe(100);
  });

  test('after a refusal the next call is possible 600 ms after the last granted one', async () => {
    const bucket = openBucket();
    await bucket.calls(100);
    bucket.wait(300);
    expect(await bucket.calls(1)).toBe(0);
    bucket.wait(500);
    expect(await bucket.calls(2)).toBe(1);
  });

  test('two tokens come back in 1300 ms', async () => {
    const bucket = openBucket();
    await bucket.calls(100);
    bucket.wait(1_300);
    expect(await bucket.calls(5)).toBe(2);
  });

  test('calls 450 ms apart never refill it: the fraction is dropped at every granted call', async () => {
    const bucket = openBucket();
    let granted = 0;
    for (let call = 0; call < 100; call += 1) {
      granted += await bucket.calls(1);
      bucket.wait(450);
    }
    expect(granted).toBe(100);
    expect(await bucket.calls(1)).toBe(0);
  });

  test('calls 620 ms apart are never refused', async () => {
    const bucket = openBucket();
    for (let call = 0; call < 150; call += 1) {
      expect(await bucket.calls(1)).toBe(1);
      bucket.wait(620);
    }
  });
});

test('the short window refuses first when it is smaller, in its own words', async () => {
  const limit = createRateLimit({ ...DEFAULT_LIMITS, shortTokens: 2 }, () => new Date(0));
  await limit.take(key);
  await limit.take(key);
  await expect(limit.take(key)).rejects.toThrow('Limit reached (2 tokens per 1000 ms)');
});

test('calls in parallel see the same count, so more than 100 pass', async () => {
  const { limit } = openBucket();
  await expect(Promise.all(Array.from({ length: 300 }, () => limit.take(key)))).resolves.toHaveLength(300);
});

test('each workspace has its own bucket', async () => {
  const bucket = openBucket();
  await bucket.calls(100);
  expect(await bucket.calls(1, { ...key, workspaceId: 'two' })).toBe(1);
});

test.each(['user', 'application'] as const)('%s tokens do not pay', async (kind) => {
  expect(await openBucket().calls(250, { ...key, kind })).toBe(250);
});

test('off grants everything', async () => {
  const limit = createRateLimit('off', () => new Date(0));
  for (let call = 0; call < 250; call += 1) await expect(limit.take(key)).resolves.toBeUndefined();
});
