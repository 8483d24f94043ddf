import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { z } from 'zod';
import { createAuditLog } from '../../audit/index.ts';
import { secret } from '../../contract/config.ts';
import type { AnyPlugin } from '../../contract/plugin.ts';
import { createKeyring, createSecrets } from '../../secrets/index.ts';
import { createPluginSettings, createTenants } from '../../tenants/index.ts';
import type { PluginSettings, Tenants } from '../../tenants/index.ts';

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let tenants: Tenants;
let settings: PluginSettings;
let tenantId: string;

const plugin: AnyPlugin = {
  id: 'acme-phone',
  contract: 1,
  name: 'Acme phone',
  summary: 'Calls.',
  config: z.object({
    host: z.string().min(3).describe('The name of the phone system.'),
    lines: z.number().int().default(2).describe('How many lines it has.'),
    apiKey: secret('The key from its admin page.'),
    pin: secret('The optional pin.').optional(),
  }),
  check: async () => [],
};
const complete = { host: 'pbx.example.com', apiKey: 'hunter2' };

beforeAll(async () => {
  hub = await hubDatabase();
});
afterAll(() => hub.close());

const withKey = (key: Buffer) =>
  createPluginSettings({
    db: hub.db,
    secrets: createSecrets(hub.db, createKeyring([key])),
    audit: createAuditLog(hub.db),
  });

beforeEach(async () => {
  await hub.pool.query('delete from tenant');
  tenants = createTenants({ db: hub.db, audit: createAuditLog(hub.db) });
  settings = withKey(randomBytes(32));
  tenantId = (await tenants.create({ slug: 'acme', name: 'Acme', country: 'NL' }, 'cli')).id;
});

test('a plugin that nobody enabled is not loaded', async () => {
  expect(await settings.load(tenantId, plugin)).toBeUndefined();
  expect(await settings.list(tenantId)).toEqual([]);
});

test('enabling stores plain settings readable and secrets encrypted; loading gives both, with defaults', async () => {
  const shown = await settings.enable('acme', plugin, complete, 'cli');
  expect(shown).toMatchObject({ state: 'enabled', config: { host: 'pbx.example.com' }, secrets: ['apiKey'] });
  expect(await settings.load(tenantId, plugin)).toMatchObject({
    state: 'enabled',
    tenant: { slug: 'acme' },
    config: { host: 'pbx.example.com', lines: 2, apiKey: 'hunter2' },
  });
  const { rows } = await hub.pool.query('select * from plugin_setting, secret, audit_entry');
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('hunter2');
});

test('a change names only what changes; null takes a setting away', async () => {
  await settings.enable('acme', plugin, { ...complete, pin: '1234' }, 'cli');
  await settings.configure('acme', plugin, { lines: 5 }, 'cli');
  expect(await settings.load(tenantId, plugin)).toMatchObject({ config: { ...complete, pin: '1234', lines: 5 } });
  expect(await settings.configure('acme', plugin, { pin: null, lines: null }, 'cli')).toMatchObject({
    secrets: ['apiKey'],
  });
  expect((await settings.load(tenantId, plugin))?.config).toEqual({ ...complete, lines: 2 });
});

test('the audit log tells what changed from what to what, and of secrets only which', async () => {
  await settings.enable('acme', plugin, complete, 'cli');
  await settings.configure('acme', plugin, { host: 'new.example.com', apiKey: 'changed' }, 'api');
  const [entry] = await createAuditLog(hub.db).list({ tenantId });
  expect(entry).toMatchObject({
    actor: 'api',
    action: 'plugin.configure',
    subject: 'plugin/acme-phone',
    details: { settings: { host: { from: 'pbx.example.com', to: 'new.example.com' } }, secrets: ['apiKey'] },
  });
});

test('two who change different settings at once both get their way', async () => {
  await settings.enable('acme', plugin, complete, 'cli');
  await Promise.all([
    settings.configure('acme', plugin, { lines: 9 }, 'cli'),
    settings.configure('acme', plugin, { host: 'new.example.com' }, 'api'),
    settings.configure('acme', plugin, { pin: '9999' }, 'api'),
  ]);
  expect(await settings.load(tenantId, plugin)).toMatchObject({
    config: { host: 'new.example.com', lines: 9, pin: '9999' },
  });
});

describe('what is wrong is named with its remedy, and nothing changes:', () => {
  test.each<[string, string, object, RegExp]>([
    ['missing', 'config.host', { apiKey: 'hunter2' }, /"host".*is missing/],
    ['a missing secret', 'config.apiKey', { host: 'pbx.example.com' }, /"apiKey".*is missing/],
    ['an empty secret', 'config.apiKey', { host: 'pbx.example.com', apiKey: '' }, /must not be empty/],
    ['of the wrong type', 'config.lines', { ...complete, lines: 'hunter2' }, /"lines".*is wrong/],
    ['unknown', 'config.hots', { ...complete, hots: 'x' }, /has no setting "hots"/],
    ['unknown, by a name every object has', 'config.constructor', { ...complete, constructor: 'x' }, /has no setting/],
    ['unstorable', 'config.host', { ...complete, host: 'pbx\0' }, /no text/],
  ])('%s', async (_what, field, changes, message) => {
    await expect(settings.enable('acme', plugin, changes as Record<string, unknown>, 'cli')).rejects.toMatchObject({
      code: 'config',
      field,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/\S/),
    });
    await settings.enable('acme', plugin, changes as Record<string, unknown>, 'cli').catch((error: unknown) => {
      expect(JSON.stringify([String(error), error])).not.toContain('hunter2');
    });
    expect(await settings.list(tenantId)).toEqual([]);
  });

  test('an unknown tenant', async () => {
    await expect(settings.enable('nobody', plugin, complete, 'cli')).rejects.toMatchObject({
      code: 'not-found',
      field: 'tenant',
    });
  });
});

describe('states', () => {
  test('a paused plugin keeps its settings and its events, shows its reason, and goes on when enabled again', async () => {
    await settings.enable('acme', plugin, complete, 'cli');
    await settings.pause('acme', plugin.id, 'The key was refused.', 'system');
    await settings.pause('acme', plugin.id, 'The key was refused.', 'system');
    expect(await settings.find(tenantId, plugin.id)).toMatchObject({
      state: 'paused',
      pauseReason: 'The key was refused.',
    });
    expect(await settings.load(tenantId, plugin)).toMatchObject({ state: 'paused' });
    expect(await settings.active(tenantId)).toEqual(new Set([plugin.id]));
    await settings.configure('acme', plugin, { lines: 3 }, 'cli');
    expect(await settings.find(tenantId, plugin.id)).toMatchObject({ state: 'paused' });
    expect(await settings.enable('acme', plugin, {}, 'cli')).toMatchObject({
      state: 'enabled',
      pauseReason: undefined,
    });
    expect(await createAuditLog(hub.db).list({ tenantId, action: 'plugin.pause' })).toHaveLength(1);
  });

  test('a disabled plugin is not loaded, keeps its secrets, and needs no settings to be enabled again', async () => {
    await settings.enable('acme', plugin, complete, 'cli');
    await settings.disable('acme', plugin.id, 'cli');
    await settings.disable('acme', plugin.id, 'cli');
    expect(await settings.load(tenantId, plugin)).toBeUndefined();
    expect(await settings.active(tenantId)).toEqual(new Set());
    expect(await settings.enable('acme', plugin, {}, 'cli')).toMatchObject({ state: 'enabled', secrets: ['apiKey'] });
    expect(await createAuditLog(hub.db).list({ tenantId, action: 'plugin.disable' })).toHaveLength(1);
  });

  test('what is not enabled cannot be paused', async () => {
    await expect(settings.pause('acme', plugin.id, 'why', 'system')).rejects.toMatchObject({ code: 'conflict' });
    expect(await settings.list(tenantId)).toEqual([]);
  });

  test('nothing of a suspended tenant is loaded', async () => {
    await settings.enable('acme', plugin, complete, 'cli');
    await tenants.suspend('acme', 'cli');
    expect(await settings.load(tenantId, plugin)).toBeUndefined();
    await tenants.resume('acme', 'cli');
    expect(await settings.load(tenantId, plugin)).toMatchObject({ state: 'enabled' });
  });
});

test('after the master key was lost, entering the secret again is enough', async () => {
  await settings.enable('acme', plugin, complete, 'cli');
  const later = withKey(randomBytes(32));
  await expect(later.load(tenantId, plugin)).rejects.toMatchObject({ field: 'HUB_KEY' });
  await later.enable('acme', plugin, { apiKey: 'entered again' }, 'cli');
  expect(await later.load(tenantId, plugin)).toMatchObject({
    config: { host: 'pbx.example.com', apiKey: 'entered again' },
  });
});

test('a setting that a newer version of the plugin dropped does not stand in the way', async () => {
  await settings.enable('acme', plugin, { ...complete, lines: 4 }, 'cli');
  const newer: AnyPlugin = { ...plugin, config: plugin.config.omit({ lines: true }) };
  expect((await settings.load(tenantId, newer))?.config).toEqual(complete);
  expect((await settings.configure('acme', newer, { host: 'new.example.com' }, 'cli')).config).toEqual({
    host: 'new.example.com',
  });
});
