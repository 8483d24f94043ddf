import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import type { SharedTokens } from '../../contract/index.ts';
import { createSharedTokens } from '../../host/shared-tokens.ts';
import { createKeyring, createSecrets } from '../../secrets/index.ts';

/** A vendor that allows one token at a time. */
let hub: Awaited<ReturnType<typeof hubDatabase>>;
let tenantId: string;
let now: number;
let issued: number;

const hourMs = 3_600_000;
const key = randomBytes(32);

beforeAll(async () => {
  hub = await hubDatabase();
});
afterAll(() => hub.close());

beforeEach(async () => {
  tenantId = randomUUID();
  now = Date.parse('2026-11-22T10:00:00Z');
  issued = 0;
  await hub.pool.query(
    `insert into tenant (id, slug, name, country, time_zone, locale) values ($1::uuid, $1::text, 'Acme', 'NL', 'UTC', 'nl')`,
    [tenantId],
  );
});

/** One process of the hub. */
function openProcess(pluginId = 'threecx'): SharedTokens {
  const secrets = createSecrets(hub.db, createKeyring([key]));
  return createSharedTokens({ db: hub.db, secrets, clock: { now: () => now }, tenantId, pluginId });
}

const issue = async () => {
  issued += 1;
  return { token: `secret-token-${issued}`, expiresAt: new Date(now + hourMs) };
};

test('all processes use one token, however many ask at once', async () => {
  const processes = Array.from({ length: 4 }, () => openProcess());
  const asked = processes.flatMap((tokens) => [1, 2, 3].map(() => tokens.use({ name: 'live', issue })));
  const given = await Promise.all(asked);
  expect(new Set(given.map(({ token }) => token))).toEqual(new Set(['secret-token-1']));
  expect(issued).toBe(1);
});

test('a refused token is replaced once, for everybody who was refused', async () => {
  const processes = Array.from({ length: 4 }, () => openProcess());
  const { token: refused } = await processes[0]!.use({ name: 'live', issue });
  const given = await Promise.all(processes.map((tokens) => tokens.use({ name: 'live', issue, refused })));
  expect(given.map(({ token }) => token)).toEqual(Array(4).fill('secret-token-2'));
  expect(issued).toBe(2);
});

test('a token that is about to expire is replaced before it does', async () => {
  const tokens = openProcess();
  await tokens.use({ name: 'live', issue });
  now += hourMs - 30_000;
  expect((await tokens.use({ name: 'live', issue })).token).toBe('secret-token-2');
});

test('a failure to get a token stores nothing and is not remembered', async () => {
  const tokens = openProcess();
  const failing = async () => Promise.reject(new Error('the PBX is down'));
  await expect(tokens.use({ name: 'live', issue: failing })).rejects.toThrow('the PBX is down');
  expect((await tokens.use({ name: 'live', issue })).token).toBe('secret-token-1');
});

test('tokens are apart by name and plugin, and are not readable in the database', async () => {
  const [one, other] = [openProcess('threecx'), openProcess('mail')];
  await one.use({ name: 'live', issue });
  await one.use({ name: 'sync', issue });
  await other.use({ name: 'live', issue });
  expect(issued).toBe(3);
  const { rows } = await hub.pool.query('select * from secret');
  expect(JSON.stringify(rows)).not.toContain('secret-token');
});
