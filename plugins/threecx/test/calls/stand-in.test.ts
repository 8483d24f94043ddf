import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { plugin } from '../../plugin.ts';
import { KEY } from '../fake-context.ts';

/** The scenario table end to end: frames, rows and posts of the stand-in of 3CX go in, records of Twenty come out. */

type Step = { readonly what: string; readonly number?: string; readonly answered?: boolean };
type Call = Readonly<Record<string, unknown>> & { readonly journey: { readonly steps: readonly Step[] } };

const rang = (numbers: readonly string[], answered: string) =>
  expect.arrayContaining(
    numbers.map((number) => expect.objectContaining({ what: 'rang', number, answered: number === answered })),
  );

const answeredBy = (agentExtension: string) => ({ direction: 'INBOUND', outcome: 'ANSWERED', agentExtension });

const table = [
  ['inbound', { agent: '102' }, [{ ...answeredBy('102'), agentEmail: 'ben.demo@example.com' }]],
  ['outbound', { agent: '103' }, [{ direction: 'OUTBOUND', outcome: 'ANSWERED', agentExtension: '103' }]],
  ['unanswered', { agent: '103' }, [{ direction: 'OUTBOUND', outcome: 'NOT_ANSWERED', agentExtension: '103' }]],
  ['missed', { agent: '102' }, [{ direction: 'INBOUND', outcome: 'MISSED', agentExtension: '102' }]],
  [
    'queue',
    { agent: '102', agents: ['101', '102', '103'] },
    [{ ...answeredBy('102'), queue: '800', journey: { steps: rang(['101', '102', '103'], '102') } }],
  ],
  ['queue-abandoned', { agents: ['101', '102', '103'] }, [{ outcome: 'MISSED', queue: '800', agentExtension: '' }]],
  ['ring-group', { agent: '103' }, [{ ...answeredBy('103'), journey: { steps: rang(['101', '102', '103'], '103') } }]],
  [
    'transfer',
    { agent: '101', transferTo: '105' },
    [
      {
        ...answeredBy('105'),
        journey: { steps: expect.arrayContaining([expect.objectContaining({ what: 'transferred', number: '105' })]) },
      },
    ],
  ],
  [
    'voicemail',
    { agent: '102' },
    [
      {
        outcome: 'MISSED',
        journey: { steps: expect.arrayContaining([expect.objectContaining({ what: 'voicemail' })]) },
      },
    ],
  ],
  [
    'callback',
    { agent: '104' },
    [
      { direction: 'INBOUND', outcome: 'MISSED', queue: '800' },
      { direction: 'OUTBOUND', outcome: 'ANSWERED', agentExtension: '104' },
    ],
  ],
] as const;

const numberOf = (scenario: string): string =>
  `+4420794602${String(table.findIndex(([name]) => name === scenario)).padStart(2, '0')}`;

let hub: TestHub;
let pbx: Threecx;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin] });
  pbx = await startThreecx({ settings: { speed: 10 } });
  const secretOf = (id: string) => pbx.principals.all().find(({ clientId }) => clientId === id)?.secret;
  const settings = {
    apiKey: KEY,
    pbxUrl: pbx.url,
    liveClientId: 'crmlive',
    liveSecret: secretOf('crmlive'),
    syncClientId: 'crmsync',
    syncSecret: secretOf('crmsync'),
  };
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'threecx', settings, 'test');
  const template = await waitFor('the doors of the plugin', async () => {
    const answer = await fetch(`${hub.url}/api/v1/tenants/${TEST_TENANT}/plugins/threecx/doors/template.xml`, {
      headers: { authorization: `Bearer ${hub.operatorToken}` },
    });
    return answer.ok ? answer : undefined;
  });
  await pbx.installTemplate(await template.text(), { values: { ApiKey: KEY } });
  await waitFor('the live link', () => pbx.sockets() === 1, 60_000);
  const play = ([scenario, more]: (typeof table)[number]) => {
    const agents = 'agents' in more ? { agents: [...more.agents] } : {};
    const twice = { times: 2, order: 'together' } as const;
    return pbx.play({ scenario, number: numberOf(scenario), ...twice, ...more, ...agents }).done;
  };
  await Promise.all(table.map(play));
}, 240_000);

afterAll(async () => {
  await pbx?.close();
  await hub?.close();
}, 60_000);

async function callsOf(number: string): Promise<Call[]> {
  const { phoneCalls } = (await hub.crm.records(
    `query Calls($filter: PhoneCallFilterInput) {
      phoneCalls(filter: $filter, first: 50, orderBy: [{ startedAt: AscNullsFirst }]) {
        edges { node { direction outcome agentExtension agentEmail queue historyKey endedAt mergedIntoId journey } }
      }
    }`,
    { filter: { phoneNumber: { eq: number } } },
  )) as { phoneCalls: { edges: { node: Call }[] } };
  return phoneCalls.edges.map(({ node }) => node);
}

describe.each(table)('%s', (scenario, _, expected) => {
  test('is one record per call, though every post came twice', async () => {
    const records = await waitFor(
      'the call log to confirm the call',
      async () => {
        const found = await callsOf(numberOf(scenario));
        return found.filter(({ historyKey }) => historyKey !== '').length >= expected.length ? found : undefined;
      },
      120_000,
    );
    expect(records).toHaveLength(expected.length);
    for (const [index, record] of expected.entries()) expect(records[index]).toMatchObject(record);
    for (const { endedAt, mergedIntoId, journey } of records) {
      expect([endedAt === null, mergedIntoId]).toEqual([false, null]);
      expect(journey.steps.at(-1)?.what).toBe('ended');
    }
  }, 150_000);
});
