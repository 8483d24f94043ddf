import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { plugin } from '../plugin.ts';
import { headers, notice, settings, startVendor } from './vendor.ts';

let vendor: Awaited<ReturnType<typeof startVendor>>;
let hub: TestHub;

beforeAll(async () => {
  vendor = await startVendor();
  hub = await startTestHub({ plugins: [plugin] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, plugin.id, { url: vendor.url, ...settings }, 'test');
}, 60_000);

afterAll(async () => {
  await hub.close();
  await vendor.close();
});

const post = async (body: string) =>
  await fetch(`${hub.url}/hooks/${TEST_TENANT}/${plugin.id}/ticket`, { method: 'POST', headers, body });

async function cases(): Promise<unknown[]> {
  const { serviceCases } = (await hub.crm.records(
    '{ serviceCases { edges { node { name customerReference } } } }',
  )) as {
    serviceCases: { edges: { node: unknown }[] };
  };
  return serviceCases.edges.map(({ node }) => node);
}

test('a ticket that changes twice is one case in the CRM', async () => {
  for (const changedAt of ['2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z'])
    expect((await post(notice(changedAt))).status).toBe(200);
  await waitFor('both jobs to be done', async () => {
    const { counts } = await hub.hub.queue.stats();
    return !counts.some(({ owner, count }) => owner === plugin.id && count > 0);
  });
  await waitFor('the case to stand in the CRM', async () => (await cases()).length > 0);
  expect(await cases()).toEqual([{ name: 'The door does not close', customerReference: 'T-1' }]);
});

test('a key that Acme refuses shows in the check-up', async () => {
  await hub.hub.admin.plugins.configure(TEST_TENANT, plugin.id, { apiKey: 'wrong' }, 'test');
  await waitFor('the check-up to fail', async () => {
    const { body } = await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/${plugin.id}/check`);
    return !(body as { ok: boolean }).ok;
  });
});
