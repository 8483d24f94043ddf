import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { plugin } from '../plugin.ts';
import { KEY } from './fake-context.ts';
import { post } from './fixtures.ts';

/** From the telephone to the CRM: the template in the engine of a PBX, the hub between, records in Twenty. */

let hub: TestHub;
let pbx: Threecx;

type Call = Readonly<Record<string, unknown>>;
type Line = {
  readonly kind: string;
  readonly result: string;
  readonly summary: string;
  readonly remedy: string | null;
};

const door = (path: string) => `${hub.url}/hooks/${TEST_TENANT}/threecx${path}`;
const send = (path: string, body: string, key = KEY) =>
  fetch(door(path), { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });

async function calls(filter: object): Promise<Call[]> {
  const { phoneCalls } = (await hub.crm.records(
    `query Calls($filter: PhoneCallFilterInput) {
      phoneCalls(filter: $filter, first: 200) {
        edges { node { id outcome matchState summary transcript { markdown } personId companyId locationId agentId } }
      }
    }`,
    { filter },
  )) as { phoneCalls: { edges: { node: Call }[] } };
  return phoneCalls.edges.map(({ node }) => node);
}

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const answer = await hub.crm.records(
    `mutation Create($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`,
    { data },
  );
  return (answer[`create${type}`] as { id: string }).id;
}

async function lines(): Promise<Line[]> {
  const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/deliveries?plugin=threecx&limit=500`);
  return (body as { deliveries: Line[] }).deliveries;
}

async function template(): Promise<string> {
  const answer = await fetch(`${hub.url}/api/v1/tenants/${TEST_TENANT}/plugins/threecx/doors/template.xml`, {
    headers: { authorization: `Bearer ${hub.operatorToken}` },
  });
  return await answer.text();
}

let company: string;
let person: string;
let location: string;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin] });
  company = await create('company', { name: 'Example BV' });
  location = await create('location', {
    name: 'Office',
    companyId: company,
    phones: { primaryPhoneNumber: '+442079460123' },
  });
  person = await create('person', {
    name: { firstName: 'Anna', lastName: 'Example' },
    companyId: company,
    locationId: location,
    phones: { primaryPhoneNumber: '+31201234567' },
  });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'threecx', { apiKey: KEY }, 'test');
  pbx = await startThreecx();
  await pbx.installTemplate(await template(), { values: { ApiKey: KEY } });
  await waitFor(
    'the mirror to hold the person and the company',
    async () => (await pbx.call({ from: '+31201234567', to: '199' })).shown?.['CompanyName'],
  );
}, 120_000);

afterAll(async () => {
  await pbx?.close();
  await hub?.close();
});

describe('a call in 3CX', () => {
  test('shows the caller while it rings and is one record with person, company and location, though reported twice', async () => {
    const played = await pbx.call({ from: '+31201234567', to: '102', times: 2, order: 'together' });
    expect(played.shown).toMatchObject({
      FirstName: 'Anna',
      LastName: 'Example',
      CompanyName: 'Example BV',
      EntityId: person,
    });
    expect(played.posts.map(({ status }) => status)).toEqual([200, 200]);
    const records = await waitFor('the record', async () => {
      const found = await calls({ startedAt: { eq: played.startedAt } });
      return found.length > 0 ? found : undefined;
    });
    expect(records).toEqual([
      expect.objectContaining({
        outcome: 'ANSWERED',
        matchState: 'MATCHED',
        personId: person,
        companyId: company,
        locationId: location,
      }),
    ]);
  });

  test('from the number of a location fills in location and company', async () => {
    const played = await pbx.call({ from: '+442079460123', to: '103', answered: false });
    expect(played.shown).toMatchObject({ LastName: 'Office', EntityId: location });
    const [record] = await waitFor('the record', async () => {
      const found = await calls({ startedAt: { eq: played.startedAt } });
      return found.length > 0 ? found : undefined;
    });
    expect(record).toMatchObject({ outcome: 'MISSED', personId: null, companyId: company, locationId: location });
  });

  test.each(['normal', 'reversed', 'together'] as const)(
    'with text in a second report, %s, is one record with the text',
    async (order) => {
      const played = await pbx.call({ from: '+31201234567', to: '104', text: true, times: 2, order });
      const records = await waitFor('the text', async () => {
        const found = await calls({ startedAt: { eq: played.startedAt } });
        return found.some(({ summary }) => summary) ? found : undefined;
      });
      expect(records).toHaveLength(1);
      expect(records[0]).toMatchObject({
        personId: person,
        transcript: { markdown: expect.stringContaining('[second] floor') },
      });
    },
  );

  test('from a new number becomes a person whom the next call finds, once', async () => {
    await pbx.installTemplate(await template(), { values: { CreateUnknown: 'True' } });
    const [first, second] = [await pbx.call({ from: '+447700900123' }), await pbx.call({ from: '+447700900123' })];
    expect(first.created?.status).toBe(200);
    expect(second).toMatchObject({
      created: null,
      shown: { EntityId: first.shown?.['EntityId'], LastName: '+44 7700 900123' },
    });
    await waitFor('both records with the person', async () => {
      const found = await calls({ phoneNumber: { eq: '+447700900123' } });
      return found.length === 2 && found.every(({ personId }) => personId === first.shown?.['EntityId']);
    });
  });
});

describe('what 3CX should not have sent', () => {
  test('without the key is refused and leaves no trace', async () => {
    const before = (await lines()).length;
    expect((await send('/call', JSON.stringify(post), 'wrong')).status).toBe(401);
    expect((await fetch(door('/lookup?number=0031201234567'))).status).toBe(401);
    expect((await lines()).length).toBe(before);
  });

  test.each([
    ['a body that is no JSON', 'no json', 'body'],
    ['a date in another culture', JSON.stringify({ ...post, startUtc: '21/11/2026 10:00' }), 'body.startUtc'],
    ['a body that nests endlessly', `{"agent":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'body.agent'],
    [
      'an agent that no database stores',
      JSON.stringify({ ...post, agent: '\ud800\u0000', seconds: '-' }),
      'body.seconds',
    ],
    ['a number of the wrong type', JSON.stringify({ ...post, number: { plus: 31 } }), 'body.number'],
  ])('%s is answered 200, kept and rejected naming the field', async (_, body, field) => {
    expect((await send('/call', body)).status).toBe(200);
    const line = await waitFor('the rejected line', async () =>
      (await lines()).find(({ result, summary }) => result === 'rejected' && summary.includes(`${field}:`)),
    );
    expect(line.remedy).toBeTruthy();
  });

  test('a withheld number, an extension and nonsense are answered with nobody', async () => {
    for (const number of ['anonymous', '101', '', '%2B', '999999999999999999999']) {
      const answer = await fetch(door(`/lookup?number=${number}`), { headers: { authorization: `Bearer ${KEY}` } });
      expect([answer.status, await answer.json()]).toEqual([200, { matches: [] }]);
    }
  });

  test('an address that no database stores is answered with nobody', async () => {
    for (const query of ['lookup?email=%00', 'lookup?number=%00', 'search?q=anna%00']) {
      const answer = await fetch(door(`/${query}`), { headers: { authorization: `Bearer ${KEY}` } });
      expect(answer.status).toBe(200);
    }
  });
});
