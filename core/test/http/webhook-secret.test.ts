import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub();
}, 60_000);
afterAll(async () => await hub.close());

const rotate = (body: object, tenant = TEST_TENANT) =>
  hub.api('POST', `/tenants/${tenant}/crm/webhook-secret/rotate`, body);

test('the secret of the webhooks is rotated by the API, and the audit log tells who did it but not the secret', async () => {
  expect(await rotate({ overlapMinutes: 5 })).toMatchObject({ status: 202 });
  const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/audit`);
  const [entry] = (body as { entries: Record<string, unknown>[] }).entries.filter(
    ({ action }) => action === 'crm.rotate-webhook-secret',
  );
  expect(entry).toMatchObject({ details: { overlapMinutes: 5 } });
  expect(JSON.stringify(body)).not.toMatch(/[0-9a-f]{64} /);
});

test('an overlap without sense and a tenant that is not connected are refused', async () => {
  expect(await rotate({ overlapMinutes: -1 })).toMatchObject({ status: 400 });
  await hub.api('POST', '/tenants', { slug: 'north', name: 'North', country: 'DE' });
  expect(await rotate({}, 'north')).toMatchObject({ status: 422 });
});
