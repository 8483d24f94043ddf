import { describe, expect, test } from '@jest/globals';
import { createCallWatch } from '../../calls/live/watch.ts';
import { mergeCall } from '../../jobs/merge-call.ts';
import { reportCall } from '../../webhooks/report-call.ts';
import { delivery, fakeContext, type FakeContext } from '../fake-context.ts';
import { rows } from '../fixtures.ts';
import { post } from './wire.ts';
import type { Participant } from '../../calls/wire/participant.ts';

/** Calls that one agent hands on to another, where no call log says that they are one. */

const signal = new AbortController().signal;
const calls = ({ records }: FakeContext) => [...records.values()].filter(({ object }) => object === 'phoneCall');

async function reported(...posts: readonly object[]): Promise<FakeContext> {
  const context = fakeContext(rows);
  for (const one of posts) await reportCall.receive(context, delivery(one), signal);
  return context;
}

describe('the template alone', () => {
  const first = post({ agent: '102', start: 0, end: 300, talk: 295 });
  const blind = post({ agent: '103', start: 301, end: 420, talk: 110 });
  const announced = post({ agent: '103', start: 240, end: 420, talk: 119 });

  test.each([
    ['at once', blind],
    ['after a talk about it', announced],
  ])('makes one record of a call that is handed on %s, in either order of the posts', async (_how, second) => {
    for (const posts of [
      [first, second],
      [second, first],
      [first, second, first],
    ]) {
      const found = calls(await reported(...posts)).filter(({ mergedIntoId }) => !mergedIntoId);
      expect(found).toEqual([
        expect.objectContaining({ outcome: 'ANSWERED', agentExtension: '103', agentEmail: 'carla.demo@example.com' }),
      ]);
      const transferred = expect.objectContaining({ what: 'transferred', number: '103' });
      expect(found[0]).toMatchObject({ journey: { steps: expect.arrayContaining([transferred]) } });
    }
  });

  test.each([
    ['calls again a little later', post({ agent: '103', start: 310, end: 420, talk: 100 })],
    ['shares the number with one who talks on', post({ agent: '103', start: 30, end: 420, talk: 380 })],
    ['gets nobody then', post({ agent: '103', start: 301, end: 320 })],
    ['has the same agent again', post({ agent: '102', start: 301, end: 420, talk: 110 })],
  ])('keeps two calls of a caller who %s', async (_who, second) => {
    expect(calls(await reported(first, second))).toHaveLength(2);
  });
});

describe('what was watched', () => {
  const outside = { dn: '10007', type: 'Wexternalline', number: '0031201234567', name: '', did: '' };
  const colleague = { dn: '101', type: 'Wextension', number: '101', name: '', did: '' };
  const queue = { dn: '', kind: 'queue' as const };

  function leg(dn: string, id: number, change: Partial<Participant>): Participant {
    return { id, dn, callId: 1264, status: 'Connected', party: outside, queue, ...change };
  }

  async function work(context: FakeContext): Promise<void> {
    for (const [key, { type, payload }] of context.jobs) {
      context.jobs.delete(key);
      if (type.name !== mergeCall.type.name) continue;
      await mergeCall.run(context, mergeCall.type.payload.parse(payload) as never, { id: key, attempt: 1, signal });
    }
  }

  test.each([
    ['joins the call of the first agent', 1264],
    ['stays in the call in which both agents talked about it', 1265],
  ])('is one record when the caller is handed on and %s', async (_where, callId) => {
    const context = fakeContext(rows);
    const watch = createCallWatch(context);
    await watch.seen(leg('101', 8001, { status: 'Ringing' }));
    await watch.seen(leg('101', 8001, {}));
    context.advance(60_000);
    await watch.seen(leg('101', 8002, { callId: 1265, status: 'Dialing', party: { ...colleague, dn: '102' } }));
    await watch.seen(leg('102', 8003, { callId: 1265, status: 'Ringing', party: colleague }));
    await watch.seen(leg('102', 8003, { callId: 1265, party: colleague }));
    context.advance(20_000);
    await watch.seen(leg('102', 8003, { callId }));
    await watch.gone('101', 8001);
    await watch.gone('101', 8002);
    context.advance(100_000);
    await watch.gone('102', 8003);
    await work(context);
    const found = calls(context).filter(({ mergedIntoId }) => !mergedIntoId);
    expect(found).toEqual([
      expect.objectContaining({ direction: 'INBOUND', outcome: 'ANSWERED', agentExtension: '102' }),
    ]);
  });
});
