import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { definePlugin } from '@switchboard/core/contract';
import { plugin as transcribe } from '@switchboard/plugin-ai-transcribe';
import { plugin as desk } from '@switchboard/plugin-service-desk';
import { type OpenAiStandIn, startOpenAi } from '@switchboard/sandbox/openai';
import { waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { lookAllRound, nothingFound } from './pages/all-round.ts';
import { opened } from './pages/look.ts';
import { windows } from './pages/picture.ts';
import { browserPath, complaintsOf, openWindow, openWorld, signInAs, type World } from './world.ts';

/** The page of a call: heard and read in step, searched, corrected; what it says where there is nothing; and the search over all calls. */

const inBrowser = browserPath === undefined ? describe.skip : describe;
const RATE = 8_000;
const SECONDS = 30;
let world: World;
let page: Page;
let complaints: string[];
let lift: string;
let states: string;
let berta: string;
let openai: OpenAiStandIn;

/** Half a minute of a tone that swells and fades, as 16-bit PCM. */
function tone(): Buffer {
  const file = Buffer.alloc(44 + RATE * SECONDS * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(file.length - 44, 40);
  for (let at = 0; at < RATE * SECONDS; at += 1)
    file.writeInt16LE(Math.round(3_000 * Math.sin(at / 6) * Math.sin(at / RATE)), 44 + at * 2);
  return file;
}

const sound = tone();

/** Has the recordings of calls, as the telephone system's plugin has them. */
const telephone = definePlugin({
  id: 'threecx',
  contract: 1,
  name: '3CX',
  summary: 'Stands in for the telephone system.',
  config: z.object({}),
  memberRoutes: [
    {
      method: 'GET',
      path: '/recordings',
      summary: 'Recordings',
      handle: async (_context, { query }) => {
        const consent = {};
        const one = { id: 1, startedAt: '2026-11-20T09:00:00.000Z', seconds: SECONDS, extension: '101', audio: 'held' };
        return { body: { recordings: query.get('callId') === lift ? [{ ...one, consent }] : [] } };
      },
    },
    {
      method: 'GET',
      path: '/recordings/audio',
      summary: 'Sound',
      handle: async (_context, { headers }) => {
        const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? [];
        const last = to === '' ? sound.length - 1 : Number(to);
        return {
          status: 206,
          headers: {
            'content-type': 'audio/wav',
            'accept-ranges': 'bytes',
            'content-length': String(last - Number(from) + 1),
            'content-range': `bytes ${from}-${last}/${sound.length}`,
          },
          body: Readable.from([sound.subarray(Number(from), last + 1)]),
        };
      },
    },
  ],
  check: async () => [],
});

beforeAll(async () => {
  if (browserPath === undefined) return;
  openai = await startOpenAi({ hears: () => ({ text: sample }) });
  world = await openWorld({ plugins: [desk, telephone, transcribe] });
  const lea = await world.join('Lea', 'Team lead');
  const personId = await create('person', { name: { firstName: 'Anna', lastName: 'Example' } });
  const call = { direction: 'INBOUND', outcome: 'ANSWERED', durationSeconds: SECONDS, agentName: 'Robin Example' };
  const startedAt = '2026-11-20T09:00:00.000Z';
  lift = await create('phoneCall', { name: 'Lift', phoneNumber: '+31201234567', personId, startedAt, ...call });
  states = await create('phoneCall', { name: 'States', phoneNumber: '+442079460123', startedAt, ...call });
  berta = await create('person', { name: { firstName: 'Berta', lastName: 'Example' } });
  const parcels = await create('phoneCall', {
    name: 'Parcels',
    phoneNumber: '+442079460188',
    personId: berta,
    startedAt,
    ...call,
  });
  for (const { id } of [desk, telephone, transcribe])
    await world.hub.hub.admin.plugins.enable(TEST_TENANT, id, {}, 'test');
  await tell(lift, '1', 'ready', '', [
    ['agent', 0, 'Service desk, good morning. How can I help you?'],
    ['caller', 5_000, 'The lift stands still, and somebody is in it.'],
    ['agent', 12_000, 'I send the fitter at once. Is the door open?'],
    ['caller', 18_000, ''],
    ['caller', 24_000, 'The third floor, near the stairs.'],
  ]);
  await tell(parcels, '7', 'ready', '', [
    ['agent', 0, 'Parcels, hello.'],
    ['caller', 4_000, 'Mine did not arrive.'],
  ]);
  await world.hub.hub.database.pool.query(
    `insert into ai_transcribe_suggestion (tenant_id, call_id, recording_id, run, state, model, content)
     values ($1, $2, '1', 1, 'ready', 'gpt-5-mini', $3)`,
    [world.hub.tenantId, lift, JSON.stringify(proposed)],
  );
  for (const [index, [state, reason]] of endings.entries()) await tell(states, String(index), state, reason, []);
  await world.mirrored();
  page = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
  complaints = complaintsOf(page);
  await signInAs(page, lea);
}, 300_000);
afterAll(async () => {
  await world?.close();
  await openai?.close();
}, 60_000);

/** By a language model. */
const proposed = {
  summary: 'The lift stands still with somebody in it; the fitter is on the way.',
  actionPoints: ['Send the fitter to the third floor.', 'Ring back when the lift runs.'],
  sentiment: 'negative',
  subject: 'Lift stands still, somebody inside',
  category: 'Lift',
  malfunction: 'Lift, third floor',
};

/** What the recording says that ships with the hub. */
const sample = 'Good morning. The lift in the main building stands still. Please send an engineer before noon.';

const endings = [
  ['waiting', ''],
  ['refused', 'consent'],
  ['failed', 'corrupt'],
  ['silent', ''],
  ['waiting', 'budget'],
] as const;

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  return ((await world.hub.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
}

/** As the engine has left it. */
async function tell(
  callId: string,
  recordingId: string,
  state: string,
  reason: string,
  lines: readonly (readonly [speaker: string, fromMs: number, text: string])[],
): Promise<void> {
  const { pool } = world.hub.hub.database;
  const waveform = Buffer.from(Array.from({ length: 600 }, (_, at) => Math.round(120 + 110 * Math.sin(at / 9))));
  await pool.query(
    `insert into ai_transcribe_transcript
       (tenant_id, call_id, recording_id, started_at, agent_extension, state, reason, seconds, waveform, channels, engine)
     values ($1, $2, $3, '2026-11-20T09:00:00Z', '101', $4, $5, $6, $7, 2, 'embedded')`,
    [world.hub.tenantId, callId, recordingId, state, reason, lines.length === 0 ? 0 : SECONDS, waveform],
  );
  for (const [number, [speaker, fromMs, text]] of lines.entries())
    await pool.query(
      `insert into ai_transcribe_line
         (tenant_id, call_id, recording_id, number, speaker, from_ms, to_ms, state, text, engine)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'embedded')`,
      [
        world.hub.tenantId,
        callId,
        recordingId,
        number,
        speaker,
        fromMs,
        fromMs + 4_000,
        text === '' ? 'unclear' : 'clear',
        text,
      ],
    );
}

const line = (text: string) => page.locator('.said-line').filter({ hasText: text });

inBrowser('a call', () => {
  test('is heard and read in step: a click on a line plays from there, keys pause and leap', async () => {
    await page.goto(`/console/${TEST_TENANT}/calls/${lift}`);
    await opened(page, 'Anna Example');
    await line('good morning').waitFor();
    await page.getByText('unclear').waitFor();
    expect(await lookAllRound(page, 'call')).toEqual(nothingFound);

    const suggestion = page.getByRole('region', { name: 'Suggestion' });
    await suggestion.getByText('Written by AI: gpt-5-mini').waitFor();
    await suggestion.getByRole('button', { name: 'Accept' }).click();
    await suggestion.getByText('Accepted by Lea Example').waitFor();

    await line('I send the fitter')
      .getByRole('button', { name: /I send the fitter/ })
      .click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.locator('.said-line[aria-current="true"]').filter({ hasText: 'I send the fitter' }).waitFor();

    await page.getByRole('slider', { name: 'Position' }).press(' ');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const position = async () => Number(await page.getByRole('slider', { name: 'Position' }).inputValue());
    const before = await position();
    expect(before).toBeGreaterThanOrEqual(12);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('ArrowLeft');
    await waitFor('a leap back', async () => (await position()) <= before - 4.9, 30_000);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  }, 120_000);

  test('is searched, and a line is corrected; who was faster is shown, and what the engine wrote', async () => {
    await page.getByRole('searchbox', { name: 'Search in this call' }).fill('door');
    await page.getByText('1 of 1').waitFor();
    await page.locator('.said-found mark').filter({ hasText: 'door' }).waitFor();

    await page.getByRole('button', { name: 'Correct the line at 0:24' }).click();
    await page.getByLabel('What was said').fill('The third floor, beside the stairs.');
    await world.hub.hub.database.pool.query(
      `with line as (
         update ai_transcribe_line set text = 'The third door.', version = 1 where call_id = $1 and number = 4 returning *)
       insert into ai_transcribe_correction select tenant_id, call_id, recording_id, number, 1,
         'The third floor, near the stairs.', 'clear', gen_random_uuid(), 'Sam Example', now() from line`,
      [lift],
    );
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Sam Example has corrected this line meanwhile').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await line('beside the stairs').getByText('Corrected by Lea Example').waitFor();
    await line('beside the stairs').getByText('was: The third floor, near the stairs.').waitFor();
    expect(await page.locator('.said-line form').count()).toBe(0);
  }, 120_000);

  test('of a person is offered for deletion to those who may, with how much it is', async () => {
    const office = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
    await signInAs(office, world.admin);
    await office.goto(`/console/${TEST_TENANT}/people/${berta}`);
    await office.getByText('Calls: 1. Transcripts: 1, with 2 lines.').waitFor();
    await office.getByRole('button', { name: 'Delete everything said …' }).click();
    await office.getByRole('dialog').getByText('Nobody can bring it back.').waitFor();
    expect(await lookAllRound(office, 'erase-said')).toEqual(nothingFound);
    await office.context().close();
  }, 240_000);

  test('is prepared for by an administrator: who hears what, under which rules, at what cost, and whether it works', async () => {
    const settings = {
      engines: 'openai-compatible openai embedded',
      compatibleUrl: openai.url,
      compatibleKey: openai.apiKey,
      compatiblePricePerMinute: 6,
    };
    await world.hub.hub.admin.plugins.configure(TEST_TENANT, 'ai-transcribe', settings, 'test');
    const office = await openWindow(world, { reducedMotion: 'reduce', viewport: windows.laptop });
    const wrong = complaintsOf(office);
    await signInAs(office, world.admin);
    await office.goto(`/console/${TEST_TENANT}/ai`);
    await opened(office, 'Preparations for AI');

    await office.getByRole('button', { name: 'Try Own server' }).click();
    await office.getByText(/^It works: 16 of 16 words/).waitFor();
    await office.getByText('Cannot work: its key is missing.').waitFor();
    openai.fail({ status: 503 });
    await office.getByRole('button', { name: 'Try Own server' }).click();
    await office.getByText('It cannot be reached, or fails').waitFor();

    await office.getByRole('button', { name: 'Add a rule' }).click();
    const rule = office.getByRole('group', { name: 'Rule 1' });
    await rule.getByRole('combobox', { name: 'Country' }).fill('Germ');
    await office.getByRole('option', { name: 'Germany' }).click();
    await rule.getByRole('combobox', { name: 'Becomes text' }).click();
    await office.getByRole('option', { name: 'never' }).click();
    await office.locator('form').filter({ has: rule }).getByRole('button', { name: 'Save' }).click();
    await office.getByText(/Exception for Germany, Inbound: never\./).waitFor();
    await office.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    expect(await lookAllRound(office, 'ai')).toEqual(nothingFound);
    expect(wrong).toEqual([]);
    await office.context().close();
  }, 240_000);

  test('says what it waits for, and why there is no text', async () => {
    await page.goto(`/console/${TEST_TENANT}/calls/${states}`);
    for (const words of [
      'The text will come by itself',
      'Not written down: there is no consent',
      'The recording is damaged',
      'Nobody speaks in this recording',
      'The budget of this month is used up',
    ])
      await page.getByText(words).waitFor();
    expect(await lookAllRound(page, 'call-states')).toEqual(nothingFound);
  }, 120_000);
});

inBrowser('what was said', () => {
  test('is found over all calls, and leads to the line', async () => {
    await page.goto(`/console/${TEST_TENANT}/calls/said`);
    await page.getByText('Which words were said?').waitFor();
    await page.getByRole('searchbox', { name: 'Words' }).fill('lift fitt');
    await page.getByText('The lift stands still').waitFor();
    expect(await lookAllRound(page, 'said')).toEqual(nothingFound);
    await page.getByRole('link', { name: /I send the/ }).click();
    await opened(page, 'Anna Example');
    await page.locator('.said-line[aria-current="true"]').filter({ hasText: 'I send the' }).waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});
