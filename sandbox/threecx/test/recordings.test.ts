import { afterEach, describe, expect, test } from '@jest/globals';
import type { SettingsPatch } from '../index.ts';
import { templateXml } from './template-xml.ts';
import { ask, openPbx, until } from './pbx-client.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A PBX with one recorded talk of about so many milliseconds. */
async function recorded(settings: SettingsPatch = {}, talkMs = 300) {
  const client = await openPbx({ settings: { speed: 100, ...settings } });
  opened.push(client.pbx);
  await client.pbx.play({ ringSeconds: 1, talkSeconds: talkMs / 10 }).done;
  const list = async (query = '') =>
    ((await client.xapi(`/Recordings${query}`)).body as { value: Record<string, unknown>[] }).value;
  const id = Number((await until('it is listed', async () => (await list())[0]))['Id']);
  const download = async (headers: Record<string, string> = {}, recId = id) =>
    await client.xapi(`/Recordings/Pbx.DownloadRecording(recId=${recId})`, { headers });
  return { ...client, list, id, download };
}

describe('a recording', () => {
  test('is found by id and by time, never by its key', async () => {
    const { list, id, xapi } = await recorded();
    const [found] = await list();
    expect(found).toMatchObject({
      CallType: 'InboundExternal',
      FromCallerNumber: '+31201234567',
      FromDidNumber: '+442079460000',
      ToDn: '101',
      RecordingUrl: expect.not.stringContaining('http'),
    });
    expect(await list(`?$filter=Id gt ${id - 1}&$orderby=Id asc&$top=100`)).toHaveLength(1);
    expect(await list(`?$filter=Id gt ${id}`)).toEqual([]);
    const start = String(found?.['StartTime']);
    expect(await list(`?$filter=StartTime ge ${start} and StartTime le 2100-01-01T00:00:00Z`)).toHaveLength(1);
    expect(await list('?$filter=StartTime lt 2026-01-01T00:00:00Z')).toEqual([]);
    expect((await xapi(`/Recordings(${id})`)).status).toBe(404);
  });

  test('is listed and named in the log only when its file is there', async () => {
    const client = await openPbx({ settings: { recordingAfter: 80_000 } });
    opened.push(client.pbx);
    await client.pbx.play({ ringSeconds: 0, talkSeconds: 1 }).done;
    expect(await client.rows()).toMatchObject([{ DstRecId: null, Recordings: [] }]);
    const later = await recorded();
    expect(await later.rows()).toMatchObject([{ DstRecId: later.id, SrcRecId: null, Recordings: [{ Id: later.id }] }]);
  });

  test.each([
    [{}, { format: 1, channels: 1, bits: 16 }],
    [{ stereo: true }, { format: 1, channels: 2, bits: 16 }],
    [{ encoding: 'ulaw' }, { format: 7, channels: 1, bits: 8 }],
  ] as const)('sounds, as long as the talk was: %j', async (settings, expected) => {
    const { download, list } = await recorded(settings);
    const { status, headers, body } = await download();
    const audio = body as Buffer;
    expect([status, headers.get('content-type')]).toEqual([200, 'audio/x-wav']);
    expect([audio.toString('latin1', 0, 4), audio.toString('latin1', 8, 12)]).toEqual(['RIFF', 'WAVE']);
    const [format, channels, bits] = [20, 22, 34].map((at) => audio.readUInt16LE(at));
    expect({ format, channels, bits }).toEqual(expected);
    expect(audio.readUInt32LE(40)).toBe(audio.length - 44);
    const [{ StartTime, EndTime } = {}] = await list();
    const milliseconds = Date.parse(String(EndTime)) - Date.parse(String(StartTime));
    expect(audio.length - 44).toBe((Math.round(milliseconds * 8) * expected.channels * expected.bits) / 8);
    expect(new Set(audio.subarray(44)).size).toBeGreaterThan(20);
  });

  test('in stereo keeps the two sides apart', async () => {
    const { download } = await recorded({ stereo: true });
    const audio = ((await download()).body as Buffer).subarray(44);
    const loudness = (channel: number) => {
      let sum = 0;
      for (let at = channel * 2; at + 1 < audio.length; at += 4) sum += Math.abs(audio.readInt16LE(at));
      return sum;
    };
    // The agent speaks first; the caller has not had a turn yet.
    expect(loudness(0)).toBe(0);
    expect(loudness(1)).toBeGreaterThan(0);
  });

  test('answers to ranges only when the PBX does', async () => {
    const { download, pbx } = await recorded();
    const whole = (await download()).body as Buffer;
    expect((await download({ range: 'bytes=0-3' })).body).toEqual(whole);
    pbx.settings.change({ ranges: true });
    const part = await download({ range: 'bytes=8-11' });
    expect(part).toMatchObject({ status: 206, body: Buffer.from('WAVE') });
    expect(part.headers.get('content-range')).toBe(`bytes 8-11/${whole.length}`);
    expect((await download({ range: `bytes=${whole.length}-` })).status).toBe(416);
    expect((await download({ range: `bytes=${whole.length - 2}-` })).body).toEqual(whole.subarray(-2));
  });

  test('that is gone or never was answers 400 FILE_NOT_FOUND, its row stays', async () => {
    const { download, xapi, list, id } = await recorded();
    const gone = { status: 400, body: { error: { code: '400', message: 'WARNINGS.XAPI.FILE_NOT_FOUND' } } };
    expect(await download({}, 42)).toMatchObject(gone);
    expect((await xapi('/Recordings/Pbx.BulkRecordingsDelete', { body: { ids: [id] } })).status).toBe(204);
    expect(await download()).toMatchObject(gone);
    expect(await list()).toHaveLength(1);
  });

  test('is not made where the extension forbids it', async () => {
    const client = await openPbx();
    opened.push(client.pbx);
    client.pbx.directory.users.change(31, { ForbidRecording: true });
    client.pbx.directory.users.change(32, { RecordExternalCallsOnly: true });
    await client.pbx.play({ agent: '101', ringSeconds: 0, talkSeconds: 1 }).done;
    await client.pbx.play({ scenario: 'internal', agent: '101', number: '102', ringSeconds: 0, talkSeconds: 1 }).done;
    expect(client.pbx.ledger.recordings()).toEqual([]);
    await client.pbx.play({ agent: '102', ringSeconds: 0, talkSeconds: 1 }).done;
    expect(client.pbx.ledger.recordings()).toHaveLength(1);
  });
});

describe('a transcript', () => {
  const said = expect.stringContaining('The lift at our office');

  test('is there only some time after it was asked for, on the recording and in the log', async () => {
    const { list, xapi, rows, id } = await recorded({ speed: 10 }, 100);
    expect(await list()).toMatchObject([{ IsTranscribed: false, CanBeTranscribed: true, Transcription: null }]);
    expect((await xapi('/Recordings/Pbx.TranscribeRecordings', { body: { ids: [id] } })).status).toBe(204);
    const text = { Transcription: said, SentimentScore: 3 };
    await until('the text', async () => (await list())[0]?.['IsTranscribed']);
    expect(await list()).toMatchObject([{ ...text, IsTranscribed: true, CanBeTranscribed: false }]);
    expect(await rows()).toMatchObject([{ ...text, Recordings: [{ Id: id, ...text }] }]);
  });

  test('comes by itself where the PBX transcribes', async () => {
    const { list } = await recorded({ transcriptAfter: 10 });
    await until('the text', async () => (await list())[0]?.['IsTranscribed']);
    expect(await list()).toMatchObject([{ Transcription: said }]);
  });

  test('cannot be asked for before 20.0.7', async () => {
    const { xapi, id } = await recorded({ version: '20.0.6' });
    expect((await xapi('/Recordings/Pbx.TranscribeRecordings', { body: { ids: [id] } })).status).toBe(404);
  });
});

test('chats are listed message by message', async () => {
  const { pbx, sync } = await openPbx();
  opened.push(pbx);
  const message = { FromName: 'Visitor', FromNo: '', IsExternal: true, Message: 'Hello', QueueNumber: '800' } as const;
  const from = { ParticipantEmail: 'visitor@example.com', ParticipantPhone: '', ProviderType: 'LiveChat' } as const;
  const TimeSent = '2026-11-21T12:00:00Z';
  pbx.addChat([{ ...message, ...from, TimeSent }]);
  const { body } = await ask(`${pbx.url}/xapi/v1/ChatHistoryView?$filter=TimeSent ge 2026-11-21T00:00:00Z`, sync);
  expect(body).toMatchObject({ value: [{ ConversationId: 1, Message: 'Hello', ProviderType: 'LiveChat' }] });
  await pbx.installTemplate(templateXml);
  const script = { email: 'visitor@example.com', messages: 'Visitor: Hi\nAgent: Hello' };
  await ask(`${pbx.url}/control/chats`, undefined, { body: script });
  const all = await ask(`${pbx.url}/xapi/v1/ChatHistoryView?$filter=ConversationId eq 2`, sync);
  expect(all.body).toMatchObject({
    value: [
      { Message: 'Hi', IsExternal: true, ParticipantEmail: 'visitor@example.com' },
      { Message: 'Hello', IsExternal: false, FromNo: '101' },
    ],
  });
});

test('the probe tells of a new chat', async () => {
  const { pbx, sync } = await openPbx();
  opened.push(pbx);
  const message = { FromName: 'Visitor', FromNo: '', IsExternal: true, Message: 'Hello', QueueNumber: '800' } as const;
  const from = { ParticipantEmail: '', ParticipantPhone: '', ProviderType: 'LiveChat' } as const;
  const TimeSent = '2026-11-21T12:00:00Z';
  pbx.addChat([{ ...message, ...from, TimeSent }]);
  const probe = await ask(`${pbx.url}/xapi/v1/LastCdrAndChatMessageTimestamp`, sync);
  expect(probe.body).toMatchObject({ value: [{ LastChatMessageTimeSent: TimeSent }] });
});
