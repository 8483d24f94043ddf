import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Chosen } from '../../malfunctions/chosen.ts';
import type { MoveResult } from '../../malfunctions/move.ts';
import { type Agent, type Desk, openDesk } from '../desk.ts';

/** What the commands on selected records ask and do, with the member's own token: nothing that the role could not do in Twenty. */

let desk: Desk;
let agent: Agent;
let reader: Agent;
const ids: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk({ isEnabled: false });
  await desk.hub.crm.metadata('mutation R($i: CreateRoleInput!) { createOneRole(createRoleInput: $i) { id } }', {
    i: { label: 'Reader', canReadAllObjectRecords: true, canUpdateAllObjectRecords: false, canBeAssignedToUsers: true },
  });
  agent = await desk.join('Alex', 'Agent');
  reader = await desk.join('Toni', 'Reader');
  ids['tower'] = await desk.create('location', { name: 'Tower' });
  const fault = { status: 'REPORTED', severity: 'MINOR', openedAt: new Date().toISOString() };
  ids['lifts'] = await desk.create('malfunction', {
    ...fault,
    name: 'M-000001',
    number: 'M-000001',
    title: 'Lifts',
    locationId: ids['tower'],
  });
  ids['doors'] = await desk.create('malfunction', { ...fault, name: 'M-000002', number: 'M-000002', title: 'Doors' });
  const open = { status: 'OPEN', openedAt: new Date().toISOString() };
  ids['first'] = await desk.create('serviceCase', {
    ...open,
    number: 'C-000001',
    subject: 'Lift one',
    malfunctionId: ids['lifts'],
    locationId: ids['tower'],
  });
  ids['second'] = await desk.create('serviceCase', {
    ...open,
    number: 'C-000002',
    subject: 'Door',
    malfunctionId: ids['doors'],
  });
  ids['third'] = await desk.create('serviceCase', {
    ...open,
    number: 'C-000003',
    subject: 'Lift two',
    locationId: ids['tower'],
  });
  await desk.hub.hub.admin.plugins.enable(TEST_TENANT, 'service-desk', {}, 'test');
  const hasFolders = async () => {
    const { body } = await agent.get(
      `/malfunctions/chosen?object=serviceCase&ids=${listed(['first', 'second', 'third'])}`,
    );
    const { members = [] } = body as unknown as Partial<Chosen>;
    return members.length === 3 && members.filter(({ folder }) => folder !== null).length === 2;
  };
  await waitFor('the mirror', hasFolders, 120_000);
}, 240_000);
afterAll(async () => await desk.close());

const listed = (names: readonly string[]) => names.map((name) => ids[name]).join();

async function chosen(by: Agent, names: readonly string[]): Promise<Chosen & { readonly workspace: string }> {
  const { body } = await by.get(`/malfunctions/chosen?object=serviceCase&ids=${listed(names)}`);
  return body as unknown as Chosen & { readonly workspace: string };
}

async function take(names: readonly string[]): Promise<readonly MoveResult[]> {
  const members = names.map((name) => ({ object: 'serviceCase', id: ids[name] }));
  const { status, body } = await agent.post('/malfunctions/take', { members });
  expect(status).toBe(200);
  return (body as unknown as { results: readonly MoveResult[] }).results;
}

const folders = async (names: readonly string[]) =>
  (await chosen(agent, names)).members.map(({ number, folder }) => [number, folder?.title ?? null]);

test('chosen cases are shown with the malfunctions that they are in, in the order in which they were chosen', async () => {
  expect(await folders(['third', 'first', 'second'])).toEqual([
    ['C-000003', null],
    ['C-000001', 'Lifts'],
    ['C-000002', 'Doors'],
  ]);
  expect((await chosen(agent, ['first'])).workspace).toBe(TEST_TENANT);
});

test('a malfunction is suggested for what is not in it, as likely as without what is', async () => {
  const suggested = async (names: readonly string[]) =>
    (await chosen(agent, names)).suggestions.map(({ number, score }) => [number, score.toFixed(2)]);
  const [lifts] = await suggested(['third']);
  expect(lifts?.[0]).toBe('M-000001');
  expect((await suggested(['first', 'third']))[0]).toEqual(lifts);
  expect((await suggested(['first'])).map(([number]) => number)).not.toContain('M-000001');
});

test('what is not there is left out, and more than a hundred are refused', async () => {
  ids['gone'] = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1b99';
  expect(await folders(['gone', 'first'])).toEqual([['C-000001', 'Lifts']]);
  const { status } = await agent.get(
    `/malfunctions/chosen?object=serviceCase&ids=${Array(101).fill(ids['first']).join()}`,
  );
  expect(status).toBe(400);
});

test('each is taken out of the malfunction that it is in; the others are told apart, and again changes nothing', async () => {
  const results = await take(['first', 'second', 'third', 'gone']);
  const byId = new Map(results.map(({ id, result, from }) => [id, [result, from]]));
  expect(byId.get(ids['first'] ?? '')).toEqual(['taken-out', ids['lifts']]);
  expect(byId.get(ids['second'] ?? '')).toEqual(['taken-out', ids['doors']]);
  expect(byId.get(ids['third'] ?? '')).toEqual(['not-in-it', null]);
  expect(byId.get(ids['gone'] ?? '')?.[0]).toBe('not-found');
  expect(await folders(['first', 'second'])).toEqual([
    ['C-000001', null],
    ['C-000002', null],
  ]);
  expect((await take(['first'])).map(({ result }) => result)).toEqual(['not-in-it']);
  await waitFor('Twenty', async () => {
    const record = await desk.find('serviceCase', 'malfunctionId', ids['first'] ?? '');
    return record?.['malfunctionId'] === null;
  });
});

test('the journal of a malfunction tells what was taken out of it', async () => {
  const { body } = await agent.get(`/journal?object=malfunction&id=${ids['lifts']}`);
  expect(body['entries']).toMatchObject([{ kind: 'UNLINKED', actor: 'Alex Example' }]);
});

test('who may not change cases takes none out, puts none in and merges none', async () => {
  const members = [{ object: 'serviceCase', id: ids['third'] }];
  expect((await reader.post('/malfunctions/take', { members })).status).toBe(403);
  expect((await reader.post('/malfunctions/put', { folderId: ids['lifts'], members })).status).toBe(403);
  const merging = { requestId: 'click', caseId: ids['third'], intoId: ids['first'] };
  expect((await reader.post('/cases/merge', merging)).status).toBe(403);
  expect(await folders(['third'])).toEqual([['C-000003', null]]);
});

test('a case of another tenant is not there', async () => {
  const { admin, database } = desk.hub.hub;
  await admin.tenants.create({ slug: 'north', name: 'North', country: 'DE', timeZone: 'Europe/Berlin' }, 'test');
  const { id } = await admin.tenants.get('north');
  ids['foreign'] = '0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c1b98';
  const asked = { was: [null], at: new Date().toISOString() };
  const pending = { subject: { value: 'Theirs', ...asked }, malfunctionId: { value: ids['lifts'], ...asked } };
  await database.pool.query(`insert into service_desk_case (tenant_id, case_id, pending) values ($1, $2, $3)`, [
    id,
    ids['foreign'],
    pending,
  ]);
  expect(await folders(['foreign'])).toEqual([]);
  expect((await take(['foreign'])).map(({ result }) => result)).toEqual(['not-found']);
});
