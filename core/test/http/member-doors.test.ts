import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { definePlugin, type MemberRequest } from '@switchboard/core/contract';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';

/** A plugin that tells what it was given. */
const asked: MemberRequest[] = [];
const bytes = Buffer.alloc(300_000, 'audio');
const plugin = definePlugin({
  id: 'sample',
  contract: 1,
  name: 'Sample',
  summary: 'Answers members.',
  config: z.object({}),
  memberRoutes: [
    {
      method: 'GET',
      path: '/me',
      summary: 'Who asks',
      async handle(_context, request) {
        asked.push(request);
        return { body: { member: request.member, sees: await request.crm.sees('phoneCall', 'recordings') } };
      },
    },
    {
      method: 'GET',
      path: '/audio',
      summary: 'Bytes',
      handle: async () => ({ headers: { 'content-type': 'audio/wav' }, body: Readable.from([bytes]) }),
    },
  ],
  check: async () => [],
});

let hub: TestHub;
let token: string;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'sample', {}, 'test');
  token = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
}, 120_000);
afterAll(async () => await hub?.close());

const ask = async (path: string, key: string | undefined = token, method = 'GET') =>
  await fetch(`${hub.url}/panel/v1/plugins/${path}`, {
    method,
    headers: { origin: 'null', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
  });

test('a member is known by the token of Twenty, which goes no further', async () => {
  const answer = await ask('sample/me?x=1');
  expect(await answer.json()).toEqual({
    member: { id: expect.any(String), name: 'Ada Admin', email: 'admin@example.com' },
    sees: true,
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('null');
  expect(JSON.stringify(asked.map(({ headers }) => headers))).not.toContain(token);
  expect(asked[0]?.query.get('x')).toBe('1');
});

test('strangers and the operator are refused, readably for the frame', async () => {
  for (const key of ['', 'not-a-token', hub.operatorToken]) {
    const answer = await ask('sample/me', key);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('null');
  }
});

test('what is for members is no door for vendors and operators', async () => {
  expect((await fetch(`${hub.url}/hooks/${TEST_TENANT}/sample/me`)).status).toBe(404);
  expect((await hub.api('GET', `/tenants/${TEST_TENANT}/plugins/sample/doors/me`)).status).toBe(404);
});

test('other plugins, other paths and other methods are not there', async () => {
  for (const [path, method] of [
    ['other/me', 'GET'],
    ['sample/you', 'GET'],
    ['sample/me', 'POST'],
  ] as const)
    expect((await ask(path, token, method)).status).toBe(404);
});

test('a stream is sent as it comes, and who hangs up in the middle disturbs nobody', async () => {
  const answer = await ask('sample/audio');
  expect(answer.headers.get('content-type')).toBe('audio/wav');
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  await (await ask('sample/audio')).body?.cancel();
  expect((await ask('sample/me')).status).toBe(200);
});
