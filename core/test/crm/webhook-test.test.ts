import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { connectTenant, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world, { mirrors: [], timing: { testMs: 700 } });
  await installCallScripts();
  stop = runWorker(tenant.crm);
  await waitFor('the session', async () => (await tenant.crm.status(tenant.id)).session?.state === 'running');
});
afterEach(async () => {
  world.faults().clear();
  await tenant.retire();
  await stop();
});

/** The part of our application that the test needs. */
async function installCallScripts(): Promise<void> {
  const object = { nameSingular: 'callScript', namePlural: 'callScripts', labelSingular: 'Call script' };
  const response = await fetch(`${world.url}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tenant.workspace.apiKey}` },
    body: JSON.stringify({
      query: 'mutation($i:CreateOneObjectInput!){createOneObject(input:$i){id}}',
      variables: { i: { object: { ...object, labelPlural: 'Call scripts' } } },
    }),
  });
  expect(await response.json()).not.toHaveProperty('errors');
}

const webhooks = async () => {
  const lines = await tenant.crm.check(tenant.id, AbortSignal.timeout(60_000));
  return lines.find(({ name }) => name === 'Webhooks');
};
const visibleScripts = async (): Promise<unknown> =>
  ((await tenant.api.graphql('{callScripts{totalCount}}')) as { callScripts: { totalCount: number } }).callScripts
    .totalCount;

test('a change made for the purpose proves that webhooks arrive, and shows up nowhere in Twenty', async () => {
  expect(await webhooks()).toMatchObject({ state: 'ok' });
  expect((await tenant.crm.status(tenant.id)).webhookTest).toMatchObject({ state: 'arrived', cause: undefined });
  expect(await visibleScripts()).toBe(0);
  expect(tenant.events).toEqual([]);
});

test('its record stays hidden when somebody brought it back', async () => {
  await webhooks();
  await tenant.api.graphql('mutation{restoreCallScripts(filter:{name:{like:"%Switchboard%"}}){id}}');
  expect(await visibleScripts()).toBe(1);
  expect(await webhooks()).toMatchObject({ state: 'ok' });
  expect(await visibleScripts()).toBe(0);
});

test('a Twenty in safe mode is told by name, and all is well again once that is off', async () => {
  world.faults().set({ kind: 'safe-mode' });
  const line = await webhooks();
  expect(line).toMatchObject({ state: 'warning' });
  expect(line?.remedy).toContain('OUTBOUND_HTTP_SAFE_MODE_ENABLED=false');
  world.faults().clear();
  expect(await webhooks()).toMatchObject({ state: 'ok' });
});

test.each([
  ['without the headers of Twenty', {}, 'let the proxy before the hub pass'],
  ['with a clock that goes wrong', { 'x-twenty-webhook-timestamp': '1700000000000' }, 'set the clocks'],
  ['with a signature that does not fit', { 'x-twenty-webhook-timestamp': 'now' }, 'no proxy may change the body'],
])('requests that arrive %s are told from none at all', async (_what, headers: Record<string, string>, remedy) => {
  await webhooks();
  world.faults().set({ kind: 'drop-webhooks' });
  const asked = webhooks();
  await waitFor('the test', async () => (await tenant.crm.status(tenant.id)).webhookTest?.state === 'under way');
  const knock = setInterval(() => {
    const signed = { 'x-twenty-webhook-nonce': 'n', 'x-twenty-webhook-signature': 'aa', ...headers };
    const timestamp = headers['x-twenty-webhook-timestamp'] === 'now' && String(Date.now());
    void fetch(`${world.door.url}/crm/webhooks/${tenant.id}`, {
      method: 'POST',
      headers: timestamp ? { ...signed, 'x-twenty-webhook-timestamp': timestamp } : signed,
    });
  }, 100);
  const line = await asked;
  clearInterval(knock);
  expect(line).toMatchObject({ state: 'warning' });
  expect(line?.remedy).toContain(remedy);
});

test('without our application there is nothing to change: the line says what to install', async () => {
  const other = await connectTenant(world, { mirrors: [] });
  await waitFor('the result', async () => (await other.crm.status(other.id)).webhookTest?.state === 'impossible');
  const lines = await other.crm.check(other.id, AbortSignal.timeout(60_000));
  expect(lines.find(({ name }) => name === 'Webhooks')).toMatchObject({
    state: 'warning',
    remedy: expect.stringContaining('crm:install'),
  });
  await other.retire();
});
