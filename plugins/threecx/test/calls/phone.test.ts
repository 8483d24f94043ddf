import { describe, expect, test } from '@jest/globals';
import { NotFoundError, PayloadError, RefusedError, UpstreamError } from '@switchboard/core/contract';
import type { PhoneControl } from '../../calls/phone/control.ts';
import { dialString } from '../../calls/phone/dial-string.ts';
import { createTelephony } from '../../calls/phone/telephony.ts';
import { createCallWatch } from '../../calls/live/watch.ts';
import { actOnPhone } from '../../jobs/act-on-phone.ts';
import { phoneState } from '../../routes/phone-state.ts';
import { phoneRoutesForMembers } from '../../routes/phone.ts';
import { fakeContext, type FakeContext, request } from '../fake-context.ts';
import { ids, rows } from '../fixtures.ts';

function office(settings: object = {}, fail?: Error) {
  const orders: string[] = [];
  const note = async (order: string) => {
    if (fail !== undefined) throw fail;
    orders.push(order);
  };
  const phone: PhoneControl = {
    call: (extension, destination) => note(`${extension} calls ${destination}`),
    hangUp: (extension, id) => note(`${extension} ends ${id}`),
    transfer: (extension, id, destination) => note(`${extension} hands ${id} to ${destination}`),
  };
  const context = fakeContext(rows, settings, { phone });
  return { context, orders, telephony: createTelephony(context) };
}

async function work(context: FakeContext): Promise<void> {
  for (const { type, payload } of context.jobs.values()) {
    if (type !== actOnPhone.type) continue;
    const run = { id: 'job', attempt: 1, signal: new AbortController().signal };
    await actOnPhone.run(context, type.payload.parse(payload) as never, run);
  }
}

const click = { requestId: 'click-1', memberId: ids.member, number: '+442079460123' };
const stateOf = ({ live }: FakeContext, requestId: string) =>
  live.get(requestId)?.data as { state: string; detail: string };

describe('calling', () => {
  test('is accepted at once, done by a job, and shown to the member who clicked', async () => {
    const { context, orders, telephony } = office();
    expect(await telephony.call(click)).toEqual({ requestId: 'click-1' });
    expect(orders).toEqual([]);
    expect(stateOf(context, 'click-1').state).toBe('accepted');
    expect(context.live.get('click-1')?.members).toEqual([ids.member]);
    await work(context);
    expect(orders).toEqual(['102 calls +442079460123']);
    expect(stateOf(context, 'click-1').state).toBe('done');
    expect(context.notes.at(-1)).toMatchObject({ direction: 'out', result: 'done' });
  });

  test('by a double click is one call, whether the clicks carry one id or two', async () => {
    const { context, orders, telephony } = office();
    await telephony.call(click);
    await telephony.call(click);
    await telephony.call({ ...click, requestId: 'click-2' });
    await work(context);
    expect(orders).toHaveLength(1);
    context.advance(10_000);
    await telephony.call({ ...click, requestId: 'click-3' });
    context.jobs.delete('click-1');
    context.jobs.delete('click-2');
    await work(context);
    expect(orders).toHaveLength(2);
  });

  test('is never done twice by a job that runs again after a crash: the agent is told instead', async () => {
    const { context, orders, telephony } = office();
    await telephony.call(click);
    await work(context);
    await work(context);
    expect(orders).toHaveLength(1);
    expect(stateOf(context, 'click-1')).toMatchObject({ state: 'failed', detail: expect.stringMatching(/not known/) });
  });

  test('comes not at all when it comes too late', async () => {
    const { context, orders, telephony } = office();
    await telephony.call(click);
    context.advance(45_000);
    await work(context);
    expect(orders).toEqual([]);
    expect(stateOf(context, 'click-1')).toMatchObject({ state: 'failed', detail: expect.stringMatching(/again/) });
  });

  test('tells why it failed', async () => {
    const { context, telephony } = office({}, new UpstreamError('The PBX does not answer'));
    await telephony.call(click);
    await work(context);
    expect(stateOf(context, 'click-1')).toMatchObject({ state: 'failed', detail: 'The PBX does not answer' });
    expect(context.notes.at(-1)).toMatchObject({ result: 'failed' });
  });

  test('is refused at once without control, without an extension, and for what is no number', async () => {
    const { telephony } = office();
    await expect(telephony.call({ ...click, memberId: ids.other })).rejects.toBeInstanceOf(NotFoundError);
    await expect(telephony.call({ ...click, number: 'anonymous' })).rejects.toBeInstanceOf(PayloadError);
    await expect(createTelephony(fakeContext(rows)).call(click)).rejects.toBeInstanceOf(RefusedError);
  });
});

test('a member calls from the own telephone, whomever the body names', async () => {
  const { context, orders } = office();
  const door = phoneRoutesForMembers.find(({ path }) => path === '/phone/call');
  const asked = request('/phone/call', { body: { ...click, memberId: ids.other } });
  const member = { id: ids.member, name: 'Ben Demo', email: 'ben.demo@example.com' };
  const crm = { ...context.crm, sees: async () => true, mayChange: async () => true };
  const reply = await door?.handle(
    context,
    { ...asked, member, crm, may: async () => true },
    new AbortController().signal,
  );
  expect(reply).toEqual({ status: 202, body: { requestId: 'click-1' } });
  await work(context);
  expect(orders).toEqual(['102 calls +442079460123']);
});

test('a member is told what became of the click, and of the call at the own telephone; others are not', async () => {
  const { context, telephony } = office();
  const look = async (member: string) => {
    const asked = request('/phone/request?id=click-1');
    const crm = { ...context.crm, sees: async () => true, mayChange: async () => true };
    const who = { id: member, name: 'Ben Demo', email: 'ben.demo@example.com' };
    const reply = await phoneState.handle(
      context,
      { ...asked, member: who, crm, may: async () => true },
      new AbortController().signal,
    );
    return reply.body;
  };
  await telephony.call(click);
  expect(await look(ids.member)).toEqual({ action: 'call', state: 'accepted', detail: '', call: null });
  await work(context);
  const watch = createCallWatch(context);
  const party = { dn: '10007', type: 'Wexternalline', number: '+442079460123', name: '', did: '' };
  await watch.seen({ id: 8001, dn: '102', callId: 7, status: 'Dialing', party, queue: { dn: '', kind: 'queue' } });
  const [callId] = [...context.live.keys()].filter((key) => key !== 'click-1');
  expect(await look(ids.member)).toMatchObject({ state: 'done', call: { id: callId, state: 'dialling' } });
  await expect(look(ids.other)).rejects.toBeInstanceOf(NotFoundError);
  context.advance(16 * 60_000);
  await expect(look(ids.member)).rejects.toBeInstanceOf(NotFoundError);
});

test('hanging up and handing on concern the call that is at the own extension', async () => {
  const { context, orders, telephony } = office();
  const watch = createCallWatch(context);
  const party = { dn: '10007', type: 'Wexternalline', number: '+31201234567', name: '', did: '' };
  await watch.seen({ id: 8001, dn: '102', callId: 7, status: 'Connected', party, queue: { dn: '', kind: 'queue' } });
  const callId = [...context.live.keys()][0] ?? '';
  await telephony.transfer({ requestId: 'a', memberId: ids.member, callId, to: '105' });
  await telephony.hangUp({ requestId: 'b', memberId: ids.member, callId });
  await work(context);
  expect(orders).toEqual(['102 hands 8001 to 105', '102 ends 8001']);
  await watch.gone('102', 8001);
  await expect(telephony.hangUp({ requestId: 'c', memberId: ids.member, callId })).rejects.toBeInstanceOf(
    NotFoundError,
  );
});

test.each([
  ['E164', '', '020 123 4567', '+31201234567'],
  ['Zeros', '', '+31201234567', '0031201234567'],
  ['National', '', '+31201234567', '0201234567'],
  ['National', '', '+442079460123', '00442079460123'],
  ['National', '0', '+31201234567', '00201234567'],
  ['Zeros', '9', '105', '105'],
] as const)(
  'numbers are dialled as the outbound rules want them: %s with prefix "%s", %s',
  (dialFormat, dialPrefix, number, dialled) => {
    expect(dialString(number, { dialFormat, dialPrefix }, 'NL')).toBe(dialled);
  },
);
