import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { definePlugin, live } from '../../contract/index.ts';
import { type LiveClient, openLive } from '../../live/client/index.ts';
import { desk, notices, rings } from './desk.ts';

/** Shows who rings when it is told. */
const bell = definePlugin({
  ...desk,
  routes: [
    {
      method: 'POST',
      path: '/ring',
      summary: 'Rings.',
      audience: 'operator',
      async handle(context, { body }) {
        const key = body.toString();
        await context.commit({ live: [live(rings, key, { from: 'Ann' }), live(notices, key, { text: 'It rings' })] });
        return { body: {} };
      },
    },
  ],
});

interface Shown {
  readonly rings: unknown;
  readonly notices: unknown;
}

let hub: TestHub;
const clients: LiveClient<Shown>[] = [];

async function look(email: string, password: string): Promise<LiveClient<Shown>> {
  const token = await frontComponentToken({ url: hub.twenty.url, email, password });
  const client = openLive<Shown>({
    url: `${hub.url}/live/v1`,
    topics: ['rings', 'notices'],
    headers: () => ({ authorization: `Bearer ${token}` }),
  });
  clients.push(client);
  return client;
}

/** Waits until the plugin's doors are open. */
async function ring(key: string): Promise<void> {
  await waitFor('the bell', async () => (await push(key)).status === 200);
}

async function push(key: string): Promise<Response> {
  return await fetch(`${hub.url}/api/v1/tenants/${TEST_TENANT}/plugins/desk/doors/ring`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hub.operatorToken}` },
    body: key,
  });
}

beforeAll(async () => {
  hub = await startTestHub({ plugins: [bell] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'desk', {}, 'test');
}, 120_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await hub.close();
});

test('a plugin rings, and the members of Twenty see it as far as their roles allow', async () => {
  const blind = { email: 'blind@example.com', password: 'password-2' };
  await hub.crm.metadata('mutation Role($input: CreateRoleInput!) { createOneRole(createRoleInput: $input) { id } }', {
    input: { label: 'Blind', canReadAllObjectRecords: false },
  });
  await hub.twenty.createMember({
    ...blind,
    firstName: 'Lou',
    lastName: 'Example',
    workspaceId: hub.workspaceId,
    roleLabel: 'Blind',
  });
  const [admin, lou] = [await look('admin@example.com', 'password-1'), await look(blind.email, blind.password)];
  await ring('call-1');
  await waitFor('the call to be shown', () => admin.items('rings').has('call-1') && lou.items('notices').has('call-1'));
  expect(admin.items('rings').get('call-1')).toEqual({ from: 'Ann', step: 0 });
  expect(lou.items('rings').size).toBe(0);
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  expect(text).toContain('switchboard_live_connections 2');
  expect(text).toMatch(/switchboard_live_changes_total [1-9]/);
});

test('an office behind one address whose tokens have all expired comes back at once', async () => {
  const url = `${hub.url}/live/v1?topics=rings`;
  const refused = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const response = await fetch(url, { headers: { authorization: 'Bearer outdated', origin: 'null' } });
      await response.body?.cancel();
      return response;
    }),
  );
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
  // Without it a browser hides the answer, and the page could not tell why it got none.
  expect(refused[0]?.headers.get('access-control-allow-origin')).toBe('*');
  const token = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await response.body?.cancel();
  expect(response.status).toBe(200);
});
