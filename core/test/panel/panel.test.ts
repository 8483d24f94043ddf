import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PanelAnswer } from '@switchboard/crm/panel';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';

let hub: TestHub;
let admin: string;

const company = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1a01';
const other = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1a02';
const person = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1a03';
const location = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1a04';
const minute = (number: number): string => new Date(Date.UTC(2026, 10, 20, 9, number)).toISOString();

async function create(plural: string, type: string, data: readonly object[]): Promise<readonly { id: string }[]> {
  const query = `mutation Make($data: [${type}CreateInput!]!) { create${plural}(data: $data) { id } }`;
  return (await hub.crm.records(query, { data }))[`create${plural}`] as { id: string }[];
}

const ask = (path: string, token: string | undefined, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/panel/v1/records/${path}`, {
    headers: { origin: 'null', ...(token && { authorization: `Bearer ${token}` }), ...headers },
  });

async function panel(path: string, token = admin): Promise<PanelAnswer> {
  const response = await ask(path, token);
  expect(response.status).toBe(200);
  return (await response.json()) as PanelAnswer;
}

const callAt = (number: number, fields: object = {}) => ({
  name: `Call ${number}`,
  externalKey: `call-${number}`,
  direction: 'INBOUND',
  outcome: 'ANSWERED',
  startedAt: minute(number),
  durationSeconds: 60 + number,
  agentName: 'Robin Example',
  phoneNumber: '+442079460123',
  companyId: company,
  ...fields,
});

beforeAll(async () => {
  hub = await startTestHub();
  admin = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  await create('Companies', 'Company', [
    { id: company, name: 'Example Works' },
    { id: other, name: 'Other Works' },
  ]);
  await create('Locations', 'Location', [{ id: location, name: 'Head office', companyId: company }]);
  await create('People', 'Person', [
    { id: person, name: { firstName: 'Pat', lastName: 'Example' }, companyId: company },
  ]);
  const calls = await create('PhoneCalls', 'PhoneCall', [
    ...Array.from({ length: 12 }, (_, index) => callAt(index)),
    callAt(20, { personId: person, locationId: location, direction: 'OUTBOUND', outcome: 'NOT_ANSWERED' }),
    callAt(30, { companyId: other }),
  ]);
  await create('PhoneCalls', 'PhoneCall', [callAt(40, { mergedIntoId: calls[0]?.id })]);
  const due = (number: string, fields: object) => ({
    name: number,
    number,
    subject: `About ${number}`,
    companyId: company,
    ...fields,
  });
  await create('ServiceCases', 'ServiceCase', [
    due('C-1', { status: 'OPEN', priority: 'HIGH', resolveDueAt: minute(50), responseDueAt: minute(5) }),
    due('C-2', { status: 'NEW', resolveDueAt: minute(40), responseDueAt: minute(1), firstResponseAt: minute(0) }),
    due('C-3', { status: 'CLOSED' }),
    due('C-4', { status: 'WAITING_FOR_OTHERS' }),
    due('C-5', { status: 'OPEN', companyId: other, locationId: location }),
  ]);
  await waitFor('the mirror to hold the calls and cases', async () => {
    const counts = await Promise.all(
      ['phoneCall', 'serviceCase'].map((name) => hub.hub.crm.reader(hub.tenantId).count(name)),
    );
    return counts.join() === '15,5';
  });
}, 120_000);
afterAll(async () => await hub?.close());

describe('the lists', () => {
  test('hold the newest calls first, without merged parts, and tell that there are more', async () => {
    const { calls } = await panel(`company/${company}`);
    expect(calls?.items.map(({ startedAt }) => startedAt)).toEqual([20, 11, 10, 9, 8, 7, 6, 5, 4, 3].map(minute));
    expect(calls?.hasMore).toBe(true);
    expect(calls?.items[1]).toEqual({
      id: expect.any(String),
      direction: 'INBOUND',
      outcome: 'ANSWERED',
      startedAt: minute(11),
      durationSeconds: 71,
      agentName: 'Robin Example',
      phoneNumber: '+442079460123',
    });
  });

  test.each([
    ['person', person],
    ['location', location],
  ])('of a %s hold what belongs to it and nothing else', async (object, id) => {
    const { calls } = await panel(`${object}/${id}`);
    expect(calls).toMatchObject({ items: [{ startedAt: minute(20), outcome: 'NOT_ANSWERED' }], hasMore: false });
  });

  test('hold open cases, what is due first first: the response until there was one, then the solution', async () => {
    const { cases } = await panel(`company/${company}`);
    expect(cases?.items.map(({ number, dueAt }) => [number, dueAt])).toEqual([
      ['C-1', minute(5)],
      ['C-2', minute(40)],
      ['C-4', null],
    ]);
    expect(cases?.items[0]).toMatchObject({ subject: 'About C-1', status: 'OPEN', priority: 'HIGH' });
  });

  test('of a case hold the other open ones of its company, not the case itself', async () => {
    const [open] = (await panel(`company/${company}`)).cases?.items ?? [];
    const { cases } = await panel(`serviceCase/${open?.id}`);
    expect(cases?.items.map(({ number }) => number)).toEqual(['C-2', 'C-4']);
  });

  test('are empty for a record that the hub does not know yet', async () => {
    const { calls, cases } = await panel('person/0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1aff');
    expect([calls, cases]).toEqual([
      { items: [], hasMore: false },
      { items: [], hasMore: false },
    ]);
  });
});

describe('the state', () => {
  test('says that all is well, and of when the data is', async () => {
    await waitFor('a poll', async () =>
      (await panel(`company/${company}`)).health.every(({ state }) => state === 'ok'),
    );
    const { health, at } = await panel(`company/${company}`);
    expect(health).toEqual([
      { topic: 'connection', state: 'ok', code: 'connected' },
      { topic: 'copy', state: 'ok', code: 'fresh', at: expect.any(String) },
      { topic: 'writes', state: 'ok', code: 'sent' },
      { topic: 'refused', state: 'ok', code: 'none' },
    ]);
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
  });

  test('says that Twenty refused something', async () => {
    const write = { object: 'person', key: 'bad', fields: { jobTitle: 'Baker', companyId: minute(0) } };
    await hub.hub.database.db
      .transaction()
      .execute(async (transaction) => await hub.hub.crm.stage(transaction, hub.tenantId, [write]));
    await waitFor('a parked write', async () => (await hub.hub.crm.status(hub.tenantId)).outbox.parked === 1);
    const { health } = await panel(`company/${company}`);
    expect(health.at(-1)).toEqual({ topic: 'refused', state: 'warning', code: 'some', count: 1 });
  });
});

describe('the door', () => {
  test('is open to frames without an origin, for this header only, and keeps nothing in caches', async () => {
    const preflight = await fetch(`${hub.url}/panel/v1/records/person/${person}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'null',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('null');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
    const answer = await ask(`person/${person}`, admin);
    expect(answer.headers.get('access-control-allow-origin')).toBe('null');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('stays closed at the other doors of the hub', async () => {
    const answers = await Promise.all(
      ['/api/v1/tenants', '/healthz'].map((path) => fetch(`${hub.url}${path}`, { headers: { origin: 'null' } })),
    );
    expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([null, null]);
  });

  test.each([
    ['no token', undefined],
    ['no token of Twenty', 'not-a-token'],
  ])('refuses %s, readably for the frame', async (_what, token) => {
    const answer = await ask(`person/${person}`, token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('null');
  });

  test.each([
    ['workspaceMember/0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1aff', 'path.object'],
    ['person/all', 'path.id'],
    [`constructor/${person}`, 'path.object'],
  ])('knows no %s', async (path, field) => {
    const answer = await ask(path, admin);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { field } });
  });

  test('shows a member what his role may see', async () => {
    const login = { email: 'limited@example.com', password: 'password-2' };
    const roleLabel = 'Limited';
    const { createOneRole } = (await hub.crm.metadata(
      'mutation Role($input: CreateRoleInput!) { createOneRole(createRoleInput: $input) { id } }',
      { input: { label: roleLabel, canReadAllObjectRecords: true } },
    )) as { createOneRole: { id: string } };
    const { objects } = (await hub.crm.metadata(
      '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular fieldsList { id name } } } } }',
    )) as {
      objects: { edges: { node: { id: string; nameSingular: string; fieldsList: { id: string; name: string }[] } }[] };
    };
    const objectOf = (name: string) => objects.edges.find(({ node }) => node.nameSingular === name)?.node;
    const hide = (name: string) => ({ objectMetadataId: objectOf(name)?.id, canReadObjectRecords: false });
    await hub.crm.metadata(
      'mutation Hide($input: UpsertObjectPermissionsInput!) { upsertObjectPermissions(upsertObjectPermissionsInput: $input) { objectMetadataId } }',
      { input: { roleId: createOneRole.id, objectPermissions: [hide('serviceCase'), hide('location')] } },
    );
    const { workspaceId } = hub;
    await hub.twenty.createMember({ ...login, firstName: 'Lou', lastName: 'Example', workspaceId, roleLabel });
    const token = await frontComponentToken({ url: hub.twenty.url, ...login });
    const { calls, cases } = await panel(`company/${company}`, token);
    expect(calls?.items).toHaveLength(10);
    expect(cases).toBeNull();
    expect((await ask(`location/${location}`, token)).status).toBe(403);
  });
});

test('a stopped hub is told to the people in front of it', async () => {
  await hub.api('POST', `/tenants/${TEST_TENANT}/suspend`);
  const answer = await ask(`company/${company}`, admin);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { message: expect.stringContaining('does not serve') } });
});
