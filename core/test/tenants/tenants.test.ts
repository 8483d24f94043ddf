import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hubDatabase, waitFor } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import { createKeyring, createSecrets } from '../../secrets/index.ts';
import { createCrmConnections, createTenants, tenantChannel } from '../../tenants/index.ts';
import type { CrmConnections, Tenants } from '../../tenants/index.ts';

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let tenants: Tenants;
let connections: CrmConnections;

const acme = { slug: 'acme', name: 'Acme', country: 'NL', timeZone: 'Europe/Amsterdam', locale: 'nl' };

beforeAll(async () => {
  hub = await hubDatabase();
});
afterAll(() => hub.close());

beforeEach(async () => {
  await hub.pool.query('delete from tenant');
  const audit = createAuditLog(hub.db);
  const secrets = createSecrets(hub.db, createKeyring([randomBytes(32)]));
  tenants = createTenants({ db: hub.db, audit });
  connections = createCrmConnections({ db: hub.db, secrets, audit });
});

const auditActions = async (tenantId: string) =>
  (await createAuditLog(hub.db).list({ tenantId })).map(({ action, actor }) => `${actor} ${action}`);

test('a tenant is created once and found by slug and by id', async () => {
  const created = await tenants.create(acme, 'cli');
  expect(created).toMatchObject({ ...acme, state: 'active', crmUrl: undefined });
  expect(await tenants.get('acme')).toEqual(created);
  expect(await tenants.get(created.id)).toEqual(created);
  await expect(tenants.create({ ...acme, name: 'Other' }, 'cli')).rejects.toMatchObject({
    code: 'conflict',
    field: 'slug',
  });
  expect(await tenants.list()).toEqual([created]);
});

test('of two who create the same tenant at once, one succeeds and the other is told', async () => {
  const results = await Promise.allSettled([tenants.create(acme, 'cli'), tenants.create(acme, 'api')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict', field: 'slug' });
});

test('time zone and language have defaults; country and language are brought into their usual form', async () => {
  const created = await tenants.create({ slug: 'a', name: ' Example ', country: 'gb', locale: 'EN-gb' }, 'cli');
  expect(created).toMatchObject({ name: 'Example', country: 'GB', timeZone: 'UTC', locale: 'en-GB' });
});

test.each<[string, object]>([
  ['slug', { slug: 'Acme BV' }],
  ['slug', { slug: '' }],
  ['slug', { slug: '-acme' }],
  ['slug', { slug: 'a'.repeat(33) }],
  ['name', { name: '   ' }],
  ['name', { name: 'A\0B' }],
  ['name', { name: 7 }],
  ['country', { country: 'Nederland' }],
  ['country', { country: 'XX' }],
  ['timeZone', { timeZone: 'Amsterdam' }],
  ['timeZone', { timeZone: '+02:00' }],
  ['locale', { locale: 'dutch language' }],
  ['defaultCountry', { defaultCountry: 'NL' }],
])('a wrong %s is named, and nothing is stored: %j', async (field, wrong) => {
  const attempt = tenants.create({ ...acme, ...wrong }, 'cli');
  await expect(attempt).rejects.toMatchObject({
    code: 'payload',
    field,
    message: expect.stringContaining(`"${field}"`),
  });
  expect(await tenants.list()).toEqual([]);
});

test.each(['nobody', '', 'a\0b', "' or 1=1 --", '00000000-0000-4000-8000-000000000000'])(
  'the unknown tenant %j is named',
  async (slug) => {
    await expect(tenants.get(slug)).rejects.toMatchObject({
      code: 'not-found',
      field: 'tenant',
      message: expect.stringContaining(slug),
    });
    expect(await tenants.find(slug)).toBeUndefined();
  },
);

test('changes only what is named, and never the slug', async () => {
  await tenants.create(acme, 'cli');
  expect(await tenants.update('acme', { country: 'BE' }, 'cli')).toMatchObject({ ...acme, country: 'BE' });
  await expect(tenants.update('acme', { slug: 'other' } as object, 'cli')).rejects.toMatchObject({ field: 'slug' });
});

test('is suspended and resumed; doing it twice changes and logs nothing more', async () => {
  const { id } = await tenants.create(acme, 'cli');
  expect(await tenants.suspend('acme', 'operator')).toMatchObject({ state: 'suspended' });
  expect(await tenants.suspend('acme', 'operator')).toMatchObject({ state: 'suspended' });
  expect(await tenants.resume('acme', 'operator')).toMatchObject({ state: 'active' });
  expect(await auditActions(id)).toEqual(['operator tenant.resume', 'operator tenant.suspend', 'cli tenant.create']);
});

test('is deleted only when its slug is given once more; its audit log stays', async () => {
  const { id } = await tenants.create(acme, 'cli');
  await connections.connect('acme', { url: 'https://crm.example.com', apiKey: 'hunter2' }, 'cli');
  await expect(tenants.delete('acme', 'yes', 'cli')).rejects.toMatchObject({
    field: 'confirm',
    remedy: expect.stringContaining('"acme"'),
  });
  await tenants.delete(id, 'acme', 'cli');
  expect(await tenants.find('acme')).toBeUndefined();
  expect((await hub.pool.query('select 1 from secret')).rowCount).toBe(0);
  expect(await auditActions(id)).toEqual(['cli tenant.delete', 'cli crm.connect', 'cli tenant.create']);
});

test('every change is announced to the other processes once it is committed', async () => {
  const heard: string[] = [];
  await hub.listen(tenantChannel, (tenantId) => heard.push(tenantId));
  const { id } = await tenants.create(acme, 'cli');
  await expect(tenants.create(acme, 'cli')).rejects.toThrow('already a tenant');
  await tenants.update('acme', { name: 'New' }, 'cli');
  await connections.connect('acme', { url: 'https://crm.example.com', apiKey: 'x' }, 'cli');
  await waitFor('three announcements', () => heard.filter((one) => one === id).length === 3);
});

describe('the connection to Twenty', () => {
  const address = { url: 'https://crm.example.com/', apiKey: 'hunter2' };
  const workspaceId = '6a2b1c9e-3b7a-4c8e-9d10-2f5c7e1a0b44';

  beforeEach(() => tenants.create(acme, 'cli'));

  test('is kept with its key encrypted, and shown without it', async () => {
    const connection = await connections.connect('acme', address, 'cli');
    expect(connection).toMatchObject({ url: 'https://crm.example.com', workspaceId: undefined, checkedAt: undefined });
    expect(JSON.stringify(connection)).not.toContain('hunter2');
    expect(await connections.open(connection.tenantId)).toMatchObject({ apiKey: 'hunter2' });
    expect(await tenants.get('acme')).toMatchObject({ crmUrl: 'https://crm.example.com' });
    const { rows } = await hub.pool.query('select * from audit_entry, secret, crm_connection');
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  test('remembers what a check found; a new key keeps it, a new address must be checked again', async () => {
    const { tenantId } = await connections.connect('acme', address, 'cli');
    await connections.recordCheck(tenantId, { workspaceId, serverVersion: '2.21.0' });
    await connections.connect('acme', { ...address, apiKey: 'other' }, 'cli');
    expect(await connections.open(tenantId)).toMatchObject({ workspaceId, serverVersion: '2.21.0', apiKey: 'other' });
    expect(await connections.connect('acme', { ...address, url: 'https://new.example.com' }, 'cli')).toMatchObject({
      workspaceId,
      serverVersion: undefined,
      checkedAt: undefined,
    });
  });

  test('a key of another workspace is refused, because records would land in the wrong one', async () => {
    const { tenantId } = await connections.connect('acme', address, 'cli');
    await connections.recordCheck(tenantId, { workspaceId, serverVersion: '2.21.0' });
    const other = { workspaceId: workspaceId.replace('6a', '7b'), serverVersion: '2.21.0' };
    await expect(connections.recordCheck(tenantId, other)).rejects.toMatchObject({ field: 'crm.apiKey' });
    expect(await connections.find(tenantId)).toMatchObject({ workspaceId });
  });

  test('a tenant without one is told how to connect', async () => {
    const { id } = await tenants.get('acme');
    expect(await connections.find(id)).toBeUndefined();
    await expect(connections.open(id)).rejects.toMatchObject({
      code: 'config',
      remedy: expect.stringContaining('tenant connect'),
    });
    await expect(connections.recordCheck(id, { workspaceId, serverVersion: '2.21.0' })).rejects.toMatchObject({
      code: 'config',
    });
  });

  test.each<[string, object]>([
    ['url', { url: 'crm.example.com' }],
    ['url', { url: 'ftp://crm.example.com' }],
    ['url', { url: 'https://crm.example.com/graphql' }],
    ['url', { url: 'https://user:hunter2@crm.example.com' }],
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: 'hunter2 with blanks' }],
    ['key', { key: 'hunter2' }],
  ])('a wrong %s is named, without its value', async (field, wrong) => {
    const attempt = connections.connect('acme', { ...address, ...wrong }, 'cli');
    await expect(attempt).rejects.toMatchObject({
      code: 'payload',
      field,
      message: expect.not.stringContaining('hunter2'),
    });
  });
});
