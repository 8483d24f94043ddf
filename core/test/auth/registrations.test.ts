import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { pino } from 'pino';
import { createRegistrations } from '../../auth/registrations.ts';
import { createKeyring, createSecrets, type Secrets } from '../../secrets/index.ts';

const twenty = 'https://crm.example.com';
const back = 'https://hub.example.com/auth/callback';
const most = 40;

let hub: Awaited<ReturnType<typeof hubDatabase>>;
let secrets: Secrets;
let tenantId: string;

beforeAll(async () => {
  hub = await hubDatabase();
  secrets = createSecrets(hub.db, createKeyring([randomBytes(32)]));
}, 120_000);
afterAll(() => hub.close());
beforeEach(async () => {
  tenantId = randomUUID();
  await hub.pool.query(
    `insert into tenant (id, slug, name, country, time_zone, locale) values ($1::uuid, left($1::text, 8), 'Acme', 'NL', 'UTC', 'nl')`,
    [tenantId],
  );
});

/** A Twenty that answers when it is told to. @param askers `asked` is when so many questions wait there */
function slowTwenty(askers = 1) {
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let waiting = 0;
  const made: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, { method } = {}) => {
    waiting += 1;
    if (waiting === askers) asked.resolve();
    await gate.promise;
    if (method !== 'POST')
      return new Response('', { status: made.some((id) => new Request(url).url.endsWith(id)) ? 200 : 404 });
    const clientId = randomUUID();
    made.push(clientId);
    return Response.json({ client_id: clientId }, { status: 201 });
  };
  return { fetch, made, asked: asked.promise, answer: gate.resolve };
}

/** As one process of the hub has it. */
const openProcess = (fetch: typeof globalThis.fetch) =>
  createRegistrations({
    db: hub.db,
    secrets,
    connections: { open: async () => ({ url: twenty, apiKey: 'key', workspaceId: randomUUID() }) as never },
    fetch,
    log: pino({ level: 'silent' }),
  });

test('many clicks while Twenty does not answer leave the database to everybody else, and register once', async () => {
  const { fetch, made, asked, answer } = slowTwenty();
  const { get } = openProcess(fetch);
  const clicks = Array.from({ length: most }, () => get(tenantId, back));
  await asked;
  // More than the pool has connections: with one of them held for each click, this would wait for Twenty.
  const others = Array.from({ length: most }, () => hub.pool.query('select 1'));
  expect(await Promise.all(others)).toHaveLength(most);
  answer();
  const clients = new Set((await Promise.all(clicks)).map(({ clientId }) => clientId));
  expect([...clients]).toEqual(made);
  expect(made).toHaveLength(1);
});

test('of two processes that register at once, both go on with the client of one', async () => {
  const { fetch, made, asked, answer } = slowTwenty(2);
  // Known here, forgotten there: both have to register anew.
  const forgotten = randomUUID();
  const place = { tenantId, pluginId: 'auth', name: 'client' };
  await secrets.set(place, JSON.stringify({ clientId: forgotten, url: twenty, redirectUri: back }));
  const both = [openProcess(fetch), openProcess(fetch)].map(({ get }) => get(tenantId, back));
  await asked;
  answer();
  const [one, other] = await Promise.all(both);
  expect(one?.clientId).toBe(other?.clientId);
  expect(made).toContain(one?.clientId);
  expect(JSON.parse(String(await secrets.get(place)))).toMatchObject({ clientId: one?.clientId });
});
