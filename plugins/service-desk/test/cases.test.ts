import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { type Agent, type Desk, openDesk } from './desk.ts';

/** The doors of the desk with a real hub and the stand-in of Twenty: what two hands at once, strangers and nonsense do to them. */

let desk: Desk;
let robin: Agent;
let sam: Agent;
let reader: Agent;
let clerk: Agent;
let company: string;

beforeAll(async () => {
  // All of it is there before the copy is made, so that nothing has to be heard of afterwards.
  desk = await openDesk({ isEnabled: false });
  await desk.hub.crm.metadata('mutation R($i: CreateRoleInput!) { createOneRole(createRoleInput: $i) { id } }', {
    i: { label: 'Reader', canReadAllObjectRecords: true, canUpdateAllObjectRecords: false, canBeAssignedToUsers: true },
  });
  await makeClerk();
  clerk = await desk.join('Kim', 'Clerk');
  robin = await desk.join('Robin', 'Agent');
  sam = await desk.join('Sam', 'Agent');
  reader = await desk.join('Toni', 'Reader');
  await desk.hub.hub.admin.auth.roster.refresh(desk.hub.tenantId, AbortSignal.timeout(20_000));
  company = await desk.create('company', { name: 'Example BV' });
  await desk.hub.hub.admin.plugins.enable(TEST_TENANT, 'service-desk', {}, 'test');
  await waitFor(
    'the roles and the company to be known',
    async () => {
      const { body } = await robin.get('/desk');
      return (body['may'] as { openCases: boolean } | undefined)?.openCases && (await found('company', 'Example')) > 0;
    },
    60_000,
  );
}, 120_000);
afterAll(async () => await desk?.close());

/** A role that may change cases, but not see their priority and not write of what kind they are. */
async function makeClerk(): Promise<void> {
  const { metadata } = desk.hub.crm;
  const { createOneRole } = (await metadata(
    'mutation R($i: CreateRoleInput!) { createOneRole(createRoleInput: $i) { id } }',
    {
      i: { label: 'Clerk', canReadAllObjectRecords: true, canUpdateAllObjectRecords: true, canBeAssignedToUsers: true },
    },
  )) as { createOneRole: { id: string } };
  const { objects } = (await metadata(
    '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular fieldsList { id name } } } } }',
  )) as {
    objects: { edges: { node: { id: string; nameSingular: string; fieldsList: { id: string; name: string }[] } }[] };
  };
  const cases = objects.edges.find(({ node }) => node.nameSingular === 'serviceCase')?.node;
  const of = (name: string, rights: object) => ({
    objectMetadataId: cases?.id,
    fieldMetadataId: cases?.fieldsList.find((field) => field.name === name)?.id,
    ...rights,
  });
  const closed = { canReadFieldValue: false, canUpdateFieldValue: false };
  await metadata(
    'mutation F($i: UpsertFieldPermissionsInput!) { upsertFieldPermissions(upsertFieldPermissionsInput: $i) { fieldMetadataId } }',
    {
      i: {
        roleId: createOneRole.id,
        fieldPermissions: [of('priority', closed), of('kind', { canUpdateFieldValue: false })],
      },
    },
  );
}

const found = async (object: string, text: string) =>
  ((await robin.get(`/find?object=${object}&text=${text}`)).body['found'] as unknown[]).length;

const open = async (agent: Agent, fields: object = {}, more: object = {}) => {
  const wanted = { requestId: randomUUID(), fields: { subject: 'No light in the hall', ...fields }, ...more };
  const { status, body } = await agent.post('/cases', wanted);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as { outcome: string; caseId: string; number: string };
};

const show = async (caseId: string, agent = robin) => (await agent.get(`/cases/one?id=${caseId}`)).body as Shown;

/** The journal of a case as the member may read it. */
const journalOf = async (caseId: string, agent = robin) =>
  (await agent.get(`/journal?object=serviceCase&id=${caseId}`)).body['entries'] as readonly {
    kind: string;
    text: string;
  }[];

type Shown = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, { name: string }>>;
  readonly calls: readonly { id: string }[];
  readonly locked?: readonly string[];
};

const change = async (agent: Agent, caseId: string, changes: object) =>
  await agent.post('/cases/change', { requestId: randomUUID(), caseId, changes });

describe('opening', () => {
  test('a double click makes one case; every case has the next number, and Twenty gets it all', async () => {
    const wanted = {
      requestId: randomUUID(),
      note: 'Third floor <b>only</b>',
      fields: { subject: 'Lift stands still', priority: 'HIGH', companyId: company },
    };
    const [one, other] = await Promise.all([robin.post('/cases', wanted), robin.post('/cases', wanted)]);
    expect(one.body).toEqual(other.body);
    expect(one.body).toMatchObject({ outcome: 'opened', number: 'C-000001' });
    const more = await Promise.all([open(robin), open(sam), open(robin), open(sam)]);
    expect(more.map(({ number }) => number).toSorted()).toEqual(['C-000002', 'C-000003', 'C-000004', 'C-000005']);

    const { caseId } = one.body as { caseId: string };
    const shown = await waitFor('the members to be known', async () => {
      const now = await show(caseId, sam);
      return now.links['assigneeId'] && now;
    });
    expect(shown.fields).toMatchObject({ subject: 'Lift stands still', number: 'C-000001', status: 'OPEN' });
    expect(shown.links).toMatchObject({ companyId: { name: 'Example BV' }, assigneeId: { name: 'Robin Example' } });
    expect((await journalOf(caseId)).map(({ kind }) => kind).toSorted()).toEqual(['CREATED', 'NOTE']);
    const record = await waitFor('the case in Twenty', async () =>
      desk.find('serviceCase', 'name number priority companyId description { markdown }', caseId),
    );
    expect(record).toMatchObject({ name: 'C-000001 Lift stands still', priority: 'HIGH', companyId: company });
    expect(JSON.stringify(record)).toContain('Third floor \\\\<b>only');
  });

  test('a case that was opened in Twenty gets its number as well', async () => {
    const caseId = await desk.create('serviceCase', { name: 'Door sticks' });
    const record = await waitFor('the number', async () => {
      const one = await desk.find('serviceCase', 'name number subject', caseId);
      return one?.['number'] ? one : undefined;
    });
    expect(record).toMatchObject({ subject: 'Door sticks', name: `${String(record['number'])} Door sticks` });
  });

  test('the same click for something else is refused', async () => {
    const requestId = randomUUID();
    await open(robin, {}, { requestId });
    const { status, body } = await robin.post('/cases', { requestId, fields: { subject: 'Another' } });
    expect({ status, body }).toMatchObject({ status: 409, body: { error: { field: 'body.requestId' } } });
  });

  test.each([
    ['no JSON', 'body', '{'],
    ['no subject', 'body.fields.subject', { requestId: '1', fields: { subject: '  ' } }],
    ['a status that there is not', 'body.fields.status', { requestId: '1', fields: { subject: 'x', status: 'DONE' } }],
    ['a field of somebody else', 'body.fields', { requestId: '1', fields: { subject: 'x', number: 'C-1' } }],
    ['a number for an id', 'body.fields.personId', { requestId: '1', fields: { subject: 'x', personId: 7 } }],
    [
      'a company that there is not',
      'body.fields.companyId',
      { requestId: '1', fields: { subject: 'x', companyId: randomUUID() } },
    ],
    ['a book', 'body.note', { requestId: '1', note: 'x'.repeat(20_001), fields: { subject: 'x' } }],
  ])('%s is refused, naming the field', async (_what, field, body) => {
    const answer = await robin.post('/cases', body);
    expect(answer).toMatchObject({ status: 400, body: { error: { field } } });
  });

  test('text that PostgreSQL would refuse is kept without what it refuses', async () => {
    const { caseId } = await open(robin, { subject: 'Zero \u0000 and \ud800 half' });
    expect((await show(caseId)).fields['subject']).toBe('Zero  and \ufffd half');
  });

  test('who may not change cases in Twenty may not here', async () => {
    const { caseId } = await open(robin);
    const refused = await Promise.all([
      reader.post('/cases', { requestId: '1', fields: { subject: 'x' } }),
      reader.post('/cases/note', { requestId: '2', caseId, text: 'x' }),
      reader.post('/cases/change', { requestId: '3', caseId, changes: { status: { from: 'OPEN', to: 'CLOSED' } } }),
      reader.post('/calls/attach', { requestId: '4', callId: randomUUID(), to: { caseId } }),
      reader.post('/people', { requestId: '5', lastName: 'x' }),
      reader.post('/locations', { requestId: '6', name: 'x' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await show(caseId, reader)).fields).toMatchObject({ status: 'OPEN' });
  });

  test('what the role may not see of a case is left out, and what it may not write is refused by name', async () => {
    const { caseId } = await open(robin, { kind: 'FAULT' });
    await change(robin, caseId, { priority: { from: 'NORMAL', to: 'HIGH' } });
    const shown = await waitFor('the role to be known', async () => {
      const now = await show(caseId, clerk);
      return now.locked?.length === 2 && now;
    });
    expect(shown.fields).toMatchObject({ kind: 'FAULT', status: 'OPEN' });
    expect(shown.fields).not.toHaveProperty('priority');
    const journal = await journalOf(caseId, clerk);
    expect(journal.map(({ kind }) => kind)).toContain('PRIORITY');
    expect(JSON.stringify(journal)).not.toContain('HIGH');
    expect(shown).toMatchObject({ isEditable: true, locked: ['priority', 'kind'] });
    const refused = await Promise.all([
      change(clerk, caseId, { kind: { from: 'FAULT', to: 'OTHER' }, status: { from: 'OPEN', to: 'CLOSED' } }),
      change(clerk, caseId, { priority: { from: 'NORMAL', to: 'LOW' } }),
      clerk.post('/cases', { requestId: randomUUID(), fields: { subject: 'x', kind: 'FAULT' } }),
    ]);
    const named = (field: string) => ({ status: 403, body: { error: { code: 'forbidden', field } } });
    expect(refused).toMatchObject([
      named('body.changes.kind'),
      named('body.changes.priority'),
      named('body.fields.kind'),
    ]);
    expect((await show(caseId)).fields).toMatchObject({ kind: 'FAULT', status: 'OPEN', priority: 'HIGH' });
    // What it may write it does write, and the number stays in the name although the role was not asked for it.
    const answer = await change(clerk, caseId, { subject: { from: 'No light in the hall', to: 'Light is back' } });
    expect(answer).toMatchObject({ status: 200 });
    await open(clerk);
  });

  test('a case of another tenant is none', async () => {
    const { admin, database } = desk.hub.hub;
    await admin.tenants.create({ slug: 'north', name: 'North', country: 'DE', timeZone: 'Europe/Berlin' }, 'test');
    const { id } = await admin.tenants.get('north');
    const caseId = randomUUID();
    await database.pool.query(`insert into service_desk_case (tenant_id, case_id, pending) values ($1, $2, $3)`, [
      id,
      caseId,
      { subject: { value: 'Theirs', was: [null], at: new Date().toISOString() } },
    ]);
    expect(await robin.get(`/cases/one?id=${caseId}`)).toMatchObject({ status: 404 });
    expect(await change(robin, caseId, { priority: { from: null, to: 'HIGH' } })).toMatchObject({ status: 404 });
  });
});

describe('two at one case', () => {
  test('each changes another field: both are saved', async () => {
    const { caseId } = await open(robin);
    const answers = await Promise.all([
      change(robin, caseId, { priority: { from: 'NORMAL', to: 'HIGH' } }),
      change(sam, caseId, { status: { from: 'OPEN', to: 'IN_PROGRESS' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await show(caseId)).fields).toMatchObject({ priority: 'HIGH', status: 'IN_PROGRESS' });
  });

  test('both change the same field: the second is shown both values, and nothing is overwritten', async () => {
    const { caseId } = await open(robin);
    const from = 'No light in the hall';
    expect(await change(robin, caseId, { subject: { from, to: 'Hall: no light' } })).toMatchObject({ status: 200 });
    const late = await change(sam, caseId, { subject: { from, to: 'Lamp broken' }, kind: { from: null, to: 'FAULT' } });
    expect(late).toMatchObject({
      status: 409,
      body: { clashes: [{ field: 'subject', mine: 'Lamp broken', theirs: 'Hall: no light', by: 'Robin Example' }] },
    });
    expect((await show(caseId)).fields).toMatchObject({ subject: 'Hall: no light', kind: null });
  });

  test('both write a note: both are there', async () => {
    const { caseId } = await open(robin);
    await Promise.all([
      robin.post('/cases/note', { requestId: '1', caseId, text: 'Called the fitter' }),
      sam.post('/cases/note', { requestId: '1', caseId, text: 'Fitter is on the way' }),
    ]);
    const entries = await journalOf(caseId);
    expect(entries.flatMap(({ kind, text }) => (kind === 'NOTE' ? [text] : [])).toSorted()).toEqual([
      'Called the fitter',
      'Fitter is on the way',
    ]);
  });

  test('what somebody changed in Twenty meanwhile is not overwritten either', async () => {
    const { caseId } = await open(robin);
    await waitFor('the case in Twenty', async () => desk.find('serviceCase', 'number', caseId));
    await desk.change('serviceCase', caseId, { priority: 'URGENT' });
    await waitFor('the hub to know', async () => (await show(caseId)).fields['priority'] === 'URGENT');
    const late = await change(sam, caseId, { priority: { from: 'NORMAL', to: 'LOW' } });
    expect(late).toMatchObject({ status: 409, body: { clashes: [{ theirs: 'URGENT', by: '' }] } });
  });

  test('a case that was deleted in Twenty says so, and takes nothing', async () => {
    const { caseId } = await open(robin);
    await waitFor('the case in Twenty', async () => desk.find('serviceCase', 'number', caseId));
    await desk.remove('serviceCase', caseId);
    await waitFor('the hub to know', async () => (await robin.get(`/cases/one?id=${caseId}`)).status === 404);
    const late = await robin.post('/cases/note', { requestId: randomUUID(), caseId, text: 'Still here' });
    expect(late).toMatchObject({ status: 404, body: { error: { message: 'This case was deleted in Twenty' } } });
  });

  test('a case that is solved, and opened again, says when and how often', async () => {
    const { caseId } = await open(robin);
    await change(robin, caseId, { status: { from: 'OPEN', to: 'RESOLVED' } });
    expect((await show(caseId)).fields['resolvedAt']).toEqual(expect.any(String));
    await change(robin, caseId, { status: { from: 'RESOLVED', to: 'OPEN' } });
    expect((await show(caseId)).fields).toMatchObject({ resolvedAt: null, reopenCount: 1 });
  });
});

describe('a call', () => {
  const ring = async () => await desk.create('phoneCall', { name: 'Call', startedAt: new Date().toISOString() });

  test('that two agents save at once is one case', async () => {
    const callId = await ring();
    const [one, other] = await Promise.all([open(robin, {}, { callId }), open(sam, {}, { callId })]);
    expect([one.outcome, other.outcome].toSorted()).toEqual(['call-has-case', 'opened']);
    expect(one.caseId).toBe(other.caseId);
    const linked = await waitFor('the call to name the case', async () => {
      const call = await desk.find('phoneCall', 'serviceCaseId', callId);
      return call?.['serviceCaseId'] ? call : undefined;
    });
    expect(linked['serviceCaseId']).toBe(one.caseId);
    const another = await open(sam, {}, { callId, isAnother: true });
    expect(another.caseId).not.toBe(one.caseId);
  });

  test('is attached to a case that there is, and moved only on purpose', async () => {
    const [{ caseId }, second] = [await open(robin), await open(robin)];
    const callId = await ring();
    const attach = async (agent: Agent, to: object, more = {}) =>
      (await agent.post('/calls/attach', { requestId: randomUUID(), callId, to, ...more })).body;
    expect(await attach(robin, { caseId })).toMatchObject({ outcome: 'attached', caseId });
    expect(await attach(sam, { caseId: second.caseId })).toMatchObject({ outcome: 'filed-elsewhere', caseId });
    expect((await show(caseId)).calls).toEqual([expect.objectContaining({ id: callId })]);
    expect(await attach(sam, { caseId: second.caseId }, { isMove: true })).toMatchObject({ caseId: second.caseId });
    expect((await show(second.caseId)).calls).toEqual([expect.objectContaining({ id: callId })]);
    expect(await attach(robin, { malfunctionId: randomUUID() })).toMatchObject({ error: { code: 'not-found' } });
  });
});

describe('somebody new', () => {
  test('a person and a location made in place are in the case at once', async () => {
    const { body: place } = await robin.post('/locations', { requestId: randomUUID(), name: 'Shop', city: 'Utrecht' });
    const wanted = { requestId: randomUUID(), lastName: 'Nieuw', number: '020 794 6012', locationId: place['id'] };
    const [one, again] = await Promise.all([robin.post('/people', wanted), robin.post('/people', wanted)]);
    expect(one.body).toEqual(again.body);
    const { caseId } = await open(robin, { personId: one.body['id'], locationId: place['id'] });
    expect((await show(caseId)).links).toMatchObject({ personId: { name: 'Nieuw' }, locationId: { name: 'Shop' } });
  });

  test('has a number that is one', async () => {
    const answer = await robin.post('/people', { requestId: randomUUID(), lastName: 'Nieuw', number: 'twelve' });
    expect(answer).toMatchObject({ status: 400, body: { error: { field: 'body.number' } } });
  });
});
