import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { setSuggestion } from '../store/suggestions.ts';
import { transcribed } from './desk.ts';
import { type Member, type Office, openOffice } from './office.ts';

/** Who may read, search, correct and take away what was said, and that each is told. */

let desk: Office;
let robin: Member;
let sam: Member;
let lea: Member;
let toni: Member;
let kim: Member;
let lift: string;
let heating: string;
let parcels: string;

beforeAll(async () => {
  desk = await openOffice();
  const personId = await desk.create('person', { name: { firstName: 'Anna', lastName: 'Example' } });
  lift = await desk.create('phoneCall', { name: 'Lift', direction: 'INBOUND', phoneNumber: '+31201234567', personId });
  heating = await desk.create('phoneCall', { name: 'Heating', direction: 'OUTBOUND', phoneNumber: '+442079460123' });
  parcels = await desk.create('phoneCall', { name: 'Parcels', direction: 'INBOUND' });
  await makeRole('Reader', { canUpdateAllObjectRecords: false });
  await hideTranscripts(await makeRole('Clerk', { canUpdateAllObjectRecords: true }));
  robin = await desk.join('Robin', 'Agent');
  sam = await desk.join('Sam', 'Agent');
  lea = await desk.join('Lea', 'Team lead');
  toni = await desk.join('Toni', 'Reader');
  kim = await desk.join('Kim', 'Clerk');
  await desk.hub.admin.auth.roster.refresh(desk.tenantId, AbortSignal.timeout(120_000));
  await transcribed(desk.context, { callId: lift }, [
    { speaker: 'agent', text: 'Service desk, good morning.' },
    { speaker: 'caller', text: 'The lift stands still, and the door is open.' },
    { speaker: 'caller', text: undefined },
  ]);
  await transcribed(desk.context, { callId: heating, startedAt: '2026-11-21T09:00:00.000Z' }, [
    { speaker: 'agent', text: 'About your heating: the lift is not our concern.' },
  ]);
  await waitFor(
    'the calls to be known',
    async () => (await robin.get(`/transcripts?callId=${parcels}`)).status === 200,
    120_000,
  );
}, 300_000);
afterAll(async () => await desk?.close());

async function makeRole(label: string, rights: object): Promise<string> {
  const { createOneRole } = (await desk.crm.metadata(
    'mutation R($i: CreateRoleInput!) { createOneRole(createRoleInput: $i) { id } }',
    { i: { label, canReadAllObjectRecords: true, canBeAssignedToUsers: true, ...rights } },
  )) as { createOneRole: { id: string } };
  return createOneRole.id;
}

async function hideTranscripts(roleId: string): Promise<void> {
  const { objects } = (await desk.crm.metadata(
    '{ objects(paging: { first: 1000 }) { edges { node { id nameSingular fieldsList { id name } } } } }',
  )) as {
    objects: { edges: { node: { id: string; nameSingular: string; fieldsList: { id: string; name: string }[] } }[] };
  };
  const calls = objects.edges.find(({ node }) => node.nameSingular === 'phoneCall')?.node;
  const fieldMetadataId = calls?.fieldsList.find(({ name }) => name === 'transcript')?.id;
  const hidden = { objectMetadataId: calls?.id, fieldMetadataId, canReadFieldValue: false, canUpdateFieldValue: false };
  await desk.crm.metadata(
    'mutation F($i: UpsertFieldPermissionsInput!) { upsertFieldPermissions(upsertFieldPermissionsInput: $i) { fieldMetadataId } }',
    { i: { roleId, fieldPermissions: [hidden] } },
  );
}

const linesOf = async (member: Member, callId: string) =>
  (await member.get(`/transcripts?callId=${callId}`)).body.transcripts[0]?.lines ?? [];

describe('reading', () => {
  test('shows who said what and when, and is an entry of the audit log, once for each sitting', async () => {
    const { body } = await robin.get(`/transcripts?callId=${lift}`);
    expect(body).toMatchObject({ mayCorrect: true, mayExport: false, mayMakeAgain: false });
    expect(body.transcripts).toMatchObject([
      {
        state: 'ready',
        engine: 'embedded',
        lines: [
          { speaker: 'agent', fromMs: 0, toMs: 2_500, text: 'Service desk, good morning.', correction: null },
          { speaker: 'caller', text: 'The lift stands still, and the door is open.', version: 0 },
          { state: 'unclear', text: '' },
        ],
      },
    ]);
    await robin.get(`/transcripts?callId=${lift}`);
    const read = (await desk.audited('transcript.read')).filter((entry) => entry.includes(lift));
    expect(read).toEqual([`robin@example.com phoneCall/${lift}`]);
  });

  test('the waveform comes by channel, in steps', async () => {
    const { body } = await robin.get(`/transcripts/waveform?callId=${lift}&recordingId=1`);
    expect(body).toMatchObject({ seconds: 9, channels: [expect.any(Array), expect.any(Array)] });
    expect(body.channels[0]).toHaveLength(30);
  });

  test('is not for a role that Twenty does not show transcripts, in no way', async () => {
    for (const path of [
      `/transcripts?callId=${lift}`,
      `/transcripts/waveform?callId=${lift}&recordingId=1`,
      '/transcripts/search?q=lift',
      `/transcripts/file?callId=${lift}&recordingId=1&format=txt`,
    ])
      expect({ path, ...(await kim.get(path)) }).toMatchObject({ status: 403 });
    const line = { callId: lift, recordingId: '1', number: 1, version: 0, text: 'Mine' };
    expect((await kim.post('/transcripts/lines', line)).status).toBe(403);
    expect((await desk.audited('transcript.read')).filter((entry) => entry.startsWith('kim'))).toEqual([]);
  });

  test('is not for a role without the permission to listen', async () => {
    const { version, roles } = await desk.hub.admin.auth.matrices.get(desk.tenantId);
    const roleId = roles.find(({ label }) => label === 'Reader')?.id ?? '';
    const change = { roleId, permission: 'recordings.listen' as const, granted: false };
    await desk.hub.admin.auth.matrices.change(desk.tenantId, version, [change], 'admin@example.com');
    expect((await toni.get(`/transcripts?callId=${lift}`)).status).toBe(403);
    expect((await toni.get('/transcripts/search?q=lift')).status).toBe(403);
    const now = await desk.hub.admin.auth.matrices.get(desk.tenantId);
    await desk.hub.admin.auth.matrices.change(
      desk.tenantId,
      now.version,
      [{ ...change, granted: true }],
      'admin@example.com',
    );
    expect((await toni.get(`/transcripts?callId=${lift}`)).body).toMatchObject({ mayCorrect: false });
  });

  test('calls that are not there are not found', async () => {
    expect((await robin.get('/transcripts?callId=01234567-89ab-4cde-8f01-23456789abcd')).status).toBe(404);
    expect((await robin.get('/transcripts?callId=nonsense')).status).toBe(400);
  });
});

describe('searching', () => {
  test('finds calls in which all the words are said, in whichever line, the newest first', async () => {
    const { body } = await robin.get('/transcripts/search?q=lift');
    expect(body.found.map(({ callId }) => callId)).toEqual([lift, heating]);
    expect(body.found[0]).toMatchObject({
      call: { phoneNumber: '+31201234567', person: { name: 'Anna Example' } },
      hits: [{ number: 1, speaker: 'caller', fromMs: 3_000 }],
      total: 1,
    });
    const both = await robin.get('/transcripts/search?q=MORNING%20doo');
    expect(both.body.found.map(({ callId }) => callId)).toEqual([lift]);
    expect((await robin.get('/transcripts/search?q=morning%20heating')).body.found).toEqual([]);
    expect(await desk.audited('transcript.searched')).toContain('robin@example.com transcripts');
  });

  test.each(["'); drop table x", '& | ! ( )', ':*', "'"])('takes %s for words or for nothing', async (question) => {
    expect((await robin.get(`/transcripts/search?q=${encodeURIComponent(question)}`)).status).toBe(200);
  });

  test('goes on where the page before has ended', async () => {
    const common = Array.from({ length: 25 }, (_, index) => String(index).padStart(2, '0'));
    for (const minute of common)
      await transcribed(
        desk.context,
        { callId: parcels, recordingId: `more-${minute}`, startedAt: `2026-11-01T10:${minute}:00.000Z` },
        [{ speaker: 'agent', text: 'Paging through parcels.' }],
      );
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const { body } = await robin.get(`/transcripts/search?q=parcel${after}`);
      seen.push(...body.found.map(({ recordingId }) => recordingId));
      next = body.next;
    }
    expect(seen).toEqual(common.toReversed().map((minute) => `more-${minute}`));
  });
});

describe('correcting', () => {
  const line = (text: string, version: number, number = 0) => ({
    callId: heating,
    recordingId: '1',
    number,
    version,
    text,
  });

  test('keeps what the engine wrote, says who and when, and is found and shown in Twenty from then on', async () => {
    const { status, body } = await sam.post(
      '/transcripts/lines',
      line('About your boiler, card 4539 1488 0343 6467.', 0),
    );
    expect({ status, body }).toMatchObject({ status: 200, body: { text: 'About your boiler, card [card number].' } });
    expect((await linesOf(robin, heating))[0]).toMatchObject({
      text: 'About your boiler, card [card number].',
      version: 1,
      correction: { original: 'About your heating: the lift is not our concern.', by: 'Sam Example' },
    });
    expect((await robin.get('/transcripts/search?q=boiler')).body.found).toMatchObject([{ callId: heating }]);
    expect((await robin.get('/transcripts/search?q=concern')).body.found).toEqual([]);
    expect(await desk.audited('transcript.corrected')).toEqual([`sam@example.com phoneCall/${heating}`]);
    await waitFor('the text in Twenty', async () => (await desk.textInTwenty(heating)).includes('boiler'), 60_000);
  });

  test('two at one line: the second sees what the first wrote, the first hears of the second', async () => {
    const [now] = await linesOf(robin, heating);
    const version = now?.version ?? 0;
    const answers = await Promise.all([
      robin.post('/transcripts/lines', line('By Robin.', version)),
      sam.post('/transcripts/lines', line('By Sam.', version)),
    ]);
    const first = answers.findIndex(({ status }) => status === 200);
    const [winner, loser] = first === 0 ? ['Robin', 'Sam'] : ['Sam', 'Robin'];
    expect(answers[1 - first]).toMatchObject({
      status: 409,
      body: { line: { text: `By ${winner}.`, version: version + 1, by: `${winner} Example` } },
    });
    const { rows } = await desk.hub.database.pool.query<{ data: Record<string, unknown> }>(
      `select data from live_item where key like $1`,
      [`${heating}/clash/%`],
    );
    expect(rows).toMatchObject([{ data: { clash: { number: 0, by: `${loser} Example` } } }]);
    expect((await linesOf(robin, heating))[0]).toMatchObject({
      correction: { original: 'About your heating: the lift is not our concern.' },
    });
  });

  test('gives words to a line that nobody understood; nothing is no correction', async () => {
    const wanted = { callId: lift, recordingId: '1', number: 2, version: 0, text: 'Third floor.' };
    expect((await robin.post('/transcripts/lines', { ...wanted, text: ' \u0000 ' })).status).toBe(400);
    expect((await robin.post('/transcripts/lines', wanted)).status).toBe(200);
    expect((await linesOf(robin, lift))[2]).toMatchObject({ state: 'clear', correction: { original: '' } });
    expect((await robin.post('/transcripts/lines', { ...wanted, number: 99 })).status).toBe(404);
    expect((await toni.post('/transcripts/lines', { ...wanted, version: 1 })).status).toBe(403);
  });
});

test('what a language model proposed is accepted or rejected once, by who may change texts, and that is noted', async () => {
  const content = {
    summary: 'A lift.',
    actionPoints: [],
    sentiment: 'neutral' as const,
    subject: '',
    category: '',
    malfunction: '',
  };
  const made = { state: 'ready', model: 'gpt-5-mini', content } as const;
  const name = { callId: heating, recordingId: '1' };
  await desk.context.commit({ rows: async (rows) => await setSuggestion(rows, { ...name, run: 1 }, made) });
  const wanted = { ...name, decision: 'accepted' };
  expect((await toni.post('/transcripts/suggestion', wanted)).status).toBe(403);
  expect((await kim.post('/transcripts/suggestion', wanted)).status).toBe(403);
  expect((await robin.post('/transcripts/suggestion', wanted)).status).toBe(200);
  expect((await sam.post('/transcripts/suggestion', { ...wanted, decision: 'rejected' })).status).toBe(409);
  expect((await sam.post('/transcripts/suggestion', { ...wanted, callId: parcels })).status).toBe(409);
  expect((await robin.get(`/transcripts?callId=${heating}`)).body).toMatchObject({
    suggestions: [{ recordingId: '1', content, decision: 'accepted', decidedBy: 'Robin Example' }],
  });
  expect(await desk.audited('suggestion.accepted')).toEqual([`robin@example.com phoneCall/${heating}`]);
});

describe('taking away', () => {
  const path = (format: string, recordingId = '1') =>
    `/transcripts/file?callId=${lift}&recordingId=${recordingId}&format=${format}`;

  test('is for those who may export, as text, captions or data, and each is an entry of the audit log', async () => {
    expect((await robin.get(path('txt'))).status).toBe(403);
    expect((await lea.get(path('txt'))).text).toContain('00:00:03 Caller: The lift stands still');
    expect((await lea.get(path('vtt'))).text).toContain(
      'WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.500\n<v Agent>Service desk, good morning.\n',
    );
    const { body } = await lea.get(path('json'));
    expect(body).toMatchObject({ callId: lift, lines: [{ fromMs: 0 }, { fromMs: 3_000 }, {}] });
    expect(await desk.audited('transcript.exported')).toEqual(Array(3).fill(`lea@example.com phoneCall/${lift}`));
    expect((await lea.get(path('txt', 'none'))).status).toBe(404);
  });
});
