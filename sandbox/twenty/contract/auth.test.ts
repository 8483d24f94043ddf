import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refusal, value } from './answers.ts';
import type { Client } from './client.ts';
import { needsExpendable, openFixture, testWhen } from './fixture.ts';
import { adminRoleId, createApiKey, revokeApiKey } from './keys.ts';

const contract = openFixture();
const { withToken, key, user, target, name: run } = contract;
afterAll(() => contract.close());

const records = (client: Client) => client.graphql('{companies(first:1){totalCount}}');
const workspace = (client: Client) => client.metadata('{currentWorkspace{id}}');
const rest = (client: Client) => client.rest('GET', '/companies?limit=1');
const unauthenticated = (message: string) => ({ code: 'UNAUTHENTICATED', subCode: 'UNAUTHENTICATED', message });

/** The same refusal on all three doors. */
async function expectRefusedEverywhere(
  client: Client,
  expected: ReturnType<typeof refusal>,
  status: number,
  error: string,
): Promise<void> {
  expect(refusal(await records(client))).toEqual(expected);
  expect(refusal(await workspace(client))).toEqual(expected);
  const reply = await rest(client);
  expect(reply.status).toBe(status);
  expect(reply.body).toEqual({ statusCode: status, messages: [expected.message], error });
}

describe('no token', () => {
  const nobody = withToken();

  test('/graphql has an empty schema', async () => {
    const reply = await records(nobody);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      errors: [{ message: 'Cannot query field "companies" on type "Query".', locations: [{ line: 1, column: 2 }] }],
    });
  });

  test('/metadata is forbidden', async () => {
    expect(refusal(await workspace(nobody))).toEqual({ code: 'FORBIDDEN', message: 'Forbidden resource' });
  });

  test('/rest is 403', async () => {
    const reply = await rest(nobody);
    expect(reply.status).toBe(403);
    expect(reply.body).toEqual({
      statusCode: 403,
      messages: ['Missing authentication token'],
      error: 'FORBIDDEN_EXCEPTION',
    });
  });

  test('a token in the query string does not count', async () => {
    const reply = await nobody.send(`/graphql?token=${target.apiKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{companies(first:1){totalCount}}' }),
    });
    expect(reply.errors[0]?.message).toBe('Cannot query field "companies" on type "Query".');
  });
});

describe('a bad token', () => {
  const brokenSignature = `${target.apiKey.slice(0, -6)}${target.apiKey.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;

  test.each([
    ['garbage', 'garbage'],
    ['a broken signature', brokenSignature],
  ])('%s', async (_name, token) => {
    await expectRefusedEverywhere(withToken(token), unauthenticated('Token invalid.'), 401, 'UNAUTHENTICATED');
  });
});

test('the scheme may be in lower case', async () => {
  const reply = await withToken().send('/metadata', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `bearer ${target.apiKey}` },
    body: JSON.stringify({ query: '{currentWorkspace{id}}' }),
  });
  expect(value(reply)).toEqual({ id: expect.any(String) });
});

describe('an API key has no user', () => {
  test('currentUser is forbidden', async () => {
    expect(refusal(await key.metadata('{currentUser{id}}'))).toEqual({
      code: 'FORBIDDEN',
      message: 'Forbidden resource',
    });
  });

  test('workspace settings are forbidden', async () => {
    expect(
      refusal(await key.metadata('mutation{updateWorkspace(data:{isTwoFactorAuthenticationEnforced:false}){id}}')),
    ).toEqual({
      code: 'FORBIDDEN',
      message: 'This endpoint requires a user context. API keys are not supported.',
    });
  });
});

describe('keys that ended', () => {
  const whenExpendable = testWhen(target.expendable && user !== undefined, needsExpendable);
  let roleId = '';
  beforeAll(async () => {
    roleId = await adminRoleId(key);
  });
  const inAnHour = () => new Date(Date.now() + 3_600_000);

  whenExpendable('a revoked key is FORBIDDEN, not UNAUTHENTICATED', async () => {
    if (!user) throw new Error('no user');
    const { id, token } = await createApiKey(user, `Contract ${run} revoked`, roleId, inAnHour());
    expect(value(await workspace(withToken(token)))).toEqual({ id: expect.any(String) });
    value(await revokeApiKey(user, id));
    const expected = { code: 'FORBIDDEN', subCode: 'FORBIDDEN_EXCEPTION', message: 'This API Key is revoked' };
    await expectRefusedEverywhere(withToken(token), expected, 403, 'FORBIDDEN_EXCEPTION');
  });

  whenExpendable('an expired key', async () => {
    if (!user) throw new Error('no user');
    const { id, token } = await createApiKey(user, `Contract ${run} expired`, roleId, new Date(Date.now() + 2000));
    contract.onClose(() => revokeApiKey(user, id));
    await sleep(3000);
    await expectRefusedEverywhere(withToken(token), unauthenticated('Token has expired.'), 401, 'UNAUTHENTICATED');
  });
});
