import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import type { RawRequest } from '../../contract/index.ts';
import { connectTenant, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

type Registered = { id: string; targetUrl: string; operations: string[]; secret: string };

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world, { timing: { webhookMs: 200 } });
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
});
afterEach(async () => {
  await tenant.retire();
  await stop();
});

const metadata = async (query: string, variables: object = {}): Promise<Record<string, unknown>> => {
  const response = await fetch(`${world.url}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tenant.workspace.apiKey}` },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: Record<string, unknown> }).data;
};
const registered = async (): Promise<Registered[]> =>
  (await metadata('{webhooks{id targetUrl operations secret}}'))['webhooks'] as Registered[];
const only = async (): Promise<Registered> =>
  await waitFor('one webhook', async () => {
    const [first, ...others] = await registered();
    return others.length === 0 ? first : undefined;
  });
const change = (id: string, update: object) =>
  metadata('mutation($i:UpdateWebhookInput!){updateWebhook(input:$i){id}}', { i: { id, update } });
const arrives = async (): Promise<void> => {
  const id = await tenant.api.createPerson({ name: { lastName: 'Example' } });
  await waitFor('the new record', () => tenant.crm.reader(tenant.id).get('person', id));
};

describe('the webhook in Twenty', () => {
  test('comes back when somebody deletes it', async () => {
    const { id } = await only();
    await metadata('mutation($id:UUID!){deleteWebhook(id:$id){id}}', { id });
    await waitFor('another webhook', async () => (await registered()).some((webhook) => webhook.id !== id));
    await arrives();
  });

  test.each([
    ['its operations', { operations: ['person.created'] }],
    ['its secret', { secret: 'somebody else’s' }],
  ])('is put right when somebody changes %s', async (_what, update) => {
    const before = await only();
    await change(before.id, update);
    await waitFor('the repair', async () => JSON.stringify(await only()) === JSON.stringify(before));
    await arrives();
  });

  test('follows the hub to a new address, and is not left behind at the old one', async () => {
    const before = await only();
    await change(before.id, { targetUrl: before.targetUrl.replace('127.0.0.1', 'hub-before.example.com') });
    await waitFor('the repair', async () => (await only()).targetUrl === before.targetUrl);
    expect((await only()).id).toBe(before.id);
  });

  test('leaves those of others alone', async () => {
    const targetUrl = 'https://other.example.com/crm/webhooks/someone';
    await metadata('mutation($i:CreateWebhookInput!){createWebhook(input:$i){id}}', {
      i: { targetUrl, operations: ['person.*'], secret: 'theirs' },
    });
    const [first] = await registered();
    await metadata('mutation($id:UUID!){deleteWebhook(id:$id){id}}', { id: first?.id });
    await waitFor('ours to come back', async () => (await registered()).length === 2);
    expect((await registered()).map((webhook) => webhook.targetUrl)).toContain(targetUrl);
  });
});

describe('a new secret', () => {
  const delivered = async (): Promise<RawRequest> => {
    await only();
    await arrives();
    return await waitFor('a delivery', () => world.door.seen.find((one) => one.tenant === tenant.id)?.request);
  };

  async function statusOf(request: RawRequest, secret: string): Promise<number | undefined> {
    const timestamp = String(Date.now());
    const headers = {
      ...request.headers,
      'x-twenty-webhook-timestamp': timestamp,
      'x-twenty-webhook-nonce': randomBytes(8).toString('hex'),
      'x-twenty-webhook-signature': createHmac('sha256', secret)
        .update(`${timestamp}:`)
        .update(request.body)
        .digest('hex'),
    };
    return (await tenant.crm.receiveWebhook(tenant.id, { ...request, headers })).status;
  }

  test('reaches Twenty by itself; the old one is accepted meanwhile', async () => {
    const request = await delivered();
    const { secret: old } = await only();
    await tenant.crm.rotateWebhookSecret(tenant.id, 60_000);
    const { secret } = await waitFor('the new secret in Twenty', async () => {
      const webhook = await only();
      return webhook.secret === old ? undefined : webhook;
    });
    expect(await statusOf(request, secret)).toBe(200);
    expect(await statusOf(request, old)).toBe(200);
    await arrives();
  });

  test('ends the old one at once when others know it', async () => {
    const request = await delivered();
    const { secret: old } = await only();
    await tenant.crm.rotateWebhookSecret(tenant.id, 0);
    await waitFor('the old secret to end', async () => (await statusOf(request, old)) === 401);
    expect(await statusOf(request, (await only()).secret)).toBe(200);
    await arrives();
  });
});

test('a burst of webhooks is taken whole, each once, with a change of the same record in between', async () => {
  await only();
  const data = Array.from({ length: 200 }, (_, index) => ({ name: { lastName: `Example ${index}` } }));
  const created = (await tenant.api.graphql('mutation($d:[PersonCreateInput!]!){createPeople(data:$d){id}}', {
    d: data,
  })) as { createPeople: { id: string }[] };
  const ids = created.createPeople.map(({ id }) => id);
  await tenant.api.graphql(
    'mutation($f:PersonFilterInput!,$d:PersonUpdateInput!){updatePeople(filter:$f,data:$d){id}}',
    {
      f: { id: { in: ids } },
      d: { jobTitle: 'Buyer' },
    },
  );
  const reader = tenant.crm.reader(tenant.id);
  await waitFor('all changes', async () => (await reader.findBy('person', 'jobTitle', 'Buyer', 1000)).length === 200);
  expect(await reader.count('person')).toBeGreaterThanOrEqual(200);
  const told = tenant.events.map(({ dedupeKey }) => dedupeKey);
  expect(new Set(told).size).toBe(told.length);
  expect(world.door.seen.filter((one) => one.tenant === tenant.id && one.status !== 200)).toEqual([]);
});
