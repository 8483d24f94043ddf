import { describe, expect, test } from '@jest/globals';
import { callAnswered, callRinging } from '@switchboard/core/contract';
import { createCallWatch, type CallWatch } from '../../calls/live/watch.ts';
import type { Participant } from '../../calls/wire/participant.ts';
import { mergeCall, mergeLater } from '../../jobs/merge-call.ts';
import { settleCall, settleCallForMember } from '../../routes/settle-call.ts';
import { fakeContext, type FakeContext, request } from '../fake-context.ts';
import { bert, ids, rows, shared } from '../fixtures.ts';

const members = ['101', '102', '103'].map((extension, index) => ({
  id: ids.member.replace(/.$/, `${index + 1}`),
  userEmail: `agent${extension}@example.com`,
  extension,
}));
const memberOf = (extension: string) => members.find((one) => one.extension === extension)?.id ?? '';

function rings(dn: string, id: number, change: Partial<Participant> = {}): Participant {
  const party = { dn: '10007', type: 'Wexternalline', number: '0031201234567', name: '', did: '' };
  return { id, dn, callId: 1264, status: 'Ringing', party, queue: { dn: '', kind: 'queue' }, ...change };
}

function watching(data: object = {}): { context: FakeContext; watch: CallWatch } {
  const context = fakeContext({ ...rows, workspaceMember: members, ...data });
  return { context, watch: createCallWatch(context) };
}

const shown = ({ live }: FakeContext) => [...live.values()].filter(({ topic }) => topic.name === 'calls');
const card = (context: FakeContext) => shown(context)[0]?.data as Record<string, unknown> | undefined;

async function work(context: FakeContext): Promise<void> {
  const signal = new AbortController().signal;
  for (let job = [...context.jobs][0]; job !== undefined; job = [...context.jobs][0]) {
    const [key, { type, payload }] = job;
    context.jobs.delete(key);
    const handler = type.name === mergeLater.type.name ? mergeLater : mergeCall;
    await handler.run(context, type.payload.parse(payload) as never, { id: key, attempt: 1, signal });
  }
}

const records = ({ records: all }: FakeContext) => [...all.values()].filter(({ object }) => object === 'phoneCall');

describe('a call that rings', () => {
  test('is shown to the agents it rings, with who calls and what there is to know, and announced once', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    const { context, watch } = watching({
      serviceCase: [
        {
          id: ids.other,
          name: 'C-7 Lift',
          status: 'OPEN',
          priority: 'HIGH',
          openedAt: at,
          responseDueAt: at,
          firstResponseAt: at,
          resolveDueAt: '2026-11-21T16:00:00Z',
          locationId: ids.office,
        },
        { id: ids.bert, name: 'C-1 Done', status: 'CLOSED', priority: 'LOW', openedAt: at, locationId: ids.office },
      ],
      malfunction: [
        {
          id: ids.other,
          name: 'M-1 Power',
          status: 'IN_REPAIR',
          severity: 'MAJOR',
          isMajor: true,
          announcement: 'Until 14:00',
          locationId: ids.office,
        },
      ],
      phoneCall: [
        {
          id: ids.other,
          name: 'Inbound call',
          startedAt: at,
          direction: 'INBOUND',
          outcome: 'ANSWERED',
          personId: ids.anna,
        },
        {
          id: ids.bert,
          name: 'Old',
          startedAt: '2026-09-01T10:00:00.000Z',
          direction: 'INBOUND',
          outcome: 'ANSWERED',
          personId: ids.anna,
        },
      ],
    });
    await Promise.all([watch.seen(rings('101', 8001)), watch.seen(rings('102', 8002)), watch.seen(rings('101', 8001))]);
    expect(shown(context)).toHaveLength(1);
    expect(shown(context)[0]?.members).toEqual([memberOf('101'), memberOf('102')]);
    expect(card(context)).toMatchObject({
      state: 'ringing',
      direction: 'INBOUND',
      phoneNumber: '+31201234567',
      label: '+31 20 123 4567',
      matchState: 'MATCHED',
      person: { id: ids.anna, name: 'Anna Example' },
      company: { name: 'Example BV' },
      location: { name: 'Office Amsterdam' },
      openCases: [{ name: 'C-7 Lift', responseDueAt: null, resolveDueAt: '2026-11-21T16:00:00.000Z' }],
      malfunctions: [{ name: 'M-1 Power', announcement: 'Until 14:00' }],
      previousCalls: [{ startedAt: at }],
      previousCallCount: 1,
      agents: [
        { extension: '101', state: 'ringing' },
        { extension: '102', state: 'ringing' },
      ],
    });
    expect([...context.events.values()].map(({ type }) => type)).toEqual([callRinging]);
    expect(records(context)).toEqual([]);
  });

  test('stays with the agent who answers, has its record from then on, and is gone when it is over', async () => {
    const { context, watch } = watching();
    await watch.seen(rings('101', 8001));
    await watch.seen(rings('102', 8002));
    const callId = card(context)?.['callId'];
    context.advance(5000);
    await watch.seen(rings('102', 8002, { status: 'Connected' }));
    await watch.gone('101', 8001);
    expect(shown(context)[0]?.members).toEqual([memberOf('102')]);
    expect(card(context)).toMatchObject({ state: 'talking', answeredAt: expect.stringContaining('12:00:05') });
    await work(context);
    expect(records(context)).toEqual([
      expect.objectContaining({ id: callId, outcome: 'ANSWERED', personId: ids.anna }),
    ]);
    expect(records(context)[0]).not.toHaveProperty('endedAt');
    context.advance(60_000);
    await watch.gone('102', 8002);
    await work(context);
    expect(shown(context)).toEqual([]);
    expect(records(context)).toEqual([
      expect.objectContaining({ id: callId, durationSeconds: 60, agentExtension: '102' }),
    ]);
    expect([...context.events.values()].map(({ type }) => type.name)).toEqual([
      callRinging.name,
      callAnswered.name,
      'call.ended',
    ]);
  });

  test('of a shared number lists the likeliest first; a pick while it rings is seen at once and goes into the record', async () => {
    const { context, watch } = watching({
      ...shared,
      phoneCall: [
        {
          id: ids.other,
          name: 'x',
          startedAt: '2026-11-20T10:00:00.000Z',
          personId: ids.bert,
          phoneNumber: '+31201234567',
        },
      ],
    });
    await watch.seen(rings('102', 8002));
    expect(card(context)).toMatchObject({
      matchState: 'AMBIGUOUS',
      person: null,
      candidates: [{ id: ids.bert, company: 'Example BV' }, { id: ids.anna }],
    });
    const callId = card(context)?.['callId'];
    const body = { callId, personId: bert.id };
    await settleCall.handle(context, request('/calls/settle', { body }), new AbortController().signal);
    expect(card(context)).toMatchObject({ matchState: 'SETTLED', person: { id: ids.bert }, candidates: [] });
    await watch.seen(rings('102', 8002, { status: 'Connected' }));
    await work(context);
    expect(card(context)).toMatchObject({ matchState: 'SETTLED', person: { id: ids.bert } });
    expect(records(context)).toEqual([
      expect.objectContaining({ id: callId, matchState: 'SETTLED', personId: ids.bert }),
    ]);
  });
});

describe('a link that was lost', () => {
  test('leaves nothing ringing; what goes on is shown again, what ended unseen is over', async () => {
    const { context, watch } = watching();
    await watch.seen(rings('101', 8001));
    await watch.seen(rings('102', 8002, { callId: 1265, status: 'Connected' }));
    context.advance(10_000);
    await watch.lost();
    expect(shown(context)).toEqual([]);
    context.advance(600_000);
    await watch.reconcile([{ ...rings('102', 8002, { callId: 1265, status: 'Connected' }), type: 'Wextension' }]);
    expect(shown(context).map(({ members: to }) => to)).toEqual([[memberOf('102')]]);
    await work(context);
    expect(records(context).find(({ outcome }) => outcome === 'MISSED')).toMatchObject({ waitSeconds: 10 });
  });

  test('makes no talk of no length of whoever answered just before: the call log has a minute to tell', async () => {
    const { context, watch } = watching();
    await watch.reconcile([]);
    await watch.seen(rings('101', 8001, { status: 'Connected' }));
    await work(context);
    context.advance(30_000);
    await createCallWatch(context).reconcile([]);
    expect(records(context)).toEqual([expect.objectContaining({ outcome: 'ANSWERED' })]);
    expect(records(context)[0]).not.toHaveProperty('durationSeconds');
    expect([...context.jobs.values()].map(({ dueAt }) => dueAt - context.clock.now())).toEqual([60_000]);
    await work(context);
    expect(records(context)).toEqual([expect.objectContaining({ outcome: 'ANSWERED', durationSeconds: 0 })]);
  });

  test('and a hub that was killed: the next process goes on with the same calls', async () => {
    const { context, watch } = watching();
    await watch.seen(rings('101', 8001));
    await watch.seen(rings('102', 8002, { callId: 1265 }));
    const before = new Set(shown(context).map(({ key }) => key));
    context.advance(5000);
    const next = createCallWatch(context);
    await next.reconcile([{ ...rings('102', 8002, { callId: 1265, status: 'Connected' }), type: 'Wextension' }]);
    expect(shown(context)).toHaveLength(1);
    expect(before.has(shown(context)[0]?.key ?? '')).toBe(true);
    expect(card(context)).toMatchObject({ state: 'talking' });
  });
});

test('a queue that pauses between two rounds does not lose its call', async () => {
  const { context, watch } = watching();
  const queue = { dn: '800', kind: 'queue' } as const;
  await watch.seen(rings('101', 8001, { queue }));
  context.advance(20_000);
  await watch.gone('101', 8001);
  expect(shown(context)).toEqual([]);
  context.advance(2000);
  await watch.seen(rings('102', 8002, { queue }));
  expect(card(context)).toMatchObject({ queue: '800', state: 'ringing' });
  await watch.seen(rings('102', 8002, { queue, status: 'Connected' }));
  await work(context);
  expect(records(context)).toEqual([expect.objectContaining({ outcome: 'ANSWERED', queue: '800', waitSeconds: 22 })]);
  expect([...context.events.values()].filter(({ type }) => type === callRinging)).toHaveLength(1);
});

test('calls between extensions are shown, and recorded only on request', async () => {
  const { context, watch } = watching();
  const party = { dn: '103', type: 'Wextension', number: '103', name: 'Carla', did: '' };
  await watch.seen(rings('102', 8002, { party }));
  expect(card(context)).toMatchObject({ direction: 'INTERNAL', phoneNumber: '', label: 'extension 103' });
  await watch.gone('102', 8002);
  await work(context);
  expect(records(context)).toEqual([]);
});

test('a member settles only what the role may read', async () => {
  const { context, watch } = watching(shared);
  await watch.seen(rings('102', 8002));
  const callId = card(context)?.['callId'];
  const asked = request('/calls/settle', { body: { callId, personId: bert.id } });
  const member = { id: memberOf('102'), name: 'Ben', email: 'ben@example.com' };
  const settleAs = async (crm: object) =>
    await settleCallForMember.handle(
      context,
      {
        ...asked,
        member,
        crm: { ...context.crm, sees: async () => true, mayChange: async () => true, ...crm },
        may: async () => true,
      },
      new AbortController().signal,
    );
  await expect(settleAs({ sees: async () => false })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(settleAs({ get: async () => undefined })).rejects.toMatchObject({ code: 'not-found' });
  expect(card(context)).toMatchObject({ matchState: 'AMBIGUOUS' });
  await settleAs({});
  expect(card(context)).toMatchObject({ matchState: 'SETTLED', person: { id: ids.bert } });
});
