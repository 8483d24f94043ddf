import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { plugin } from '../plugin.ts';
import { KEY } from './fake-context.ts';

/** The live link to a PBX while the network, and others with our key, do what they can. */

type Call = {
  readonly phoneNumber: string;
  readonly direction: string;
  readonly outcome: string;
  readonly agentExtension: string;
  readonly queue: string;
  readonly historyKey: string;
  readonly followedUpAt: string | null;
};

let hub: TestHub;
let pbx: Threecx;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin] });
  pbx = await startThreecx({ settings: { speed: 10 } });
  const [live, sync] = ['crmlive', 'crmsync'].map((id) => pbx.principals.all().find(({ clientId }) => clientId === id));
  const settings = {
    apiKey: KEY,
    pbxUrl: pbx.url,
    liveClientId: 'crmlive',
    liveSecret: live?.secret,
    syncClientId: 'crmsync',
    syncSecret: sync?.secret,
  };
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'threecx', settings, 'test');
  const template = await fetch(`${hub.url}/api/v1/tenants/${TEST_TENANT}/plugins/threecx/doors/template.xml`, {
    headers: { authorization: `Bearer ${hub.operatorToken}` },
  });
  await pbx.installTemplate(await template.text(), { values: { ApiKey: KEY } });
  await waitFor('the live link', () => pbx.sockets() === 1, 30_000);
}, 120_000);

afterAll(async () => {
  await pbx?.close();
  await hub?.close();
}, 60_000);

async function calls(): Promise<Call[]> {
  const { phoneCalls } = (await hub.crm.records(
    `query { phoneCalls(first: 200) { edges { node {
      phoneNumber direction outcome agentExtension queue historyKey followedUpAt
    } } } }`,
    {},
  )) as { phoneCalls: { edges: { node: Call }[] } };
  return phoneCalls.edges.map(({ node }) => node);
}

const callOf = async (number: string) => (await calls()).filter(({ phoneNumber }) => phoneNumber === number);

/** Until the call log has confirmed it: by then every channel has told what it knows. */
async function confirmed(number: string, count = 1): Promise<readonly Call[]> {
  await waitFor(
    `the call log to confirm ${number}`,
    async () => (await callOf(number)).filter(({ historyKey }) => historyKey !== '').length >= count,
    60_000,
  );
  return await callOf(number);
}

test('calls go on while the link breaks and its token is taken by somebody else; each is one record in the end', async () => {
  const number = '+442079460105';
  const playing = pbx.play({ scenario: 'inbound', number, ringSeconds: 10, talkSeconds: 60 });
  await pbx.faults.inject({ kind: 'drop-sockets' });
  await pbx.faults.inject({ kind: 'supersede', clientId: 'crmlive' });
  await waitFor('the link to be held again', () => pbx.sockets() === 1, 30_000);
  await playing.done;
  expect(await confirmed(number)).toEqual([expect.objectContaining({ outcome: 'ANSWERED', agentExtension: '101' })]);
}, 120_000);
