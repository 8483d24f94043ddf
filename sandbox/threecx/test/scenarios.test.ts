import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlayRequest, ThreecxOptions } from '../index.ts';
import { crmDouble } from './crm-double.ts';
import { type Frame, openPbx, openSocket, type Row, until } from './pbx-client.ts';
import { templateXml } from './template-xml.ts';

/** What one scenario leaves behind on every channel. */
type Channels = {
  /** Where a participant came and went, in order. */
  readonly live: readonly string[];
  /** Call, indent, destination, status and reason of each row, in order. */
  readonly log: readonly string[];
  /** Agent and type of each post. */
  readonly posts: readonly string[];
  /** From whom to whom. */
  readonly recordings: readonly string[];
  /** Number asked for while it rang. */
  readonly asked: readonly string[];
};

const CUSTOMER = '0031201234567';
const polled = (...numbers: string[]) => numbers.map((number) => `0 1 ${number} Unanswered Polling`);

const table: [name: NonNullable<PlayRequest['scenario']>, play: PlayRequest, expected: Channels][] = [
  [
    'inbound',
    { agent: '102' },
    {
      live: ['+102', '-102'],
      log: ['0 0 102 Answered '],
      posts: ['102 Inbound'],
      recordings: ['10007 > 102'],
      asked: [CUSTOMER],
    },
  ],
  [
    'outbound',
    { agent: '103', number: '+442079460101' },
    {
      live: ['+103', '-103'],
      log: ['0 0 10007 Answered '],
      posts: ['103 Outbound'],
      recordings: ['103 > 10007'],
      asked: ['00442079460101'],
    },
  ],
  [
    'unanswered',
    {},
    {
      live: ['+101', '-101'],
      log: ['0 0 10007 Unanswered NoAnswer'],
      posts: ['101 Notanswered'],
      recordings: [],
      asked: [CUSTOMER],
    },
  ],
  [
    'internal',
    { agent: '101', number: '102' },
    {
      live: ['+101', '+102', '-101', '-102'],
      log: ['0 0 102 Answered '],
      posts: ['102 Inbound'],
      recordings: ['101 > 102'],
      asked: [],
    },
  ],
  [
    'missed',
    {},
    {
      live: ['+101', '-101'],
      log: ['0 0 101 Unanswered NoAnswer'],
      posts: ['101 Missed'],
      recordings: [],
      asked: [CUSTOMER],
    },
  ],
  [
    'withheld',
    {},
    {
      live: ['+101', '-101'],
      log: ['0 0 101 Answered '],
      posts: ['101 Inbound'],
      recordings: ['10007 > 101'],
      asked: [],
    },
  ],
  [
    'shared',
    {},
    {
      live: ['+101', '-101'],
      log: ['0 0 101 Answered '],
      posts: ['101 Inbound'],
      recordings: ['10007 > 101'],
      asked: ['00493023125020'],
    },
  ],
  [
    'queue',
    { agents: ['101', '102'], agent: '102', rounds: 2 },
    {
      live: ['+101', '+102', '-101', '-102', '+101', '+102', '-101', '-102'],
      log: ['0 0 800 Waiting ', ...polled('101', '102', '101'), '0 1 102 Answered '],
      posts: ['101 Missed', '102 Inbound'],
      recordings: ['10007 > 102'],
      asked: [CUSTOMER],
    },
  ],
  [
    'queue-abandoned',
    { agents: ['101', '102'], rounds: 1 },
    {
      live: ['+101', '+102', '-101', '-102'],
      log: ['0 0 800 Waiting ', ...polled('101', '102')],
      posts: ['101 Missed', '102 Missed'],
      recordings: [],
      asked: [CUSTOMER],
    },
  ],
  [
    'ring-group',
    { agents: ['101', '102'], agent: '102' },
    {
      live: ['+101', '+102', '-101', '-102'],
      log: ['0 0 810 Unanswered ', '0 1 101 Unanswered ', '0 1 102 Answered '],
      posts: ['101 Missed', '102 Inbound'],
      recordings: ['10007 > 102'],
      asked: [CUSTOMER],
    },
  ],
  [
    'transfer',
    { agent: '101', transferTo: '104' },
    {
      live: ['+101', '+104', '-101', '-104'],
      log: ['0 0 101 Answered ', '0 1 104 Answered '],
      posts: ['101 Inbound', '104 Inbound'],
      recordings: ['10007 > 101', '10007 > 104'],
      asked: [CUSTOMER],
    },
  ],
  [
    'voicemail',
    {},
    {
      live: ['+101', '-101'],
      log: ['0 0 101 Unanswered NoAnswer', '0 0 999 Answered NoAnswer'],
      posts: ['101 Missed'],
      recordings: [],
      asked: [CUSTOMER],
    },
  ],
  [
    'callback',
    { agent: '105' },
    {
      live: ['+105', '-105'],
      log: ['0 0 800 Waiting CallbackRequested', '1 1 105 Answered Callback', '1 0 10007 Answered '],
      posts: ['105 Outbound'],
      recordings: ['105 > 10007'],
      asked: [CUSTOMER, CUSTOMER],
    },
  ],
  [
    'overlap',
    { ringSeconds: 2, talkSeconds: 30 },
    {
      live: ['+101', '+101', '-101', '-101'],
      log: ['0 0 101 Answered ', '1 0 101 Answered '],
      posts: ['101 Inbound', '101 Inbound'],
      recordings: ['10007 > 101', '10007 > 101'],
      asked: [CUSTOMER, '00493023125020'],
    },
  ],
];

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function open(options: ThreecxOptions = {}) {
  const crm = await crmDouble(() => ({ body: { people: [] } }));
  const client = await openPbx(options);
  opened.push(crm, client.pbx);
  await client.pbx.installTemplate(templateXml, { values: { Address: crm.url } });
  return { ...client, crm };
}

describe('the scenario', () => {
  let client: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    client = await open();
  });

  test.each(table)('%s leaves one story on every channel', async (scenario, play, expected) => {
    const { pbx, live, crm, rows, xapi } = client;
    const { frames } = await openSocket(pbx, live);
    await pbx.play({ scenario, ringSeconds: 5, talkSeconds: 20, ...play }).done;
    expect({
      live: await story(frames),
      log: describeRows(await rows()),
      posts: crm.posts().map(({ agent, type }) => `${agent} ${type}`),
      recordings: ((await xapi('/Recordings')).body as { value: Row[] }).value.map(
        (one) => `${String(one['FromDn'])} > ${String(one['ToDn'])}`,
      ),
      asked: crm.received.filter(({ path }) => path === '/who').map(({ query }) => new URLSearchParams(query).get('n')),
    }).toEqual(expected);
  });
});

/** Where participants came and went; a PBX without calls has none left. */
async function story(frames: readonly Frame[]): Promise<string[]> {
  const told = () => {
    const seen = new Set<string>();
    return frames.flatMap(({ event: { entity, event_type } }) => {
      const dn = entity.split('/')[2] ?? '';
      if (event_type === 1) return [`-${dn}`];
      if (seen.has(entity)) return [];
      seen.add(entity);
      return [`+${dn}`];
    });
  };
  const count = (sign: string) => told().filter((one) => one.startsWith(sign)).length;
  await until('everybody is gone', () => count('+') > 0 && count('+') === count('-'));
  return told();
}

/** Which of the scenario's calls, indent, destination, status, reason. */
function describeRows(rows: readonly Row[]): string[] {
  const calls = [...new Set(rows.map(({ MainCallHistoryId }) => MainCallHistoryId))];
  return rows.map(({ MainCallHistoryId, Indent, DestinationDn, Status, Reason }) =>
    [calls.indexOf(MainCallHistoryId), Indent, DestinationDn, Status, Reason].join(' '),
  );
}

describe('the log', () => {
  test('names who called whom and how long it rang and was talked', async () => {
    const { pbx, rows } = await open({ settings: { speed: 100 } });
    const [played] = await pbx.play({ ringSeconds: 20, talkSeconds: 60 }).done;
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      MainCallHistoryId: played?.historyId,
      CallId: played?.callId,
      Direction: 'Inbound',
      SourceDn: '10007',
      SourceCallerId: '+31201234567',
      DestinationDn: '101',
      DestinationDisplayName: 'Anna Demo',
      RingingDuration: expect.stringMatching(/^PT0\.\d+S$/),
      TalkingDuration: expect.stringMatching(/^PT\d+(\.\d+)?S$/),
      Answered: true,
    });
    const times = [played?.startedAt, row?.['StartTime'], played?.endedAt].map((at) => Date.parse(String(at)));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('has the calls of no time too', async () => {
    const { pbx, rows } = await open();
    const { startedAt } = await pbx.call({
      from: '+31201234567',
      to: '103',
      queue: '800',
      agents: ['102', '103'],
      seconds: 3725,
    });
    await pbx.call({ from: '104', to: '+31201234567', direction: 'outbound', answered: false });
    const log = await rows();
    expect(describeRows(log)).toEqual([
      '0 0 800 Waiting ',
      '0 1 102 Unanswered Polling',
      '0 1 103 Answered ',
      '1 0 10007 Unanswered ',
    ]);
    expect(log[2]).toMatchObject({ StartTime: startedAt, RingingDuration: 'PT7S', TalkingDuration: 'PT1H2M5S' });
  });

  test('can count a voicemail box as nobody', async () => {
    const { pbx, rows } = await open({ settings: { voicemailAnswers: false } });
    await pbx.play({ scenario: 'voicemail', ringSeconds: 1, talkSeconds: 5 }).done;
    expect((await rows()).map(({ Answered }) => Answered)).toEqual([false, false]);
  });
});

test('a queue rings only agents who are logged in', async () => {
  const { pbx, rows } = await open();
  pbx.directory.users.change(31, { QueueStatus: 'LoggedOut' });
  await pbx.play({ scenario: 'queue', agent: '102', rounds: 1, ringSeconds: 1, talkSeconds: 1 }).done;
  expect((await rows()).map(({ DestinationDn }) => DestinationDn)).toEqual(['800', '102', '103', '104', '105']);
});

test('posts come twice or the other way round when told so', async () => {
  const { pbx, crm } = await open();
  const queue = {
    scenario: 'queue',
    agents: ['101', '102'],
    agent: '102',
    rounds: 1,
    ringSeconds: 1,
    talkSeconds: 1,
  } as const;
  await pbx.play({ ...queue, times: 2, order: 'reversed' }).done;
  expect(crm.posts().map(({ agent, type }) => `${agent} ${type}`)).toEqual([
    '102 Inbound',
    '102 Inbound',
    '101 Missed',
    '101 Missed',
  ]);
});

test('a text that is there in time comes with the report, on the recording and in the log', async () => {
  const { pbx, crm, rows, xapi } = await open();
  await pbx.play({ ringSeconds: 1, talkSeconds: 5, text: true }).done;
  const said = crm.posts()[0]?.['said'];
  expect(said).toContain('[second] floor');
  expect(await rows()).toMatchObject([{ Transcription: said }]);
  expect((await xapi('/Recordings')).body).toMatchObject({ value: [{ Transcription: said, IsTranscribed: true }] });
});

test('a hub that does not answer does not hold up a call', async () => {
  const { pbx, crm, rows } = await open();
  await crm.close();
  const [played] = await pbx.play({ ringSeconds: 1, talkSeconds: 1 }).done;
  expect(played).toMatchObject({ answered: true, ring: { shown: null }, posts: [{ status: null }] });
  expect(await rows()).toHaveLength(1);
});

test('two PBXs have nothing in common', async () => {
  const [one, other] = [await open(), await open()];
  const [played] = await one.pbx.play({ ringSeconds: 1, talkSeconds: 1 }).done;
  const [foreign] = await other.pbx.play({ scenario: 'missed', ringSeconds: 1 }).done;
  expect(played?.historyId).not.toBe(foreign?.historyId);
  expect(describeRows(await one.rows())).toEqual(['0 0 101 Answered ']);
  expect(
    (await fetch(`${other.pbx.url}/xapi/v1/Defs`, { headers: { authorization: `Bearer ${one.sync}` } })).status,
  ).toBe(401);
});

test('fifty calls a second are all told, logged and recorded', async () => {
  const { pbx, live } = await open({ agents: 100 });
  const { frames } = await openSocket(pbx, live);
  const playing = Array.from({ length: 100 }, (_, index) =>
    pbx.play({
      agent: String(1001 + index),
      number: `+3120123${String(1000 + index)}`,
      ringSeconds: 5,
      talkSeconds: 5,
    }),
  );
  const played = (await Promise.all(playing.map(async ({ done }) => await done))).flat();
  expect(new Set(played.map(({ historyId }) => historyId)).size).toBe(100);
  expect(played.every(({ posts }) => posts.length === 1 && posts[0]?.status === 200)).toBe(true);
  await until('everybody is gone', () => frames.filter(({ event }) => event.event_type === 1).length === 100);
  expect(new Set(pbx.ledger.rows().map(({ MainCallHistoryId }) => MainCallHistoryId)).size).toBe(100);
});
