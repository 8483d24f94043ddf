import { afterEach, describe, expect, test } from '@jest/globals';
import type { ThreecxOptions } from '../index.ts';
import { openPbx, openSocket, until } from './pbx-client.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const pbx of opened.splice(0)) await pbx.close();
});

async function open(options: ThreecxOptions = {}) {
  const client = await openPbx(options);
  opened.push(client.pbx);
  return client;
}
type Client = Awaited<ReturnType<typeof open>>;
type Participant = Readonly<Record<string, unknown>> & {
  readonly id: number;
  readonly status: string;
  readonly callid: number;
};

async function participants({ control }: Client, dn: string): Promise<Participant[]> {
  return (await control(`/${dn}/participants`)).body as Participant[];
}

async function one(client: Client, dn: string, status: string): Promise<Participant> {
  return await until(`${dn} ${status}`, async () =>
    (await participants(client, dn)).find((leg) => leg.status === status),
  );
}

const act = async ({ control }: Client, dn: string, id: number, action: string, body: object = {}) =>
  await control(`/${dn}/participants/${id}/${action}`, { body });

const LONG = { ringSeconds: 600, talkSeconds: 80_000 };

describe('what a client sees', () => {
  test('are the extensions it monitors and its own route point, nothing else', async () => {
    const { pbx, control } = await open();
    pbx.principals.put({ clientId: 'crmlive', monitors: ['101', '102'] });
    const snapshot = (await control('')).body as { dn: string; type: string; devices: { device_id: string }[] }[];
    expect(snapshot.map(({ dn, type }) => [dn, type])).toEqual([
      ['101', 'Wextension'],
      ['102', 'Wextension'],
      ['crmlive', 'Wroutepoint'],
    ]);
    expect(snapshot[0]?.devices[0]?.device_id).toMatch(/^sip:101@.*;rinstance=/);
    expect((await control('/103')).status).toBe(403);
    expect((await control('/103/participants')).status).toBe(403);
  });

  test('is a caller at the extension that rings, from the trunk', async () => {
    const client = await open();
    client.pbx.play({ ...LONG, agent: '102' });
    expect(await one(client, '102', 'Ringing')).toMatchObject({
      dn: '102',
      party_dn: '10007',
      party_dn_type: 'Wexternalline',
      party_caller_id: '+31201234567',
      party_did: '',
      direct_control: false,
      on_behalf_of_dn: '',
    });
  });

  test.each([
    ['on_behalf_of', { on_behalf_of_dn: '800', on_behalf_of_type: 'Wqueue' }],
    ['originated_by', { originated_by_dn: '800', originated_by_type: 'Wqueue', on_behalf_of_dn: '' }],
    ['neither', { originated_by_dn: 'ROUTER', on_behalf_of_dn: '' }],
  ] as const)('is the queue, where the PBX names it: %s', async (queueNamedIn, fields) => {
    const client = await open({ settings: { queueNamedIn } });
    client.pbx.play({ scenario: 'queue', ...LONG });
    expect(await one(client, '103', 'Ringing')).toMatchObject(fields);
  });

  test('is one call at both sides of an internal one, and nothing once it is over', async () => {
    const client = await open();
    const { done } = client.pbx.play({ scenario: 'internal', agent: '101', number: '103', talkSeconds: 10_000 });
    const [callee, caller] = [await one(client, '103', 'Connected'), await one(client, '101', 'Connected')];
    expect(caller.callid).toBe(callee.callid);
    expect(callee).toMatchObject({ party_dn: '101', party_caller_name: 'Anna Demo', party_dn_type: 'Wextension' });
    client.pbx.hangUp();
    await done;
    expect((await client.control(`/103/participants/${callee.id}`)).status).toBe(404);
  });
});

describe('an action', () => {
  test('drop ends the call at once', async () => {
    const client = await open();
    const { done } = client.pbx.play({ ringSeconds: 1, talkSeconds: 80_000 });
    const { id } = await one(client, '101', 'Connected');
    expect((await act(client, '101', id, 'drop')).body).toMatchObject({ finalstatus: 'Success', reason: 'None' });
    expect(await done).toMatchObject([{ answered: true }]);
  });

  test('drop while it rings declines, and the queue goes on to ring the others', async () => {
    const client = await open();
    client.pbx.play({ scenario: 'queue', ...LONG });
    const { id } = await one(client, '102', 'Ringing');
    await act(client, '102', id, 'drop');
    await until('102 is quiet', async () => (await participants(client, '102')).length === 0);
    expect(await participants(client, '103')).toHaveLength(1);
  });

  test('answer works only where the telephone can be controlled', async () => {
    const client = await open();
    client.pbx.play({ ...LONG, agent: '101' });
    client.pbx.play({ ...LONG, agent: '105' });
    expect((await act(client, '101', (await one(client, '101', 'Ringing')).id, 'answer')).status).toBe(422);
    const { id, direct_control } = await one(client, '105', 'Ringing');
    expect(direct_control).toBe(true);
    expect((await act(client, '105', id, 'answer')).status).toBe(200);
    expect((await one(client, '105', 'Connected')).id).toBe(id);
  });

  test('divert moves a ringing call, routeto rings somebody else too', async () => {
    const client = await open();
    client.pbx.play({ ...LONG, agent: '101' });
    const { id } = await one(client, '101', 'Ringing');
    await act(client, '101', id, 'routeto', { destination: '102' });
    await one(client, '102', 'Ringing');
    await act(client, '101', id, 'divert', { destination: '103' });
    await one(client, '103', 'Ringing');
    expect(await participants(client, '101')).toEqual([]);
    expect(await participants(client, '102')).toHaveLength(1);
  });

  test('transferto gives the party to another extension', async () => {
    const client = await open();
    client.pbx.play({ ringSeconds: 1, talkSeconds: 80_000 });
    const { id, callid } = await one(client, '101', 'Connected');
    expect((await act(client, '101', id, 'transferto', { destination: '104' })).status).toBe(200);
    expect(await one(client, '104', 'Connected')).toMatchObject({ callid, referred_by_dn: '101' });
    expect(await participants(client, '101')).toEqual([]);
  });

  test.each([
    ['101', 'divert', 'Connected', { destination: '102' }, 422],
    ['101', 'transferto', 'Connected', { destination: '4711' }, 422],
    ['101', 'transferto', 'Connected', {}, 422],
    ['101', 'hold', 'Connected', {}, 404],
    ['101', 'stream', 'Connected', {}, 424],
  ] as const)('at %s: %s while %s answers %j with %i', async (dn, action, status, body, expected) => {
    const client = await open();
    client.pbx.play({ ringSeconds: 0, talkSeconds: 80_000 });
    const { id } = await one(client, dn, status);
    expect((await act(client, dn, id, action, body)).status).toBe(expected);
    expect((await act(client, dn, id + 1000, action, body)).status).toBe(404);
  });
});

describe('a call that the client makes', () => {
  test('rings at the device first, then dials, and lands in the log', async () => {
    const client = await open({ settings: { agentPicksUpAfter: 20 } });
    const [device] = (await client.control('/101/devices')).body as { device_id: string }[];
    const path = `/101/devices/${encodeURIComponent(device?.device_id ?? '')}/makecall`;
    const made = await client.control(path, { body: { destination: '+442079460101', timeout: 45 } });
    expect(made).toMatchObject({
      status: 200,
      body: { finalstatus: 'Success', result: { status: 'Ringing', dn: '101', device_id: device?.device_id } },
    });
    const { id } = (made.body as { result: Participant }).result;
    const statuses = new Set<unknown>(['Ringing']);
    await until('it is connected', async () => {
      const status = ((await client.control(`/101/participants/${id}`)).body as Participant).status;
      return statuses.add(status).has('Connected');
    });
    expect(statuses).toEqual(new Set(['Ringing', 'Dialing', 'Connected']));
    client.pbx.hangUp();
    await client.pbx.idle();
    expect(await client.rows()).toMatchObject([
      { Direction: 'Outbound', SourceDn: '101', DestinationCallerId: '+442079460101', Answered: true },
    ]);
  });

  test('may never be taken up at the device, or by the other side', async () => {
    const client = await open({ settings: { agentPicksUpAfter: 80_000, farEndPicksUpAfter: null, ringsFor: 1 } });
    await client.control('/101/makecall', { body: { destination: '+442079460101' } });
    await act(client, '101', (await one(client, '101', 'Ringing')).id, 'drop');
    await client.pbx.idle();
    expect(await client.rows()).toEqual([]);
    client.pbx.settings.change({ agentPicksUpAfter: 0 });
    await client.control('/101/makecall', { body: { destination: '+442079460101' } });
    await client.pbx.idle();
    expect(await client.rows()).toMatchObject([{ Answered: false, Status: 'Unanswered' }]);
  });

  test('fails in words, or in numbers, where no device is', async () => {
    const client = await open();
    client.pbx.directory.users.change(31, { IsRegistered: false });
    const failed = async () => (await client.control('/101/makecall', { body: { destination: '102' } })).body;
    expect(await failed()).toMatchObject({ finalstatus: 'Failed', reason: 'PhoneNotRegistered' });
    client.pbx.settings.change({ finalStatusAs: 'number' });
    expect(await failed()).toMatchObject({ finalstatus: -1 });
    expect((await client.control('/101/devices/nothing/makecall', { body: { destination: '102' } })).status).toBe(404);
    expect((await client.control('/102/makecall', { body: {} })).status).toBe(422);
  });

  test('can be made without Call Control, listed and dropped', async () => {
    const { pbx, xapi } = await open();
    const body = { dn: '102', destination: '+442079460101' };
    expect(await xapi('/Users/Pbx.MakeCall', { body })).toMatchObject({
      status: 200,
      body: { FinalStatus: 'Success', Result: { DN: '102', Status: 'Ringing' } },
    });
    const calls = async () => ((await xapi('/ActiveCalls')).body as { value: { Id: number; Status: string }[] }).value;
    const talking = await until('they talk', async () => (await calls()).find(({ Status }) => Status === 'Talking'));
    expect(talking).toMatchObject({ Caller: '102 Ben Demo', Callee: '10007 +442079460101 (+442079460101)' });
    expect((await xapi(`/ActiveCalls(${talking.Id})/Pbx.DropCall`, { method: 'POST' })).status).toBe(200);
    await pbx.idle();
    expect(await calls()).toEqual([]);
  });
});

describe('the WebSocket', () => {
  test('names what changed, twice while it lives, and never how', async () => {
    const { pbx, live, control } = await open();
    const { frames } = await openSocket(pbx, live);
    await pbx.play({ talkSeconds: 1 }).done;
    await until('it is removed', () => frames.some(({ event }) => event.event_type === 1));
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_frame, index) => index + 1));
    expect(frames.map(({ event }) => event.event_type)).toEqual([0, 0, 0, 0, 1]);
    const [entity] = new Set(frames.map(({ event }) => event.entity));
    expect(entity).toMatch(/^\/callcontrol\/101\/participants\/\d+$/);
    expect(frames[0]?.event.attached_data).toBeNull();
    expect((await control((entity ?? '').replace('/callcontrol', ''))).status).toBe(404);
  });

  test('tells only of extensions that are monitored', async () => {
    const { pbx, live } = await open();
    pbx.principals.put({ clientId: 'crmlive', monitors: ['103'] });
    const { frames } = await openSocket(pbx, live);
    await pbx.play({ scenario: 'queue', rounds: 1, talkSeconds: 1 }).done;
    expect(new Set(frames.map(({ event }) => event.entity.split('/')[2]))).toEqual(new Set(['103']));
  });

  test('replays nothing to who comes later', async () => {
    const client = await open();
    client.pbx.play({ ringSeconds: 600 });
    await one(client, '101', 'Ringing');
    const { frames } = await openSocket(client.pbx, client.live);
    client.pbx.hangUp();
    await until('a frame', () => frames.length > 0);
    expect(frames.map(({ sequence, event }) => [sequence, event.event_type])).toEqual([[1, 1]]);
  });

  test('answers a request with the status and the body that HTTP would have', async () => {
    const { pbx, live } = await open();
    const { socket, frames } = await openSocket(pbx, live);
    socket.send('no request');
    socket.send(JSON.stringify({ RequestID: '7', Path: '/callcontrol/101', RequestData: '' }));
    await until('the answer', () => frames.length > 0);
    expect(frames[0]?.event).toMatchObject({
      event_type: 4,
      attached_data: { RequestID: '7', Path: '/callcontrol/101', StatusCode: 200, Response: { dn: '101' } },
    });
  });
});
