import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { createKeyring, createSecrets } from '../../secrets/index.ts';
import type { SecretPlace } from '../../secrets/index.ts';

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let place: SecretPlace;

const oldKey = randomBytes(32);
const newKey = randomBytes(48);
const withKeys = (...keys: Buffer[]) => createSecrets(hub.db, createKeyring(keys));

beforeAll(async () => {
  hub = await hubDatabase();
});
afterAll(() => hub.close());

beforeEach(async () => {
  await hub.pool.query('delete from tenant');
  place = { tenantId: await addTenant(), pluginId: 'threecx', name: 'apiKey' };
});

async function addTenant(): Promise<string> {
  const id = randomUUID();
  await hub.pool.query(
    `insert into tenant (id, slug, name, country, time_zone, locale) values ($1::uuid, $1::text, 'Acme', 'NL', 'UTC', 'nl')`,
    [id],
  );
  return id;
}

const storedText = async (): Promise<string> => JSON.stringify((await hub.pool.query('select * from secret')).rows);

test('gives back what was stored, whatever it is, and stores none of it in clear', async () => {
  const secrets = withKeys(oldKey);
  for (const value of ['hunter2', '', 'pässwörd \0 \u{1F511}', 'x'.repeat(100_000)]) {
    await secrets.set(place, value);
    expect(await secrets.get(place)).toBe(value);
  }
  await secrets.set(place, 'hunter2');
  expect(await storedText()).not.toContain('hunter2');
  expect(await storedText()).not.toContain(Buffer.from('hunter2').toString('base64url'));
});

test('the same value never looks the same twice', async () => {
  const secrets = withKeys(oldKey);
  await secrets.set(place, 'same');
  const first = await storedText();
  await secrets.set(place, 'same');
  expect(await storedText()).not.toBe(first);
});

test('lists names, gives all of one plugin, deletes one', async () => {
  const secrets = withKeys(oldKey);
  await secrets.set(place, 'a');
  await secrets.set({ ...place, name: 'another' }, 'b');
  await secrets.set({ ...place, pluginId: 'mail' }, 'c');
  expect(await secrets.names(place.tenantId, 'threecx')).toEqual(['another', 'apiKey']);
  expect(await secrets.getAll(place.tenantId, 'threecx')).toEqual({ apiKey: 'a', another: 'b' });
  await secrets.delete(place);
  expect(await secrets.get(place)).toBeUndefined();
  expect(await secrets.getAll(place.tenantId, 'mail')).toEqual({ apiKey: 'c' });
});

test('goes with its tenant', async () => {
  await withKeys(oldKey).set(place, 'a');
  await hub.pool.query('delete from tenant where id = $1', [place.tenantId]);
  expect(await storedText()).toBe('[]');
});

describe('a value that somebody changed or moved in the database does not open:', () => {
  test.each<[string, string]>([
    ['copied to another tenant', `update secret set tenant_id = (select id from tenant where id <> tenant_id)`],
    ['moved to another plugin', `update secret set plugin_id = 'mail'`],
    ['moved to another name', `update secret set name = 'webhookSecret'`],
    [
      'one letter changed',
      `update secret set sealed = overlay(sealed placing (case substr(sealed, 30, 1) when 'A' then 'B' else 'A' end) from 30 for 1)`,
    ],
    ['cut off', `update secret set sealed = left(sealed, -10)`],
    ['a shorter tag', `update secret set sealed = left(sealed, -16)`],
    ['nonsense', `update secret set sealed = 'hello'`],
  ])('%s', async (_how, statement) => {
    const secrets = withKeys(oldKey);
    const other = await addTenant();
    await secrets.set(place, 'hunter2');
    await hub.pool.query(statement);
    for (const tenantId of [place.tenantId, other]) {
      for (const pluginId of ['threecx', 'mail']) {
        for (const name of await secrets.names(tenantId, pluginId)) {
          await expect(secrets.get({ tenantId, pluginId, name })).rejects.toMatchObject({
            code: 'config',
            message: expect.stringMatching(/was changed or moved/),
            remedy: expect.stringContaining('Enter the secret again'),
          });
        }
      }
    }
    expect.assertions(1);
  });
});

describe('rotation of the master key', () => {
  test('old values open with the old key at hand, are encrypted anew, and then need the new one only', async () => {
    await withKeys(oldKey).set(place, 'first');
    await withKeys(oldKey).set({ ...place, name: 'second' }, 'second');
    const both = withKeys(newKey, oldKey);
    expect(await both.get(place)).toBe('first');
    await both.set(place, 'changed');
    expect(await withKeys(newKey).get(place)).toBe('changed');

    expect(await both.rotate()).toEqual({ rotated: 1, failed: [] });
    expect(await both.rotate()).toEqual({ rotated: 0, failed: [] });
    expect(await withKeys(newKey).getAll(place.tenantId, 'threecx')).toEqual({ apiKey: 'changed', second: 'second' });
  });

  test('what cannot be opened is named, kept as it is, and does not stop the rest', async () => {
    await withKeys(oldKey).set(place, 'good');
    const lost = { ...place, name: 'lost' };
    await withKeys(randomBytes(32)).set(lost, 'gone');
    expect(await withKeys(newKey, oldKey).rotate()).toEqual({ rotated: 1, failed: [lost] });
    expect(await withKeys(newKey).get(place)).toBe('good');
  });

  test('two processes that rotate at once do no harm', async () => {
    for (let n = 0; n < 20; n += 1) await withKeys(oldKey).set({ ...place, name: `n${n}` }, `value ${n}`);
    await Promise.all([withKeys(newKey, oldKey).rotate(), withKeys(newKey, oldKey).rotate()]);
    const values = await withKeys(newKey).getAll(place.tenantId, 'threecx');
    expect(Object.entries(values).every(([name, value]) => value === `value ${name.slice(1)}`)).toBe(true);
  });
});

describe('a wrong key', () => {
  test('is refused at start', async () => {
    await expect(withKeys(newKey).assertKeys()).resolves.toBeUndefined();
    await withKeys(oldKey).set(place, 'x');
    await expect(withKeys(newKey).assertKeys()).rejects.toMatchObject({
      field: 'HUB_KEY',
      remedy: expect.stringContaining('HUB_KEY_PREVIOUS'),
    });
    await expect(withKeys(newKey, oldKey).assertKeys()).resolves.toBeUndefined();
  });

  test('is named when a value is read', async () => {
    await withKeys(oldKey).set(place, 'x');
    await expect(withKeys(newKey).get(place)).rejects.toMatchObject({
      field: 'HUB_KEY',
      message: expect.stringContaining('another key'),
    });
  });

  test('that is too short, or none, is refused', () => {
    expect(() => createKeyring([randomBytes(31)])).toThrow(/shorter than 32 bytes/);
    expect(() => createKeyring([])).toThrow(/missing/);
  });
});
