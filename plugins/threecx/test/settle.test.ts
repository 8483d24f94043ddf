import { describe, expect, test } from '@jest/globals';
import { NotFoundError, PayloadError } from '@switchboard/core/contract';
import { settledInCrm } from '../events/settled-in-crm.ts';
import { settleCall } from '../routes/settle-call.ts';
import { unsettledCalls } from '../routes/unsettled-calls.ts';
import { reportCall } from '../webhooks/report-call.ts';
import { call, delivery, fakeContext, type FakeContext, request } from './fake-context.ts';
import { ids, post, shared } from './fixtures.ts';

const signal = new AbortController().signal;

/** A context with one ambiguous call, whose record has come back to the mirror with what people changed in it. */
async function withCall(change: object = {}) {
  const context = fakeContext(shared);
  await reportCall.receive(context, delivery(post), signal);
  const record = [...context.records.values()][0] as { id: string };
  context.rows['phoneCall'] = [{ ...record, ...change }];
  return { context, callId: record.id };
}

const settle = async (context: FakeContext, body: unknown) =>
  await settleCall.handle(context, request('/calls/settle', { body }), signal);

async function nextCall(context: FakeContext) {
  const before = new Set(context.records.keys());
  await reportCall.receive(context, delivery({ ...post, startUtc: '2026-11-21T11:00:00Z', endUtc: '' }), signal);
  return [...context.records].find(([id]) => !before.has(id))?.[1];
}

describe('an ambiguous call', () => {
  test('is listed with those who may be meant', async () => {
    const { context, callId } = await withCall();
    expect(await call(unsettledCalls, context, request('/calls/unsettled'))).toMatchObject({
      calls: [{ callId, phoneNumber: '+31201234567', candidates: [{ id: ids.anna }, { id: ids.bert }] }],
    });
  });

  test('can be settled, and the number stands for that person from then on', async () => {
    const { context, callId } = await withCall();
    await settle(context, { callId, personId: ids.bert });
    expect(context.records.get(callId)).toMatchObject({
      personId: ids.bert,
      companyId: ids.example,
      locationId: ids.office,
      matchState: 'SETTLED',
    });
    expect(await nextCall(context)).toMatchObject({ personId: ids.bert, matchState: 'MATCHED' });
  });

  test('is settled by filling in the person in Twenty', async () => {
    const { context, callId } = await withCall({ personId: ids.bert });
    const update = { object: 'phoneCall', recordId: callId };
    await settledInCrm.handle(
      context,
      { id: 'event', name: 'record.updated', payload: update as never, occurredAt: new Date() },
      signal,
    );
    expect(context.records.get(callId)).toMatchObject({ personId: ids.bert, matchState: 'SETTLED' });
    expect(await nextCall(context)).toMatchObject({ personId: ids.bert, matchState: 'MATCHED' });
  });

  test('stays open while nobody is filled in, and a recognised one is left alone', async () => {
    for (const change of [{ name: 'Renamed' }, { personId: ids.bert, matchState: 'MATCHED' }]) {
      const { context, callId } = await withCall(change);
      const update = { object: 'phoneCall', recordId: callId };
      await settledInCrm.handle(
        context,
        { id: 'event', name: 'record.updated', payload: update as never, occurredAt: new Date() },
        signal,
      );
      expect(context.records.get(callId)).toMatchObject({ matchState: 'AMBIGUOUS' });
    }
  });

  test('stops meaning the chosen person once that one is deleted', async () => {
    const { context, callId } = await withCall();
    await settle(context, { callId, personId: ids.bert });
    context.rows['person'] = (shared['person'] ?? []).filter(({ id }) => id !== ids.bert);
    expect(await nextCall(context)).toMatchObject({ personId: ids.anna, matchState: 'MATCHED' });
  });
});

describe('settling', () => {
  test.each([
    [{ callId: 'x', personId: ids.bert }, PayloadError, 'body.callId'],
    [{ callId: ids.other, personId: ids.bert }, NotFoundError, 'body.callId'],
    [{ personId: ids.bert }, PayloadError, 'body.callId'],
  ])('refuses %j naming the field', async (body, errorClass, field) => {
    const { context } = await withCall();
    const refused = settle(context, body);
    await expect(refused).rejects.toBeInstanceOf(errorClass);
    await expect(refused).rejects.toMatchObject({ field });
  });

  test('refuses a person who does not exist', async () => {
    const { context, callId } = await withCall();
    await expect(settle(context, { callId, personId: ids.other })).rejects.toMatchObject({
      field: 'body.personId',
      code: 'not-found',
    });
    expect(context.records.get(callId)).toMatchObject({ matchState: 'AMBIGUOUS' });
  });
});
