import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { MemberRequest, Reply } from '@switchboard/core/contract';
import type { ThreecxOptions } from '@switchboard/sandbox/threecx';
import type { Config } from '../../config.ts';
import { eraseSound } from '../../events/erase-sound.ts';
import { consentFlags } from '../../recordings/consent.ts';
import { recordingAudio, recordingList } from '../../routes/recordings.ts';
import { crmTemplate } from '../../template/template.ts';
import { type FakeContext, KEY, request } from '../fake-context.ts';
import { ids, rows } from '../fixtures.ts';
import { withPbx } from '../with-pbx.ts';
import { createWorker } from './work.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const opened: { close: () => Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(settings: Partial<Config> = {}, pbxSettings: ThreecxOptions['settings'] = {}) {
  const { pbx, context } = await withPbx(rows, settings, { settings: pbxSettings });
  opened.push(pbx);
  // The template reaches nobody: what is known comes from the call log.
  const xml = crmTemplate({ ...context.config, baseUrl: 'http://127.0.0.1:9', country: 'NL' });
  await pbx.installTemplate(xml, { values: { ApiKey: KEY, JournalCalls: 'False' } });
  return { pbx, context, worker: createWorker(context) };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** A call that was recorded, merged into its record, and its recording looked for. */
async function recorded({ pbx, worker }: Opened, script: object = {}): Promise<void> {
  await pbx.call({ from: '+31201234567', to: '102', seconds: 3, ...script });
  await worker.after(MINUTE_MS);
  await worker.readLog();
  await worker.lookForRecordings();
}

const events = ({ context }: Opened) =>
  [...context.events.values()].filter(({ type }) => type.name === 'recording.available').map(({ payload }) => payload);
const calls = ({ context }: Opened) => [...context.records.values()].filter(({ object }) => object === 'phoneCall');
const notes = ({ context }: Opened) =>
  context.notes.filter(({ kind }) => kind === 'recording').map(({ summary }) => summary);

/** A member asks. `sees` tells which fields the role may read. */
async function ask(
  context: FakeContext,
  route: typeof recordingAudio,
  path: string,
  {
    range = undefined as string | undefined,
    sees = (_field: string): boolean => true,
    callIds = [] as readonly string[],
  } = {},
): Promise<Reply> {
  const asked: MemberRequest = {
    ...request(path),
    headers: range === undefined ? {} : { range },
    member: { id: ids.member, name: 'Ben Demo', email: 'ben.demo@example.com' },
    crm: {
      ...context.crm,
      get: async (object, id) => (object === 'phoneCall' && callIds.includes(id) ? { id } : undefined),
      sees: async (_object, field) => sees(field),
      mayChange: async () => true,
    },
    may: async () => true,
  };
  return await route.handle(context, asked, AbortSignal.timeout(10_000));
}

async function callIdOf(one: Opened): Promise<string> {
  const [call] = calls(one);
  return String(call?.['id']);
}

describe('a recording', () => {
  test('is copied once, belongs to its call and is announced, however often it is looked for', async () => {
    const one = await open({ transcripts: 'hub' });
    await recorded(one);
    await one.worker.after(MINUTE_MS);
    await one.worker.lookForRecordings();
    expect(calls(one)).toHaveLength(1);
    const callId = await callIdOf(one);
    expect(events(one)).toEqual([
      expect.objectContaining({ callId, agentExtension: '102', mimeType: 'audio/wav', wantsTranscript: true }),
    ]);
    expect(notes(one)).toHaveLength(1);
  });

  test('of a call whose record comes an hour late waits for it', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    await one.worker.lookForRecordings();
    expect(notes(one)).toEqual([]);
    await one.worker.after(HOUR_MS);
    await one.worker.readLog();
    await one.worker.after(HOUR_MS);
    expect(notes(one)).toEqual([expect.stringContaining('copied into the hub')]);
  });

  test('of a call that never gets a record is given up, and the log says so', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    await one.worker.lookForRecordings();
    await one.worker.after(49 * HOUR_MS);
    expect(notes(one)).toEqual([expect.stringContaining('belongs to no call')]);
    expect(one.worker.waiting()).toEqual([]);
  });

  test('whose file was deleted is marked as gone and not asked for again', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    one.pbx.ledger.deleteFiles(one.pbx.ledger.recordings().map(({ id }) => id));
    await one.worker.readLog();
    await one.worker.after(HOUR_MS);
    await one.worker.lookForRecordings();
    expect(notes(one)).toEqual([expect.stringContaining('no longer in 3CX')]);
    const callId = await callIdOf(one);
    const { body } = await ask(one.context, recordingList, `/recordings?callId=${callId}`, { callIds: [callId] });
    expect(body).toMatchObject({ recordings: [{ audio: 'gone' }] });
  });

  test('between two extensions is left alone where such calls are not recorded', async () => {
    const one = await open();
    await recorded(one, { from: '101', to: '102' });
    expect(notes(one)).toEqual([]);
    expect(one.worker.waiting()).toEqual([]);
  });

  test('is kept no longer than the tenant wants', async () => {
    const one = await open({ recordingDays: 2 });
    await recorded(one);
    const callId = await callIdOf(one);
    const list = async () =>
      (await ask(one.context, recordingList, `/recordings?callId=${callId}`, { callIds: [callId] })).body;
    expect(await list()).toMatchObject({ recordings: [{ audio: 'held' }] });
    one.context.advance(49 * HOUR_MS);
    expect(await list()).toEqual({ recordings: [] });
  });

  test('carries what 3CX was set to', async () => {
    const one = await open();
    await recorded(one, { queue: '800', agents: ['101', '102'] });
    const callId = await callIdOf(one);
    const { body } = await ask(one.context, recordingList, `/recordings?callId=${callId}`, { callIds: [callId] });
    expect(body).toMatchObject({
      recordings: [{ consent: { forbidden: false, externalCallsOnly: false, queue: 'AllowToOptOut' } }],
    });
    expect(calls(one)).toEqual([expect.objectContaining({ recordingConsent: ['OPT_OUT'] })]);
  });

  test('tells in its call under which rules all its recordings were made', () => {
    const consents = [
      { forbidden: false, externalCallsOnly: true, queue: 'AskToOptIn' },
      { forbidden: true, externalCallsOnly: true },
      { queue: 'SomethingNew' },
      {},
    ];
    expect(consentFlags(consents)).toEqual(['EXTERNAL_ONLY', 'FORBIDDEN', 'OPT_IN']);
    expect(consentFlags([])).toEqual([]);
  });

  test('is not looked at when the tenant wants none', async () => {
    const one = await open({ recordings: 'off' });
    await recorded(one);
    expect(notes(one)).toEqual([]);
  });
});

describe('when 3CX does not play along', () => {
  test('without the role the channel is off, the call has its record, and recordings come once the role is there', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    await one.worker.readLog();
    one.pbx.principals.put({ clientId: 'crmsync', role: 'system_admins' });
    await one.worker.lookForRecordings();
    expect(await one.context.services.channels.state('recordings')).toMatchObject({ state: 'off' });
    one.pbx.principals.put({ clientId: 'crmsync', role: 'system_owners' });
    await one.worker.after(11 * MINUTE_MS);
    await one.worker.lookForRecordings();
    expect(notes(one)).toHaveLength(1);
  });

  test('a token that somebody else ended is replaced in the middle of it', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    await one.worker.readLog();
    await one.pbx.faults.inject({ kind: 'supersede', clientId: 'crmsync' });
    await one.worker.lookForRecordings();
    expect(notes(one)).toEqual([expect.stringContaining('copied into the hub')]);
  });

  test('while it is down nothing is lost: the same are found afterwards', async () => {
    const one = await open();
    await one.pbx.call({ from: '+31201234567', to: '102', seconds: 3 });
    await one.worker.after(MINUTE_MS);
    await one.worker.readLog();
    await one.pbx.faults.inject({ kind: 'down' });
    // In the rhythm of their schedules: however long it was down, they are there soon after it is back.
    await expect(one.worker.lookForRecordings()).rejects.toMatchObject({ retry: { afterMs: MINUTE_MS } });
    await expect(one.worker.readLog('recent')).rejects.toMatchObject({ retry: { afterMs: 20_000 } });
    await one.pbx.faults.inject({ kind: 'up' });
    await one.worker.lookForRecordings();
    expect(notes(one)).toHaveLength(1);
  });

  test('on an old build the flags that it does not know are left out', async () => {
    const one = await open({}, { version: '20.0.8' });
    await recorded(one);
    const callId = await callIdOf(one);
    const { body } = await ask(one.context, recordingList, `/recordings?callId=${callId}`, { callIds: [callId] });
    expect(body).toMatchObject({ recordings: [{ consent: { externalCallsOnly: false } }] });
    expect(JSON.stringify(body)).not.toContain('forbidden');
  });
});

describe('the text', () => {
  const transcripts = (one: Opened) => calls(one).map(({ transcript }) => transcript);

  test('of 3CX is taken over when it comes late, and nobody else is asked to write it', async () => {
    const one = await open({ transcripts: '3cx-then-hub' }, { transcriptAfter: 90 });
    await recorded(one);
    expect(transcripts(one)).toEqual([undefined]);
    expect(events(one)).toEqual([]);
    await one.worker.after(3 * MINUTE_MS);
    expect(transcripts(one)).toEqual([{ markdown: expect.stringMatching(/\w{4}/) }]);
    expect(events(one)).toEqual([expect.objectContaining({ wantsTranscript: false })]);
  });

  test('is asked of the hub when 3CX has written nothing in its time', async () => {
    const one = await open({ transcripts: '3cx-then-hub', transcriptWaitMinutes: 5 }, { version: '20.0.6' });
    await recorded(one);
    await one.worker.after(3 * MINUTE_MS);
    expect(events(one)).toEqual([]);
    await one.worker.after(10 * MINUTE_MS);
    expect(events(one)).toEqual([expect.objectContaining({ wantsTranscript: true, file: expect.any(String) })]);
    await one.worker.after(25 * HOUR_MS);
    expect(one.worker.waiting()).toEqual([]);
  });

  test.each(['3cx', '3cx-then-hub'] as const)(
    'is asked of 3CX, with %s, where it writes none by itself',
    async (mode) => {
      const one = await open({ transcripts: mode });
      await recorded(one);
      expect(one.pbx.ledger.recordings().map(({ textAt }) => textAt)).toEqual([null]);
      await one.worker.after(3 * MINUTE_MS);
      expect(one.pbx.ledger.recordings().map(({ textAt }) => textAt)).toEqual([expect.any(Number)]);
      await one.worker.after(10 * MINUTE_MS);
      expect(transcripts(one)).toEqual([{ markdown: expect.stringMatching(/\w{4}/) }]);
      expect(events(one)).toEqual([expect.objectContaining({ wantsTranscript: false })]);
    },
  );

  test('is not asked of 3CX where the hub writes it', async () => {
    const one = await open({ transcripts: 'hub' });
    await recorded(one);
    await one.worker.after(HOUR_MS);
    expect(one.pbx.ledger.recordings().map(({ textAt }) => textAt)).toEqual([null]);
    expect(events(one)).toEqual([expect.objectContaining({ wantsTranscript: true })]);
  });

  test('of a build that cannot be asked is looked for during a day, then no more', async () => {
    const one = await open({ transcripts: '3cx' }, { version: '20.0.6' });
    await recorded(one);
    for (let hour = 0; hour < 26; hour += 1) await one.worker.after(HOUR_MS);
    expect(one.worker.waiting()).toEqual([]);
    expect(events(one)).toEqual([expect.objectContaining({ wantsTranscript: false })]);
  });
});

describe('who plays a recording', () => {
  async function playable(settings: Partial<Config> = {}) {
    const one = await open({ transcripts: '3cx', ...settings });
    await recorded(one);
    const callId = await callIdOf(one);
    const [id] = one.pbx.ledger.recordings().map((recording) => recording.id);
    const path = `/recordings/audio?callId=${callId}&id=${id}`;
    const play = async (how: Parameters<typeof ask>[3] = {}) =>
      await ask(one.context, recordingAudio, path, { callIds: [callId], ...how });
    return { ...one, callId, id, play };
  }

  test('needs a role that sees the field, and the call', async () => {
    const { play, callId, context } = await playable();
    await expect(play({ sees: (field) => field !== 'recordings' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(play({ callIds: [] })).rejects.toMatchObject({ code: 'not-found' });
    const strange = `/recordings/audio?callId=${ids.other}&id=1`;
    await expect(ask(context, recordingAudio, strange, { callIds: [callId, ids.other] })).rejects.toMatchObject({
      code: 'not-found',
    });
    for (const query of ['', '?callId=1', '?callId[]=x']) {
      await expect(ask(context, recordingAudio, `/recordings/audio${query}`)).rejects.toMatchObject({
        code: 'payload',
      });
    }
    expect(context.notes.filter(({ direction }) => direction === 'out')).toEqual([]);
  });

  test('hears it whole or in parts, and it is one line in the log', async () => {
    const { play, context } = await playable();
    const whole = await play();
    const audio = await buffer(whole.body as Readable);
    expect(audio.subarray(0, 4).toString()).toBe('RIFF');
    expect(whole.headers).toMatchObject({ 'content-type': 'audio/wav', 'content-length': String(audio.length) });
    const part = await play({ range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers?.['content-range']).toBe(`bytes 100-199/${audio.length}`);
    expect(await buffer(part.body as Readable)).toEqual(audio.subarray(100, 200));
    expect(await buffer((await play({ range: 'bytes=-10' })).body as Readable)).toEqual(audio.subarray(-10));
    expect(await play({ range: `bytes=${audio.length}-` })).toMatchObject({ status: 416 });
    const played = context.notes.filter(({ direction }) => direction === 'out');
    expect(played).toEqual([expect.objectContaining({ summary: expect.stringMatching(/^Ben Demo played/) })]);
    expect(context.audit.map(({ action }) => action)).toEqual(['recording.listened']);
  });

  test('no more once somebody wanted everything gone that was said', async () => {
    const { play, context, callId } = await playable();
    expect(await play()).toMatchObject({ status: 200 });
    await eraseSound.handle(context, { payload: { callId } } as never, new AbortController().signal);
    await expect(play()).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of what stayed in 3CX has it fetched first', async () => {
    const { play, worker, id, pbx } = await playable({ recordings: 'link' });
    expect(await play()).toMatchObject({ status: 202 });
    expect(await play()).toMatchObject({ status: 202 });
    expect(worker.waiting().filter((name) => name === 'threecx.fetch-recording')).toHaveLength(1);
    await worker.settle();
    expect(await play()).toMatchObject({ status: 200 });
    pbx.ledger.deleteFiles([id ?? 0]);
    expect(await play()).toMatchObject({ status: 200 });
  });
});
