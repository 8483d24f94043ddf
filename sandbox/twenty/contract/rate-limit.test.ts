import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { page, refusal, value } from './answers.ts';
import { createClient, isRateLimited } from './client.ts';
import { needsUser, openFixture, testWhen } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { key, user, target, thing } = contract;
// Unlike `contract.key` it does not wait.
const hasty = createClient({ url: target.url, token: target.apiKey });
const things = recordsOf(hasty, thing);
afterAll(() => contract.close());

const mostCalls = 500;
const limited = {
  code: 'BAD_USER_INPUT',
  subCode: 'LIMIT_REACHED',
  message: expect.stringMatching(/^Limit reached \(\d+ tokens per \d+ ms\)$/),
};
const ask = () => things.findMany({ first: 1 }, 'totalCount');

/** Calls until the workspace's bucket is empty; it refills by one token per 600 ms. */
async function exhaust(): Promise<void> {
  for (let calls = 0; calls < mostCalls; calls += 1) if (isRateLimited(await ask())) return;
  throw new Error(`${mostCalls} calls with an API key and no refusal: this server has no rate limit`);
}

beforeEach(exhaust);

describe('over the limit', () => {
  test('GraphQL answers 200 with a code, and no header says when to come back', async () => {
    const reply = await ask();
    expect(refusal(reply)).toEqual(limited);
    expect(reply.data).toEqual({ [thing.plural]: null });
    expect([...reply.headers.keys()].filter((name) => /retry|ratelimit/i.test(name))).toEqual([]);
  });

  test('a mutation writes nothing', async () => {
    expect(refusal(await things.create({ name: 'rl-refused' }))).toEqual(limited);
    const patient = recordsOf(key, thing);
    expect(page(await patient.findMany({ filter: { name: { eq: 'rl-refused' } } }, 'totalCount')).totalCount).toBe(0);
  });

  test('REST answers 429 without a machine code', async () => {
    const reply = await hasty.rest('GET', `/${thing.plural}?limit=1&depth=0`);
    expect(reply.status).toBe(429);
    expect(reply.body).toEqual({ statusCode: 429, error: 'HttpException', messages: [limited.message] });
    expect(reply.headers.has('retry-after')).toBe(false);
  });

  test('a call is possible again a little later', async () => {
    await sleep(1500);
    expect(value(await ask())).toEqual({ totalCount: expect.any(Number) });
  });
});

describe('not limited are', () => {
  test('search', async () => {
    const reply = await hasty.graphql('{search(searchInput:"a",limit:1){edges{node{label}}}}');
    expect(value(reply)).toEqual({ edges: expect.any(Array) });
  });

  test('introspection', async () => {
    expect(value(await hasty.graphql('{__schema{queryType{name}}}'))).toEqual({ queryType: { name: 'Query' } });
  });

  test('metadata, also over REST', async () => {
    expect(value(await hasty.metadata('{currentWorkspace{id}}'))).toEqual({ id: expect.any(String) });
    expect((await hasty.rest('GET', '/metadata/webhooks')).status).toBe(200);
  });

  testWhen(user !== undefined, needsUser)('user tokens', async () => {
    if (!user) throw new Error('no user');
    const byUser = recordsOf(user, thing);
    for (let calls = 0; calls < 120; calls += 1)
      expect((await byUser.findMany({ first: 1 }, 'totalCount')).errors).toEqual([]);
  });
});

test('an invalid request costs a token too', async () => {
  for (;;) {
    await exhaust();
    await sleep(800);
    const start = Date.now();
    const invalid = await things.findMany({ filter: { nope: { eq: 1 } } }, 'totalCount');
    const next = await ask();
    // A slow pair tells nothing: the bucket got its next token meanwhile.
    if (Date.now() - start > 500 || isRateLimited(invalid)) continue;
    expect(refusal(invalid).message).toBe(`Object ${thing.singular} doesn't have any "nope" field.`);
    expect(refusal(next)).toEqual(limited);
    return;
  }
});
