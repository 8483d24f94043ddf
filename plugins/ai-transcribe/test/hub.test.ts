import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PluginContext, Transcript } from '@switchboard/core/contract';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { encodeWav } from '../audio/encode-wav.ts';
import type { Config } from '../config.ts';
import { shareThreads } from '../embedded/shared-threads.ts';
import { createThreads } from '../embedded/threads.ts';
import { plugin } from '../plugin.ts';
import { createServices } from '../services.ts';
import { announce, pbx } from './pbx.ts';
import { inTurns, needsFlite, say, stereo, TELEPHONE, words } from './speech.ts';

/** From the recording to the text on the call in the CRM, with the embedded engine and nothing configured. */

let hub: TestHub;
// The tests are not the only ones who want the processor, and have nobody to leave it to.
const threads = shareThreads(() => createThreads({ niceness: 0 }));
const eager = {
  ...plugin,
  setup: (context: PluginContext<Config, undefined>) => createServices(context, threads),
  stop: async () => await threads.release(),
};
const doors = `/tenants/${TEST_TENANT}/plugins/ai-transcribe/doors`;
const PATIENCE_MS = 60_000;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [eager, pbx] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'pbx', {}, 'test');
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'ai-transcribe', {}, 'test');
});
afterAll(async () => await hub.close());

async function createCall(data: object): Promise<string> {
  const { createPhoneCall } = (await hub.crm.records(
    'mutation Create($data: PhoneCallCreateInput!) { createPhoneCall(data: $data) { id } }',
    { data },
  )) as { createPhoneCall: { id: string } };
  return createPhoneCall.id;
}

async function transcriptOf(callId: string): Promise<Transcript> {
  return await waitFor(
    'the transcript to come to an end',
    async () => {
      const { body } = await hub.api('GET', `${doors}/transcripts?call=${callId}`);
      const [transcript] = (body as { transcripts: Transcript[] }).transcripts;
      return transcript !== undefined && !['waiting', 'working'].includes(transcript.state) && transcript;
    },
    PATIENCE_MS,
  );
}

async function shown(callId: string): Promise<string> {
  const { phoneCall } = (await hub.crm.records(
    'query Call($id: UUID!) { phoneCall(filter: { id: { eq: $id } }) { transcript { markdown } } }',
    { id: callId },
  )) as { phoneCall: { transcript: { markdown: string | null } | null } };
  return phoneCall.transcript?.markdown ?? '';
}

(needsFlite === '' ? test : test.skip)(
  `a recorded call becomes text with both sides, without its card number, on the call in the CRM${needsFlite}`,
  async () => {
    const callId = await createCall({ direction: 'INBOUND', name: 'Inbound' });
    const question = say('Good morning, this is the service desk. How can I help you today?', 'slt');
    const answer = say(
      'My card number is four five three nine, one four eight eight, zero three four three, six four six seven.',
      'rms',
    );
    const [agent, caller] = inTurns(question, answer);
    await announce(hub, { callId, recordingId: '1', audio: stereo(caller, agent) });

    const transcript = await transcriptOf(callId);
    expect(transcript).toMatchObject({ state: 'ready', engine: 'embedded', language: 'en' });
    expect(transcript.lines.map(({ speaker }) => speaker)).toEqual(['agent', 'caller']);
    expect(words(transcript.lines[0]?.text ?? '')).toEqual(expect.arrayContaining(['service', 'desk', 'help']));
    expect(transcript.lines[1]?.text).toContain('[card number]');
    expect(transcript.lines[1]?.text).not.toMatch(/\d/);

    const markdown = await waitFor('the text in the CRM', async () => (await shown(callId)) || false, PATIENCE_MS);
    expect(markdown).toContain('Agent');
    const { body } = await hub.api('GET', `${doors}/search?q=service%20desk`);
    expect((body as { lines: object[] }).lines).toEqual([expect.objectContaining({ callId, speaker: 'agent' })]);

    await waitFor('the event that tells of it', async () => {
      const events = await hub.hub.database.db.selectFrom('event').select(['name', 'payload']).execute();
      return events.find(({ name }) => name === 'transcript.ready');
    });
  },
  90_000,
);

test('a call in which nobody speaks is silent, and says so', async () => {
  const callId = await createCall({ direction: 'INBOUND', name: 'Silent' });
  await announce(hub, { callId, recordingId: '2', audio: encodeWav(new Float32Array(TELEPHONE * 3), TELEPHONE) });
  expect(await transcriptOf(callId)).toMatchObject({ state: 'silent', lines: [] });
  expect(await shown(callId)).toBe('');
});

test('a damaged file fails with a reason, and can be asked for again', async () => {
  const callId = await createCall({ direction: 'INBOUND', name: 'Damaged' });
  await announce(hub, { callId, recordingId: '3', audio: Buffer.from('RIFF....WAVEfmt ') });
  expect(await transcriptOf(callId)).toMatchObject({ state: 'failed', reason: 'corrupt' });

  const again = { callId, recordingId: '3' };
  expect((await hub.api('POST', `${doors}/transcripts/again`, again)).status).toBe(202);
  expect(await transcriptOf(callId)).toMatchObject({ state: 'failed', reason: 'corrupt' });
});

test('without consent nobody listens', async () => {
  const callId = await createCall({ direction: 'INBOUND', name: 'No consent', recordingConsent: ['FORBIDDEN'] });
  await announce(hub, { callId, recordingId: '4', audio: encodeWav(new Float32Array(TELEPHONE), TELEPHONE) });
  expect(await transcriptOf(callId)).toMatchObject({ state: 'refused', reason: 'consent', seconds: 0 });
});

test('with a rule for its country a call is refused that another country lets through', async () => {
  const consentRules = ['DE any never'];
  await hub.hub.admin.plugins.configure(TEST_TENANT, 'ai-transcribe', { consentRules }, 'test');
  const german = await createCall({ direction: 'INBOUND', name: 'Germany', phoneNumber: '+493023125118' });
  const british = await createCall({ direction: 'INBOUND', name: 'Britain', phoneNumber: '+442079460123' });
  const audio = encodeWav(new Float32Array(TELEPHONE), TELEPHONE);
  await announce(hub, { callId: german, recordingId: '6', audio });
  await announce(hub, { callId: british, recordingId: '7', audio });
  expect(await transcriptOf(german)).toMatchObject({ state: 'refused', reason: 'consent', seconds: 0 });
  expect(await transcriptOf(british)).toMatchObject({ state: 'silent' });
  await hub.hub.admin.plugins.configure(TEST_TENANT, 'ai-transcribe', { consentRules: null }, 'test');
});

test('the text of the telephone system is taken over, without identity numbers', async () => {
  const markdown = 'Agent: Good morning.\n\nCaller: My number is 111222333.';
  const callId = await createCall({ direction: 'INBOUND', name: 'Written by 3CX', transcript: { markdown } });
  await announce(hub, { callId, recordingId: '5', audio: Buffer.from('none'), wants: false });
  const transcript = await transcriptOf(callId);
  expect(transcript).toMatchObject({ state: 'ready', engine: '3cx' });
  expect(transcript.lines.map(({ text }) => text)).toEqual([
    'Agent: Good morning.',
    'Caller: My number is [identity number].',
  ]);
  await waitFor('the number to be gone from the CRM', async () => !(await shown(callId)).includes('111222333'));
});
