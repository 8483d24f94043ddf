import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PanelAnswer } from '@switchboard/crm/panel';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { caseDesk, definePlugin, offer, RefusedError, telephony } from '../../contract/index.ts';

/** What the panel has for the telephone: numbers to call, the page of a call, and who makes the calls. */

const refuse = async () => {
  throw new RefusedError('Not today');
};
const phones = definePlugin({
  id: 'phones',
  contract: 1,
  name: 'Phones',
  summary: 'Offers telephones.',
  config: z.object({}),
  capabilities: () => [
    offer(telephony, { call: refuse, hangUp: refuse, transfer: refuse }),
    offer(caseDesk, { door: '/cases' }),
  ],
  check: async () => [{ name: 'Phones', state: 'ok', detail: 'They are there.' }],
});

const id = (number: number): string => `0b9d4f7e-52a5-4b7e-9d35-7d2f6d2c3a${String(number).padStart(2, '0')}`;
const [company, person, other, location] = [id(1), id(2), id(3), id(4)];
const [serviceCase, call, earlier, target, malfunction] = [id(5), id(6), id(7), id(8), id(9)];
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 9, minute)).toISOString();
const uk = (number: string) => ({ primaryPhoneNumber: `+44${number}`, additionalPhones: [] });

let hub: TestHub;
let admin: string;

async function create(plural: string, type: string, data: readonly object[]): Promise<void> {
  const query = `mutation Make($data: [${type}CreateInput!]!) { create${plural}(data: $data) { id } }`;
  await hub.crm.records(query, { data });
}

async function panel(path: string, token = admin): Promise<PanelAnswer> {
  const response = await fetch(`${hub.url}/panel/v1/records/${path}`, {
    headers: { origin: 'null', authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as PanelAnswer;
}

beforeAll(async () => {
  hub = await startTestHub({ plugins: [phones] });
  admin = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  await create('Companies', 'Company', [{ id: company, name: 'Example Works' }]);
  await create('Locations', 'Location', [
    { id: location, name: 'Harbour 1', phones: uk('2079460100'), companyId: company },
  ]);
  const name = (firstName: string) => ({ firstName, lastName: 'Example' });
  await create('People', 'Person', [
    { id: person, name: name('Pat'), phones: uk('2079460123'), companyId: company },
    { id: other, name: name('Sam'), phones: uk('2079460124'), doNotCall: true },
  ]);
  await create('ServiceCases', 'ServiceCase', [
    {
      id: serviceCase,
      name: 'C-1',
      number: 'C-1',
      subject: 'Lift',
      status: 'OPEN',
      personId: person,
      locationId: location,
    },
  ]);
  const inbound = { direction: 'INBOUND', outcome: 'ANSWERED', phoneNumber: '+442079460123' };
  await create('PhoneCalls', 'PhoneCall', [
    {
      ...inbound,
      id: call,
      externalKey: 'c1',
      startedAt: at(5),
      durationSeconds: 247,
      waitSeconds: 20,
      matchState: 'AMBIGUOUS',
      companyId: company,
      locationId: location,
      recordingConsent: ['OPT_OUT'],
      candidates: [
        { object: 'person', id: person, name: 'Pat Example' },
        { object: 'person', id: other, name: 'Sam Example' },
        { object: 'location', id: location, name: 'Harbour 1' },
        { unreadable: true },
      ],
      journey: {
        version: 1,
        steps: [
          { at: at(5), what: 'rang', number: '101', name: 'Kim', seconds: 20, answered: false },
          { what: 'nonsense' },
          { at: at(6), what: 'ended' },
        ],
      },
    },
    { ...inbound, id: earlier, externalKey: 'c2', startedAt: at(1), locationId: location },
  ]);
  await create('Malfunctions', 'Malfunction', [{ id: malfunction, name: 'Lift out of order', locationId: location }]);
  await create('CallTargets', 'CallTarget', [
    { id: target, name: 'Sam', externalKey: 't1', phoneNumber: '+442079460124', personId: other },
  ]);
  const counts = async () =>
    await Promise.all(
      ['phoneCall', 'callTarget', 'person', 'serviceCase', 'malfunction'].map((object) =>
        hub.hub.crm.reader(hub.tenantId).count(object),
      ),
    );
  await waitFor('the mirror', async () => {
    const [calls = 0, targets = 0, people = 0, cases = 0, malfunctions = 0] = await counts();
    return calls === 2 && targets === 1 && people >= 2 && cases === 1 && malfunctions === 1;
  });
}, 120_000);
afterAll(async () => await hub?.close());

test('whoever offers telephones and opens cases is named, and nobody where nobody does', async () => {
  expect(await panel(`person/${person}`)).toMatchObject({ telephony: null, desk: null });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'phones', {}, 'test');
  await waitFor('the plugin', async () => (await panel(`person/${person}`)).telephony === 'phones');
  expect((await panel(`person/${person}`)).desk).toBe('phones');
});

describe('the numbers to call', () => {
  test.each([
    ['a person: the own', `person/${person}`, [{ number: '+442079460123', name: null, barred: null }]],
    ['who does not want it', `person/${other}`, [{ number: '+442079460124', name: null, barred: 'unwanted' }]],
    ['a location: its own', `location/${location}`, [{ number: '+442079460100', name: null, barred: null }]],
    [
      'a case: of its person and its location',
      `serviceCase/${serviceCase}`,
      [
        { number: '+442079460123', name: 'Pat Example', barred: null },
        { number: '+442079460100', name: 'Harbour 1', barred: null },
      ],
    ],
    ['a call: who called', `phoneCall/${call}`, [{ number: '+442079460123', name: null, barred: null }]],
    [
      'a target of a list: whom it is about, and whether that one wants it',
      `callTarget/${target}`,
      [{ number: '+442079460124', name: 'Sam Example', barred: 'unwanted' }],
    ],
    [
      'a company: of its locations, then of its people',
      `company/${company}`,
      [
        { number: '+442079460100', name: 'Harbour 1', barred: null },
        { number: '+442079460123', name: 'Pat Example', barred: null },
      ],
    ],
    [
      'a malfunction: of its location',
      `malfunction/${malfunction}`,
      [{ number: '+442079460100', name: 'Harbour 1', barred: null }],
    ],
  ])('are, of %s', async (_whose, path, expected) => {
    expect((await panel(path)).numbers).toEqual(expected);
  });
});

describe('the page of a call', () => {
  test('has what it went through and who it may have been, and the other calls and cases of its location', async () => {
    const answer = await panel(`phoneCall/${call}`);
    expect(answer.call).toEqual({
      id: call,
      direction: 'INBOUND',
      outcome: 'ANSWERED',
      startedAt: at(5),
      durationSeconds: 247,
      waitSeconds: 20,
      phoneNumber: '+442079460123',
      agentName: null,
      matchState: 'AMBIGUOUS',
      person: null,
      company: { id: company, name: 'Example Works' },
      location: { id: location, name: 'Harbour 1' },
      serviceCase: null,
      candidates: [
        { id: person, name: 'Pat Example' },
        { id: other, name: 'Sam Example' },
      ],
      steps: [
        { at: at(5), what: 'rang', who: 'Kim (101)', seconds: 20, answered: false },
        { at: at(6), what: 'ended', who: '', seconds: null, answered: null },
      ],
      summary: null,
      consent: ['OPT_OUT'],
    });
    expect(answer.calls?.items.map((one) => one.id)).toEqual([earlier]);
    expect(answer.cases?.items.map((one) => one.id)).toEqual([serviceCase]);
  });

  test('shows a role without people and companies neither names nor numbers of theirs', async () => {
    const login = { email: 'narrow@example.com', password: 'password-2' };
    const { createOneRole } = (await hub.crm.metadata(
      'mutation Role($input: CreateRoleInput!) { createOneRole(createRoleInput: $input) { id } }',
      { input: { label: 'Narrow', canReadAllObjectRecords: true } },
    )) as { createOneRole: { id: string } };
    const { objects } = (await hub.crm.metadata(
      '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular } } } }',
    )) as { objects: { edges: { node: { id: string; nameSingular: string } }[] } };
    const hidden = objects.edges
      .filter(({ node }) => ['person', 'company'].includes(node.nameSingular))
      .map(({ node }) => ({ objectMetadataId: node.id, canReadObjectRecords: false }));
    await hub.crm.metadata(
      'mutation Hide($input: UpsertObjectPermissionsInput!) { upsertObjectPermissions(upsertObjectPermissionsInput: $input) { objectMetadataId } }',
      { input: { roleId: createOneRole.id, objectPermissions: hidden } },
    );
    const { workspaceId } = hub;
    await hub.twenty.createMember({
      ...login,
      firstName: 'Lou',
      lastName: 'Example',
      workspaceId,
      roleLabel: 'Narrow',
    });
    const token = await frontComponentToken({ url: hub.twenty.url, ...login });
    const shown = await panel(`phoneCall/${call}`, token);
    expect(shown.call).toMatchObject({ company: null, location: { name: 'Harbour 1' }, candidates: [] });
    for (const path of [`serviceCase/${serviceCase}`, `malfunction/${malfunction}`]) {
      expect((await panel(path, token)).numbers).toEqual([
        { number: '+442079460100', name: 'Harbour 1', barred: null },
      ]);
    }
  });
});
