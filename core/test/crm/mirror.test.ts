import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import type { RawRequest } from '../../contract/index.ts';
import { connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  world.faults().clear();
  tenant = await connectTenant(world, { timing: { pollMs: 300, countMs: 300, sweepMs: 3_600_000 } });
});
afterEach(async () => {
  world.faults().clear();
  await tenant.retire();
  await stop();
});

const start = async (): Promise<void> => {
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
};
const reader = () => tenant.crm.reader(tenant.id);
const kinds = (): string[] => tenant.events.map(({ name }) => name);
const pat = {
  name: { firstName: 'Pàt', lastName: 'Example' },
  emails: { primaryEmail: 'Pat@Example.com', additionalEmails: ['other@example.com'] },
  phones: { primaryPhoneNumber: '+442079460001', additionalPhones: [{ number: '+447700900002' }] },
};

describe('the copy', () => {
  test('holds what was there before, findable by number, address and words, without announcing it', async () => {
    const id = await tenant.api.createPerson(pat);
    await start();
    const match = [{ object: 'person', record: { id } }];
    expect(await reader().findByPhone('+442079460001')).toMatchObject(match);
    expect(await reader().findByPhone('+447700900002')).toMatchObject(match);
    expect(await reader().findByEmail('OTHER@example.com')).toMatchObject(match);
    const many = await reader().findByEmails(['OTHER@example.com', 'pat@example.com', 'nobody@example.com']);
    expect([...many]).toMatchObject([
      ['OTHER@example.com', match],
      ['pat@example.com', match],
    ]);
    expect([...(await reader().getMany('person', [id, randomUUID(), 'no id', id]))]).toMatchObject([[id, { id }]]);
    expect(await reader().getMany('company', [id])).toEqual(new Map());
    expect(await reader().search('exam pat')).toMatchObject(match);
    expect(await reader().search('exam pat', { objects: ['company'] })).toEqual([]);
    expect(await reader().findBy('person', 'jobTitle', 'Boss')).toEqual([]);
    expect(kinds()).toEqual([]);
  });

  test('goes on where it stopped', async () => {
    const { api } = tenant;
    const data = Array.from({ length: 200 }, (_, index) => ({ name: { lastName: `Example ${index}` } }));
    for (let page = 0; page < 3; page += 1) {
      await api.graphql('mutation($d:[PersonCreateInput!]!){createPeople(data:$d){id}}', { d: data });
    }
    world.faults().set({ kind: 'delay', ms: 400 }, { path: '/graphql' });
    stop = runWorker(tenant.crm);
    await waitFor('the first page', async () =>
      (await tenant.crm.status(tenant.id)).mirror.some(({ object, copied }) => object === 'person' && copied === 200),
    );
    await stop();
    expect((await tenant.crm.status(tenant.id)).mirror.find(({ object }) => object === 'person')?.state).toBe(
      'copying',
    );
    world.faults().clear();
    await start();
    expect((await tenant.crm.status(tenant.id)).mirror).toContainEqual(
      expect.objectContaining({ object: 'person', state: 'fresh', copied: 600, total: 600 }),
    );
  });

  test('shows nothing of another tenant', async () => {
    const other = await connectTenant(world);
    await other.api.createPerson(pat);
    stop = runWorker(tenant.crm);
    await tenant.settledMirror();
    await other.settledMirror();
    expect(await other.crm.reader(other.id).findByPhone('+442079460001')).toHaveLength(1);
    expect(await reader().findByPhone('+442079460001')).toEqual([]);
    expect(await reader().search('Example')).toEqual([]);
    await other.retire();
  });
});

describe('webhooks', () => {
  test('tell of new, changed, deleted, restored and destroyed records', async () => {
    await start();
    const id = await tenant.api.createPerson(pat);
    await waitFor('the new record', () => reader().get('person', id));
    await tenant.api.updatePerson(id, { phones: { primaryPhoneNumber: '+442079460005', additionalPhones: [] } });
    await waitFor('the new number', async () => (await reader().findByPhone('+442079460005')).length === 1);
    expect(await reader().findByPhone('+442079460001')).toEqual([]);
    await tenant.api.deletePerson(id);
    await waitFor('the deletion', async () => (await reader().findByPhone('+442079460005')).length === 0);
    await tenant.api.restorePerson(id);
    await waitFor('the restored record', () => reader().get('person', id));
    await tenant.api.destroyPerson(id);
    await waitFor('the destruction', async () => (await reader().get('person', id)) === undefined);
    expect(kinds()).toEqual(['record.created', 'record.updated', 'record.deleted', 'record.created', 'record.deleted']);
    expect(new Set(tenant.events.map(({ dedupeKey }) => dedupeKey)).size).toBe(5);
  });

  test('about our own writes announce nothing', async () => {
    await start();
    await tenant.stage(Array.from({ length: 60 }, (_, index) => person(index)));
    await tenant.drained();
    expect(await reader().get('person', reader().idFor('person', 'p7'))).toBeDefined();
    await waitFor('the echoes', () => world.door.seen.filter((one) => one.tenant === tenant.id).length >= 60);
    expect(kinds()).toEqual([]);
  });

  test('that are lost are made up for by the poll, deletions included', async () => {
    const gone = await tenant.api.createPerson({ name: { lastName: 'Gone' } });
    await start();
    world.faults().set({ kind: 'drop-webhooks' });
    const id = await tenant.api.createPerson(pat);
    await tenant.api.deletePerson(gone);
    await waitFor('the new record', () => reader().get('person', id));
    await waitFor('the deletion', async () => (await reader().get('person', gone)) === undefined);
    expect(kinds().toSorted()).toEqual(['record.created', 'record.deleted']);
  });

  test('about a restored record that are lost are made up for by the poll', async () => {
    const id = await tenant.api.createPerson(pat);
    await tenant.api.deletePerson(id);
    await start();
    world.faults().set({ kind: 'drop-webhooks' });
    await tenant.api.restorePerson(id);
    await waitFor('the restored record', async () => (await reader().findByPhone('+442079460001')).length === 1);
    expect(kinds()).toEqual(['record.created']);
  });

  test('about a destroyed record that are lost are made up for as the number does not fit', async () => {
    const id = await tenant.api.createPerson(pat);
    await start();
    world.faults().set({ kind: 'drop-webhooks' });
    await tenant.api.destroyPerson(id);
    await waitFor('the record to go', async () => (await reader().get('person', id)) === undefined);
    expect(kinds()).toEqual(['record.deleted']);
  });

  test('about a destroyed record leave nothing of the person behind', async () => {
    await start();
    const id = await tenant.api.createPerson(pat);
    await waitFor('the new record', () => reader().get('person', id));
    await tenant.api.destroyPerson(id);
    await waitFor('the destruction', async () => (await reader().get('person', id)) === undefined);
    const { rows } = await world.hub.pool.query<{ data: object }>('select data from crm_record where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain('Example');
  });

  test('about a destroyed record that are lost are made up for by the sweep', async () => {
    const id = await tenant.api.createPerson(pat);
    await start();
    // Nobody counts meanwhile.
    await world.hub.pool.query("update crm_sync set counted_at = now() + interval '1 day' where tenant_id = $1", [
      tenant.id,
    ]);
    world.faults().set({ kind: 'drop-webhooks' });
    await tenant.api.destroyPerson(id);
    await world.hub.pool.query("update crm_sync set swept_at = now() - interval '1 day' where tenant_id = $1", [
      tenant.id,
    ]);
    await waitFor('the record to go', async () => (await reader().get('person', id)) === undefined);
    expect(await reader().findByPhone('+442079460001')).toEqual([]);
  });
});

describe('the door for webhooks', () => {
  const body = async (): Promise<{ delivered: RawRequest; secret: string }> => {
    await start();
    // Twenty's worker needs a moment to notice a new webhook.
    await waitFor('the webhook', async () => {
      const answer = await fetch(`${world.url}/metadata`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tenant.workspace.apiKey}` },
        body: JSON.stringify({ query: '{webhooks{id}}' }),
      });
      return ((await answer.json()) as { data: { webhooks: unknown[] } }).data.webhooks.length === 1;
    });
    await tenant.api.createPerson(pat);
    const delivered = await waitFor(
      'a delivery',
      () => world.door.seen.find((one) => one.tenant === tenant.id)?.request,
    );
    const place = { tenantId: tenant.id, pluginId: 'crm', name: 'webhookSecrets' };
    return { delivered, secret: (await tenant.secrets.get(place)) ?? '' };
  };

  function sign(
    request: RawRequest,
    secret: string,
    change: { at?: number; nonce?: string; body?: Buffer } = {},
  ): RawRequest {
    const timestamp = String(change.at ?? Date.now());
    const payload = change.body ?? request.body;
    const headers = {
      ...request.headers,
      'x-twenty-webhook-timestamp': timestamp,
      'x-twenty-webhook-nonce': change.nonce ?? randomBytes(8).toString('hex'),
      'x-twenty-webhook-signature': createHmac('sha256', secret).update(`${timestamp}:`).update(payload).digest('hex'),
    };
    return { ...request, headers, body: payload };
  }

  test('opens only for what is signed, recent, new, and of this workspace', async () => {
    const { delivered, secret } = await body();
    const status = async (request: RawRequest, to = tenant.id) => (await tenant.crm.receiveWebhook(to, request)).status;
    const foreign = Buffer.from(
      delivered.body.toString().replace(tenant.workspace.workspaceId, reader().idFor('x', 'y')),
    );
    expect(await status(sign(delivered, secret))).toBe(200);
    expect(await status(delivered)).toBe(409);
    expect(await status(sign(delivered, 'wrong'))).toBe(401);
    expect(await status(sign(delivered, secret, { at: Date.now() - 6 * 60_000 }))).toBe(401);
    expect(await status({ ...sign(delivered, secret), body: Buffer.concat([delivered.body, Buffer.from(' ')]) })).toBe(
      401,
    );
    expect(await status({ ...delivered, headers: {} })).toBe(401);
    expect(await status(sign(delivered, secret, { body: foreign }))).toBe(401);
    expect(await status(sign(delivered, secret, { body: Buffer.from('{}') }))).toBe(400);
    expect(await status(sign(delivered, secret), 'nobody')).toBe(401);
    const other = await connectTenant(world);
    expect(await status(sign(delivered, secret), other.id)).toBe(401);
    await other.retire();
  });

  test('does not let an older state overwrite a newer one', async () => {
    const { delivered, secret } = await body();
    const event = JSON.parse(delivered.body.toString()) as {
      record: { id: string; updatedAt: string; jobTitle: string };
    };
    const { id } = event.record;
    await tenant.api.updatePerson(id, { jobTitle: 'new' });
    await waitFor('the new state', async () => (await reader().get('person', id))?.['jobTitle'] === 'new');
    const late = Buffer.from(JSON.stringify({ ...event, record: { ...event.record, jobTitle: 'old' } }));
    expect((await tenant.crm.receiveWebhook(tenant.id, sign(delivered, secret, { body: late }))).status).toBe(200);
    expect(await reader().get('person', id)).toMatchObject({ jobTitle: 'new' });
  });
});
