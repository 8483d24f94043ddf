import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { type ConnectingStore, createConnectingStore } from '../../admin/connecting.ts';
import { type CheckLine, UpstreamError } from '../../contract/index.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;
let store: ConnectingStore;

beforeAll(async () => {
  database = await hubDatabase();
  store = createConnectingStore(database.db);
});
afterAll(async () => await database.close());

async function newTenant(): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into tenant (id, slug, name, country, time_zone, locale)
    values (${id}, ${id.slice(0, 8)}, 'Acme', 'NL', 'Europe/Amsterdam', 'nl')
  `.execute(database.db);
  return id;
}

const line = (name: string, state: CheckLine['state'], detail = 'seen'): CheckLine => ({ name, state, detail });

async function states(tenantId: string) {
  const now = await store.read(tenantId);
  return { attempt: now?.state, ...Object.fromEntries((now?.steps ?? []).map(({ step, state }) => [step, state])) };
}

test('an attempt is read step by step, and what is found later stands instead of what was found before', async () => {
  const tenant = await newTenant();
  expect(await store.read(tenant)).toBeUndefined();
  const noting = await store.start(tenant);
  await noting.begin('server');
  expect(await states(tenant)).toMatchObject({ attempt: 'under-way', server: 'under-way', key: 'waiting' });
  await noting.found([line('Twenty', 'ok'), line('Limits', 'ok')]);
  await noting.begin('key');
  await noting.found([line('API key', 'ok'), line('Permissions', 'warning', 'first')]);
  await noting.found([line('Permissions', 'ok', 'then')]);
  await noting.end();
  expect(await states(tenant)).toMatchObject({ attempt: 'ended', server: 'ok', key: 'ok', app: 'waiting' });
  const key = (await store.read(tenant))?.steps.find(({ step }) => step === 'key');
  expect(key?.lines.map(({ detail }) => detail)).toEqual(['seen', 'then']);
});

test('what ends it before its time is told at the step, with its remedy and without what only the log may hold', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const noting = await store.start(one);
  await noting.begin('app');
  await noting.end(new UpstreamError('Twenty went away', { remedy: 'Start it.' }));
  expect(await states(one)).toMatchObject({ attempt: 'ended', app: 'failed', webhooks: 'waiting' });
  const app = (await store.read(one))?.steps.find(({ step }) => step === 'app');
  expect(app?.lines).toEqual([expect.objectContaining({ detail: 'Twenty went away', remedy: 'Start it.' })]);

  const second = await store.start(other);
  await second.begin('app');
  await second.end(new Error('relation "secret" does not exist'));
  expect(JSON.stringify(await store.read(other))).not.toContain('relation');
});

test('an attempt whose process died is told as interrupted, and the next one begins anew', async () => {
  const tenant = await newTenant();
  const dead = await store.start(tenant);
  await dead.begin('app');
  await sql`update crm_connecting set beat_at = now() - interval '1 minute' where tenant_id = ${tenant}`.execute(
    database.db,
  );
  expect(await states(tenant)).toMatchObject({ attempt: 'interrupted', app: 'under-way' });

  const next = await store.start(tenant);
  await next.begin('server');
  // The one before was not dead after all: it says nothing any more.
  await dead.found([line('Switchboard app', 'failed')]);
  await dead.end();
  expect(await states(tenant)).toMatchObject({ attempt: 'under-way', server: 'under-way', app: 'waiting' });
  await next.end();
});
