import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { job } from '@switchboard/core/contract';
import { waitFor } from '@switchboard/testing';
import { forgetOld } from '../jobs/forget-old.ts';
import type { Context } from '../services.ts';
import { publishTranscript } from '../work.ts';
import { transcribed } from './desk.ts';
import { type Member, type Office, openOffice } from './office.ts';

/** What was said goes: at a person's wish, and after the days of the tenant. */

const PATIENCE_MS = 120_000;
let office: Office;
let ada: Member;
let lea: Member;
let anna: string;
let own: string[];
let other: string;

beforeAll(async () => {
  office = await openOffice();
  anna = await office.create('person', { name: { firstName: 'Anna', lastName: 'Example' } });
  const call = { name: 'Call', direction: 'INBOUND' };
  own = [];
  for (let number = 0; number < 2; number += 1) own.push(await office.create('phoneCall', { ...call, personId: anna }));
  other = await office.create('phoneCall', call);
  lea = await office.join('Lea', 'Team lead');
  ada = await office.signIn({ email: 'admin@example.com', password: 'password-1' });
  await office.hub.admin.auth.roster.refresh(office.tenantId, AbortSignal.timeout(PATIENCE_MS));
  for (const callId of [...own, other]) await said(callId, 'Please call my neighbour.');
  await waitFor(
    'the calls to be known',
    async () => (await ada.get(`/transcripts?callId=${other}`)).status === 200,
    PATIENCE_MS,
  );
  for (const callId of [...own, other])
    await waitFor('the text in Twenty', async () => (await office.textInTwenty(callId)) !== '', PATIENCE_MS);
}, 300_000);
afterAll(async () => await office?.close());

/** Written down, and published to Twenty. */
async function said(callId: string, text: string, startedAt?: string): Promise<void> {
  const name = { callId, recordingId: '1' };
  await transcribed(office.context, { ...name, ...(startedAt === undefined ? {} : { startedAt }) }, [
    { speaker: 'caller', text },
  ]);
  await office.context.commit({ jobs: [job(publishTranscript, { ...name, run: 1 }, `${callId}/publish`)] });
}

const stateOf = async (callId: string) => (await ada.get(`/transcripts?callId=${callId}`)).body.transcripts[0];
const found = async (words: string) =>
  (await ada.get(`/transcripts/search?q=${words}`)).body.found.map(({ callId }) => callId);

describe('at the wish of a person', () => {
  test('nobody deletes who may not manage plugins, or who has not seen how much it is', async () => {
    expect((await lea.get(`/people/said?personId=${anna}`)).status).toBe(403);
    expect((await lea.post('/people/erase', { personId: anna, calls: 2 })).status).toBe(403);
    expect((await ada.get(`/people/said?personId=${anna}`)).body).toMatchObject({
      calls: 2,
      transcripts: 2,
      lines: 2,
      erasure: null,
    });
    expect((await ada.post('/people/erase', { personId: anna, calls: 1 })).status).toBe(409);
    expect((await ada.post('/people/erase', { personId: other, calls: 0 })).status).toBe(404);
  });

  test('everything goes, here, from the search and in Twenty, and nothing of others', async () => {
    expect((await ada.post('/people/erase', { personId: anna, calls: 2 })).status).toBe(202);
    await waitFor(
      'all of it to be gone',
      async () => (await ada.get(`/people/said?personId=${anna}`)).body.erasure?.isDone,
      PATIENCE_MS,
    );
    for (const callId of own) {
      expect(await stateOf(callId)).toMatchObject({ state: 'deleted', reason: 'request', lines: [] });
      await waitFor('the text to be gone', async () => (await office.textInTwenty(callId)) === '', PATIENCE_MS);
    }
    expect(await found('neighbour')).toEqual([other]);
    expect(await stateOf(other)).toMatchObject({ state: 'ready' });
    expect(await office.audited('said.erased')).toEqual([`admin@example.com person/${anna}`]);
    const events = await office.hub.database.db.selectFrom('event').select(['name', 'payload']).execute();
    const told = events.filter(({ name }) => name === 'said.erased').map(({ payload }) => payload);
    expect(told).toEqual(expect.arrayContaining(own.map((callId) => ({ callId }))));
  });
});

describe('after its days', () => {
  test('text goes night by night, waveforms on days of their own, and what is younger stays', async () => {
    const old = await office.create('phoneCall', { name: 'Old', direction: 'INBOUND' });
    await said(old, 'About parcels.', '2024-01-10T09:00:00.000Z');
    await waitFor('the old call', async () => (await stateOf(old))?.state === 'ready', PATIENCE_MS);
    const signal = new AbortController().signal;
    const night = async (config: Partial<Context['config']>) => {
      const context = { ...office.context, config: { ...office.context.config, ...config } };
      await forgetOld.run(context, {} as never, { id: 'night', attempt: 1, signal });
    };
    await night({ derivedDays: 1, textDays: 0 });
    expect((await ada.get(`/transcripts/waveform?callId=${old}&recordingId=1`)).body.channels).toEqual([]);
    expect(await found('parcels')).toEqual([old]);

    await night({ textDays: 365 });
    await waitFor('the old text to be gone', async () => (await stateOf(old))?.state === 'deleted', PATIENCE_MS);
    expect(await stateOf(old)).toMatchObject({ reason: 'retention', lines: [] });
    expect(await found('parcels')).toEqual([]);
    expect(await stateOf(other)).toMatchObject({ state: 'ready' });
  });
});
