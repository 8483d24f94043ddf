import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { plugin } from '../plugin.ts';
import { type Agent, type Answer, type Desk, openDesk } from './desk.ts';

/** Search, the pages of people, companies and locations, the day of an agent and reminders, with the real hub and what roles may see. */

type Row = Record<string, unknown>;
type Entry = { readonly id: string; readonly kind: string; readonly title: string; readonly text: string };

let desk: Desk;
let agent: Agent;
let leader: Agent;
const ids: Record<string, string> = {};

beforeAll(async () => {
  desk = await openDesk({ isEnabled: false });
  [agent, leader] = [await desk.join('Alex', 'Agent'), await desk.join('Lena', 'Admin')];
  ids['company'] = await desk.create('company', { name: 'Harbour Housing' });
  ids['location'] = await desk.create('location', { name: 'Quay Tower', companyId: ids['company'] });
  ids['person'] = await desk.create('person', {
    name: { firstName: 'Pat', lastName: 'Müller' },
    phones: { primaryPhoneNumber: '+31201234567', additionalPhones: [] },
    companyId: ids['company'],
    locationId: ids['location'],
  });
  ids['case'] = await desk.create('serviceCase', {
    number: 'C-000120',
    subject: 'Elevator stands still',
    status: 'OPEN',
    openedAt: '2026-05-01T10:00:00.000Z',
    resolveDueAt: '2026-05-02T10:00:00.000Z',
    personId: ids['person'],
    companyId: ids['company'],
    locationId: ids['location'],
  });
  ids['call'] = await desk.create('phoneCall', {
    direction: 'INBOUND',
    outcome: 'MISSED',
    phoneNumber: '+31201234567',
    startedAt: new Date(Date.now() - 3_600_000).toISOString(),
    personId: ids['person'],
    companyId: ids['company'],
  });
  ids['message'] = await desk.create('caseMessage', {
    direction: 'INBOUND',
    channel: 'EMAIL',
    subject: 'Still waiting',
    occurredAt: '2026-05-03T10:00:00.000Z',
    serviceCaseId: ids['case'],
  });
  await desk.create('contract', {
    name: 'Full service',
    status: 'ACTIVE',
    serviceLevel: 'PREMIUM',
    companyId: ids['company'],
  });
  const note = await desk.create('note', { title: 'Key at the porter', bodyV2: { markdown: 'Ask for Robin' } });
  await desk.create('noteTarget', { noteId: note, targetPersonId: ids['person'] });
  await desk.hub.hub.admin.plugins.enable(TEST_TENANT, 'service-desk', {}, 'test');
  await waitFor('the mirror', isComplete);
}, 120_000);
afterAll(async () => await desk?.close());

async function isComplete(): Promise<boolean> {
  const { body } = await leader.get(`/timeline?object=person&id=${ids['person']}`);
  const page = await leader.get(`/record?object=person&id=${ids['person']}`);
  const found = await Promise.all(
    ['harbour', 'quay', 'pat', '120'].map(async (text) => hitsOf(await leader.get(`/search?q=${text}`))),
  );
  return (
    (body['entries'] as Entry[] | undefined)?.length === 4 &&
    page.body['contract'] !== null &&
    found.every(({ length }) => length > 0)
  );
}

const hitsOf = ({ body }: Answer) =>
  (body['hits'] as { kind: string; title: string }[]).map(({ kind, title }) => `${kind} ${title}`);
const kindsOf = ({ body }: Answer) => (body['entries'] as Entry[]).map(({ kind }) => kind);

describe('search', () => {
  test.each([
    ['muller', ['person Pat Müller']],
    ['harb', ['company Harbour Housing']],
    ['tower', ['location Quay Tower']],
    ['120', ['serviceCase C-000120 Elevator stands still']],
    ['elevator', ['serviceCase C-000120 Elevator stands still']],
    ['020 123 45', ['person Pat Müller']],
    ['4567', ['person Pat Müller']],
    ["'; --", []],
  ])('%s', async (text, expected) => {
    expect(hitsOf(await agent.get(`/search?q=${encodeURIComponent(text)}`))).toEqual(expected);
  });

  test('a whole number says who it is, that it can be dialled, and which calls there were', async () => {
    const { body } = await agent.get(`/search?q=${encodeURIComponent('0031 (0)20-1234567')}`);
    expect(body['number']).toMatchObject({ number: '+31201234567' });
    expect(body['calls']).toMatchObject([{ id: ids['call'], person: { name: 'Pat Müller' } }]);
  });

  test('a text that is too long is refused', async () => {
    expect((await agent.get(`/search?q=${'x'.repeat(201)}`)).status).toBe(400);
  });
});

describe('pages', () => {
  test('a person with numbers, company, contract and open cases', async () => {
    const { body } = await agent.get(`/record?object=person&id=${ids['person']}`);
    expect(body).toMatchObject({
      state: 'there',
      name: 'Pat Müller',
      numbers: [{ number: '+31201234567', text: '+31 20 123 4567' }],
      company: { name: 'Harbour Housing' },
      location: { name: 'Quay Tower' },
      contract: { name: 'Full service', serviceLevel: 'PREMIUM' },
      cases: [{ number: 'C-000120', dueAt: '2026-05-02T10:00:00.000Z' }],
    });
  });

  test('everything in one timeline, newest first, by kind, and for a company what came through its cases', async () => {
    const url = `/timeline?object=person&id=${ids['person']}`;
    expect(new Set(kindsOf(await leader.get(url)))).toEqual(new Set(['call', 'mail', 'case', 'note']));
    expect(kindsOf(await leader.get(`${url}&kinds=case,call`))).toEqual(['call', 'case']);
    const company = await leader.get(`/timeline?object=company&id=${ids['company']}`);
    expect(new Set(kindsOf(company))).toEqual(new Set(['call', 'mail', 'case']));
    const [first] = (await leader.get(`${url}&limit=1`)).body['entries'] as Entry[];
    const { body } = await leader.get(`${url}&limit=1`);
    const second = await leader.get(`${url}&limit=1&before=${encodeURIComponent(String(body['next']))}`);
    expect((second.body['entries'] as Entry[])[0]?.id).not.toBe(first?.id);
  });

  test('an agent sees no messages, as the role says, and is told so', async () => {
    const timeline = await agent.get(`/timeline?object=person&id=${ids['person']}`);
    expect(new Set(kindsOf(timeline))).toEqual(new Set(['call', 'case', 'note']));
    expect(timeline.body['hidden']).toEqual(['mail', 'chat']);
  });

  test('a deleted record names who may have taken its place; one that never was is not found', async () => {
    const name = { firstName: 'Sam', lastName: 'Twin' };
    const [kept, merged] = [await desk.create('person', { name }), await desk.create('person', { name })];
    await desk.remove('person', merged);
    await waitFor(
      'the deletion',
      async () => (await agent.get(`/record?object=person&id=${merged}`)).body['state'] === 'gone',
    );
    const { body } = await agent.get(`/record?object=person&id=${merged}`);
    expect(body).toEqual({ state: 'gone', id: merged, name: 'Sam Twin', instead: [{ id: kept, name: 'Sam Twin' }] });
    expect((await agent.get(`/record?object=person&id=${randomUUID()}`)).status).toBe(404);
  });

  test.each([
    '/record?object=workspaceMember&id=x',
    '/record?object=person&id=1',
    '/timeline?object=person&id=00000000-0000-4000-8000-000000000000&before=2026-01-01~x',
    '/timeline?object=person&id=00000000-0000-4000-8000-000000000000&limit=1000',
  ])('%s is refused', async (path) => expect((await agent.get(path)).status).toBe(400));
});

describe('lists as files', () => {
  const file = async ({ token }: Agent, path: string) => {
    const response = await fetch(`${desk.hub.url}/panel/v1/plugins/service-desk${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { status, headers } = response;
    return { status, type: headers.get('content-type'), lines: (await response.text()).split('\r\n') };
  };

  test('who lacks the permission gets none of them', async () => {
    const { memberRoutes = [] } = plugin;
    const paths = memberRoutes.flatMap(({ path }) => (path.endsWith('/export') ? [path] : []));
    expect(paths).toHaveLength(5);
    for (const path of paths) expect([path, (await file(agent, path)).status]).toEqual([path, 403]);
  });

  test('calls in the language that is asked for, with the clock of the workspace, and in the audit log', async () => {
    const { status, type, lines } = await file(leader, '/calls/export?which=missed&language=nl');
    expect({ status, type }).toEqual({ status: 200, type: 'text/csv; charset=utf-8' });
    expect(lines[0]).toMatch(/^Begonnen \(Europe\/\w+\);Richting;Afloop;/);
    const [own] = lines.filter((line) => line.includes('Pat Müller'));
    expect(own).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;Inkomend;Gemist;;\+31 20 123 4567;Pat Müller;Harbour Housing;/,
    );
    const { hub } = desk.hub;
    const tenantId = (await hub.admin.tenants.get(TEST_TENANT)).id;
    const entries = await hub.admin.audit.list({ tenantId, subject: 'list/calls', actor: 'lena@example.com' });
    expect(entries.map(({ action, details }) => ({ action, details }))).toEqual([
      { action: 'list.exported', details: { rows: lines.length - 2, isWhole: true } },
      { action: 'list.export', details: { filters: ['which'] } },
    ]);
  });

  test('the timeline of a customer with the kinds that are chosen', async () => {
    const path = `/timeline/export?object=person&id=${ids['person']}&language=de`;
    const { lines } = await file(leader, `${path}&kinds=case,mail`);
    expect(lines.slice(1, -1).map((line) => line.split(';').slice(1, 3))).toEqual([
      ['Mail', 'Still waiting'],
      ['Fall', 'C-000120 Elevator stands still'],
    ]);
    expect((await file(leader, '/timeline/export?object=person&id=1')).status).toBe(400);
  });

  test('more lines than a page of the list holds', async () => {
    const subject = (index: number) => `Lamp ${String(index).padStart(3, '0')} is broken`;
    const data = Array.from({ length: 230 }, (_, index) => ({
      subject: subject(index),
      status: 'OPEN',
      openedAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
      locationId: ids['location'],
    }));
    const mutation = 'mutation M($data: [ServiceCaseCreateInput!]!) { createServiceCases(data: $data) { id } }';
    await desk.hub.crm.records(mutation, { data: data.slice(0, 200) });
    await desk.hub.crm.records(mutation, { data: data.slice(200) });
    const path = `/timeline/export?object=location&id=${ids['location']}&kinds=case`;
    const lamps = async () => (await file(leader, path)).lines.filter((line) => line.includes('Lamp'));
    await waitFor('the mirror', async () => (await lamps()).length === 230, 60_000);
    const order = (await lamps()).map((line) => /Lamp \d+ is broken/.exec(line)?.[0]);
    expect(order).toEqual(data.map(({ subject: one }) => one).toReversed());
  });
});

async function memberId(firstName: string): Promise<string | undefined> {
  const query = '{ workspaceMembers { edges { node { id name { firstName } } } } }';
  const { workspaceMembers } = (await desk.hub.crm.records(query)) as {
    workspaceMembers: { edges: { node: { id: string; name: { firstName: string } } }[] };
  };
  return workspaceMembers.edges.find(({ node }) => node.name.firstName === firstName)?.node.id;
}

describe('my day', () => {
  test('holds missed calls that nobody has followed up', async () => {
    const { body } = await agent.get('/day');
    expect(body['missed']).toMatchObject([
      { number: { number: '+31201234567' }, person: { name: 'Pat Müller' }, times: 1 },
    ]);
    expect(body['canCall']).toBe(false);
    expect((await agent.get('/day/outline')).body).toEqual({ missed: 1, reminders: [], canCall: false });
    await desk.change('phoneCall', ids['call'] ?? '', { followedUpAt: new Date().toISOString() });
    await waitFor('the follow-up', async () => ((await agent.get('/day')).body['missed'] as Row[]).length === 0);
  });

  test('shows an old missed call however many newer ones colleagues have', async () => {
    const [own, other] = [await memberId('Alex'), await memberId('Lena')];
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const missed = { direction: 'INBOUND', outcome: 'MISSED' };
    const data = [
      { ...missed, phoneNumber: '+442079460123', startedAt: at(48), agentId: own },
      ...Array.from({ length: 120 }, (_, index) => ({
        ...missed,
        phoneNumber: `+44770090${String(index).padStart(4, '0')}`,
        startedAt: at(1),
        agentId: other,
      })),
    ];
    const mutation = 'mutation M($data: [PhoneCallCreateInput!]!) { createPhoneCalls(data: $data) { id } }';
    await desk.hub.crm.records(mutation, { data });
    const numbers = async () =>
      ((await agent.get('/day')).body['missed'] as { number: { number: string } }[]).map(({ number }) => number.number);
    await waitFor('the own one', async () => (await numbers()).includes('+442079460123'), 60_000);
    await waitFor(
      'those of the colleague',
      async () => JSON.stringify((await leader.get('/day')).body).includes('+4477009'),
      60_000,
    );
    expect(await numbers()).toEqual(['+442079460123']);
  });

  test('is not sent again while nothing has changed in it', async () => {
    const ask = async (tag?: string) =>
      await fetch(`${desk.hub.url}/panel/v1/plugins/service-desk/day`, {
        headers: { authorization: `Bearer ${agent.token}`, ...(tag === undefined ? {} : { 'if-none-match': tag }) },
      });
    const first = await ask();
    const tag = first.headers.get('etag') ?? '';
    expect(await first.json()).toMatchObject({ reminders: [] });
    const again = await ask(tag);
    expect({ status: again.status, tag: again.headers.get('etag'), text: await again.text() }).toEqual({
      status: 304,
      tag,
      text: '',
    });
    const id = randomUUID();
    const about = { object: 'serviceCase', recordId: ids['case'], note: 'x', dueAt: '2026-06-01T08:00:00Z' };
    await agent.post('/reminders/add', { id, ...about });
    expect((await ask(tag)).status).toBe(200);
    await agent.post('/reminders/change', { id, isDone: true });
  });

  test('is told of by the live feed: a case to whose it is, a call to everybody', async () => {
    const closing = new AbortController();
    const follow = async ({ token }: Agent) => {
      const { body } = await fetch(`${desk.hub.url}/live/v1?topics=day`, {
        headers: { authorization: `Bearer ${token}` },
        signal: closing.signal,
      });
      const told: string[] = [];
      void (async () => {
        for await (const part of body!.pipeThrough(new TextDecoderStream())) told.push(part);
      })().catch(() => undefined);
      await waitFor('the beginning', async () => told.join('').includes('snapshot'), 30_000);
      return { told, hears: (key: string) => told.join('').includes(`"key":"${key}"`) };
    };
    const [own, other] = [await follow(agent), await follow(leader)];
    const alex = await waitFor('the member to be known', async () => {
      const members = (await agent.get('/desk')).body['members'] as { id: string; name: string }[];
      return members.find(({ name }) => name === 'Alex Example')?.id;
    });
    const caseId = await desk.create('serviceCase', { subject: 'New for Alex', status: 'OPEN', assigneeId: alex });
    await waitFor('the agent to hear of the case', async () => own.hears(alex), 30_000);
    await desk.change('phoneCall', ids['call'] ?? '', { outcome: 'ANSWERED' });
    await waitFor('both to hear of the call', async () => own.hears('everybody') && other.hears('everybody'), 30_000);
    expect(other.hears(alex)).toBe(false);
    await waitFor('the case in the day', async () =>
      ((await agent.get('/day')).body['cases'] as Row[]).some(({ id }) => id === caseId),
    );
    closing.abort();
  });

  test('reminders belong to one member, are there once, and go when they are done', async () => {
    const id = randomUUID();
    const reminder = {
      id,
      object: 'serviceCase',
      recordId: ids['case'],
      note: 'Ask again',
      dueAt: '2026-06-01T08:00:00Z',
    };
    for (let times = 0; times < 2; times += 1) expect((await agent.post('/reminders/add', reminder)).status).toBe(201);
    expect((await agent.get('/day')).body['reminders']).toMatchObject([
      { id, note: 'Ask again', about: 'C-000120 Elevator stands still' },
    ]);
    expect((await agent.get('/day/outline')).body['reminders']).toEqual((await agent.get('/day')).body['reminders']);
    expect((await leader.get('/day')).body['reminders']).toEqual([]);
    expect((await leader.post('/reminders/change', { id, isDone: true })).status).toBe(404);
    await agent.post('/reminders/change', { id, dueAt: '2026-07-01T08:00:00Z' });
    expect((await agent.get('/day')).body['reminders']).toMatchObject([
      { dueAt: '2026-07-01T08:00:00.000Z', note: 'Ask again' },
    ]);
    await agent.post('/reminders/change', { id, isDone: true });
    expect((await agent.get('/day')).body['reminders']).toEqual([]);
  });

  test.each([
    { recordId: randomUUID() },
    { dueAt: '+275760-09-13T00:00:00Z' },
    { object: 'workspaceMember' },
    { note: 'too long '.repeat(60) },
  ])('a reminder with %j is refused', async (change) => {
    const reminder = {
      id: randomUUID(),
      object: 'person',
      recordId: ids['person'],
      note: '',
      dueAt: '2026-06-01T08:00:00Z',
    };
    expect([400, 404]).toContain((await agent.post('/reminders/add', { ...reminder, ...change })).status);
  });
});
