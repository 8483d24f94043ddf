import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenAiStandIn, startOpenAi } from '@switchboard/sandbox/openai';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { CredentialsError } from '@switchboard/core/contract';
import { SAMPLE_TEXT } from '../engines/try-out.ts';
import { spend, spentIn, usageSince } from '../store/usage.ts';
import { type Desk, recordingWith, scripted, startDesk, withEngines, write } from './desk.ts';

/** What somebody sees who prepares a workspace for AI: engines tried with a sample, what they heard and cost, how they are. */

let desk: Desk;
let openai: OpenAiStandIn;
let heard = SAMPLE_TEXT;
beforeAll(async () => {
  [desk, openai] = await Promise.all([startDesk(), startOpenAi({ hears: () => ({ text: heard }) })]);
});
afterAll(async () => {
  await desk?.close();
  await openai?.close();
});

const doors = `/tenants/${TEST_TENANT}/plugins/ai-transcribe/doors`;
const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
  const answer = await desk.api(method, `${doors}${path}`, body);
  return { status: answer.status, body: answer.body as Record<string, never> };
};
const configure = async (config: object) =>
  await desk.hub.admin.plugins.configure(TEST_TENANT, 'ai-transcribe', config, 'test');
const compatible = (more: object = {}) => ({
  engines: 'openai-compatible embedded',
  compatibleUrl: openai.url,
  compatibleKey: openai.apiKey,
  ...more,
});

describe('an engine is tried with the sample', () => {
  test('at a server: what it heard, how much of it is right, and it is counted like a recording', async () => {
    await configure(compatible({ compatiblePricePerMinute: 6, language: 'nl' }));
    const { status, body } = await ask('POST', '/engines/try', { engine: 'openai-compatible' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'heard', heard: SAMPLE_TEXT, text: SAMPLE_TEXT, model: 'whisper-1' });
    expect(body['right']).toBe(body['words']);
    expect(body['tookMs']).toEqual(expect.any(Number));
    // The sample is English, whatever callers speak.
    expect(openai.asked.at(-1)).toMatchObject({ language: 'en' });
    const usage = (await ask('GET', '/usage')).body as unknown as { spent: number; days: object[]; months: object[] };
    expect(usage.spent).toBeCloseTo(0.64, 1);
    expect(usage.days).toEqual([expect.objectContaining({ engine: 'openai-compatible', requests: 1 })]);
    expect(usage.months).toHaveLength(1);
  });

  test('words that it got wrong are counted', async () => {
    heard = 'Good evening. The lift in the building stands still.';
    const { body } = await ask('POST', '/engines/try', { engine: 'openai-compatible' });
    expect(body).toMatchObject({ outcome: 'heard', right: 8, words: 16 });
    heard = SAMPLE_TEXT;
  });

  test.each([
    ['a key that is refused', { compatibleKey: 'sk-wrong' }, 'credentials', /key/],
    ['a model that is not there', { compatibleModel: 'no-such-model' }, 'credentials', /model/],
    ['a server that is not there', { compatibleUrl: 'http://127.0.0.1:9/v1' }, 'upstream', /reached/],
    ['a budget that is used up', { monthlyBudget: 0.5, compatiblePricePerMinute: 6 }, 'budget', /budget/],
  ])('%s is told, with what to do', async (_what, wrong, reason, detail) => {
    await configure(compatible({ compatibleModel: 'whisper-1', monthlyBudget: 50, ...wrong }));
    const { status, body } = await ask('POST', '/engines/try', { engine: 'openai-compatible' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'failed', reason, detail: expect.stringMatching(detail) });
  });

  test('on this machine it hears what is said', async () => {
    await configure({ engines: 'embedded', language: 'auto', monthlyBudget: 50 });
    const { body } = await ask('POST', '/engines/try', { engine: 'embedded' });
    expect(body).toMatchObject({ outcome: 'heard', model: 'moonshine-tiny' });
    expect(Number(body['right']) / Number(body['words'])).toBeGreaterThan(0.8);
  }, 120_000);

  test('one that cannot work is not tried, and says what it lacks', async () => {
    await configure({ engines: 'openai embedded', language: 'de' });
    expect((await ask('POST', '/engines/try', { engine: 'openai' })).status).toBe(409);
    expect((await ask('GET', '/engines')).body['engines']).toEqual([
      { name: 'openai', model: null, pricePerMinute: 0, lacks: 'key' },
      { name: 'embedded', model: null, pricePerMinute: 0, lacks: 'language' },
    ]);
  });
});

test('what goes out at the same time overdraws no budget', async () => {
  const { tables } = desk.context;
  const now = Date.parse('2025-03-31T23:59:00.000Z');
  const one = { engine: 'openai', seconds: 10, cost: 0.3 };
  const allowed = await Promise.all(
    Array.from({ length: 20 }, async () => await spend(tables, one, { budget: 1, now })),
  );
  expect(allowed.filter(Boolean)).toHaveLength(3);
  expect(await spentIn(tables, '2025-03-01')).toBeCloseTo(0.9, 6);
  expect(await spend(tables, { ...one, cost: 0 }, { budget: 0, now })).toBe(true);
  expect(await usageSince(tables, '2025-03-31', 'day')).toEqual(
    expect.arrayContaining([{ on: '2025-03-31', engine: 'openai', seconds: 40, cost: 0.9, requests: 4 }]),
  );
  // The next month has its own.
  expect(await spend(tables, one, { budget: 1, now: now + 120_000 })).toBe(true);
});

test('health tells what was done last, what failed and why, and where the next engine had to take over', async () => {
  const before = (await ask('GET', '/engines')).body;
  expect(before).toMatchObject({ queue: { waiting: 0, working: 0, since: null }, lastDone: null, passedOver: 0 });
  const refusing = scripted(() => new CredentialsError('It refuses the key'), { name: 'openai' });
  const done = await recordingWith(desk.context, 1);
  await write(withEngines(desk.context, [refusing, scripted(() => ({}))]), done);
  const waiting = await recordingWith(desk.context, 1);
  await write(withEngines(desk.context, [refusing]), waiting);
  expect((await ask('GET', '/engines')).body).toMatchObject({
    queue: { waiting: 1, working: 0, since: expect.any(String) },
    states: { ready: 1, waiting: 1 },
    passedOver: 1,
    lastDone: { callId: done.callId, engine: 'embedded', state: 'ready' },
    lastPassedOver: { callId: done.callId, passedOver: 'openai', passedOverReason: 'credentials' },
    lastTrouble: { callId: waiting.callId, state: 'waiting', reason: 'credentials' },
  });
});
