import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { UpstreamError } from '@switchboard/core/contract';
import { type OpenAiStandIn, startOpenAi } from '@switchboard/sandbox/openai';
import { createOpenAi, type OpenAiOptions } from '../engines/openai.ts';
import { type Desk, hangs, later, recordingWith, scripted, startDesk, stateOf, withEngines, write } from './desk.ts';

/** Every way in which writing down can end, and that each is told. */

let desk: Desk;
let openai: OpenAiStandIn;
let heard = { text: 'Hello.', logprob: -0.1 };
beforeAll(async () => {
  [desk, openai] = await Promise.all([startDesk(), startOpenAi({ hears: () => heard })]);
});
afterEach(() => {
  openai.fail(undefined);
  heard = { text: 'Hello.', logprob: -0.1 };
});
afterAll(async () => {
  await desk.close();
  await openai.close();
});

const server = (options: Partial<OpenAiOptions> = {}) =>
  createOpenAi({
    name: 'openai-compatible',
    model: 'whisper-1',
    answers: 'verbose',
    pricePerMinute: 0,
    language: undefined,
    apiKey: openai.apiKey,
    baseUrl: openai.url,
    ...options,
  });
const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text);

describe('a server that speaks the API of OpenAI', () => {
  test.each([
    ['whisper-1', 'verbose', 'nl'],
    ['gpt-4o-transcribe', 'logprobs', undefined],
    ['gpt-transcribe', 'json', 'en'],
  ] as const)('writes down with %s', async (model, answers, language) => {
    const run = await recordingWith(desk.context, 3);
    expect(await write(withEngines(desk.context, [server({ model, answers, language })]), run)).toBeUndefined();
    const transcript = await stateOf(desk.context, run);
    expect(transcript).toMatchObject({ state: 'ready', engine: 'openai-compatible', model });
    expect(texts(transcript.lines)).toEqual(['Hello.', 'Hello.', 'Hello.']);
    expect(openai.asked.at(-1)).toMatchObject({ model, language });
  });

  test('is not believed where it has guessed', async () => {
    heard = { text: 'Thanks for watching!', logprob: -1.8 };
    const run = await recordingWith(desk.context, 1);
    await write(withEngines(desk.context, [server()]), run);
    expect((await stateOf(desk.context, run)).lines).toMatchObject([{ state: 'unclear', text: '' }]);
  });

  test('that is down for a day is waited for, and asked for nothing twice', async () => {
    const run = await recordingWith(desk.context, 2);
    const context = withEngines(desk.context, [server()]);
    openai.fail({ status: 503 });
    expect(await write(context, run)).toMatchObject({ code: 'postponed' });
    expect(await stateOf(context, run)).toMatchObject({ state: 'waiting', reason: 'provider' });
    openai.fail(undefined);
    expect(await write(later(context, 1), run)).toBeUndefined();
    expect(await stateOf(context, run)).toMatchObject({ state: 'ready' });
    const asked = openai.asked.length;
    await write(later(context, 1), run);
    expect(openai.asked).toHaveLength(asked);
  });

  test('that is down for longer than the tenant waits ends it, with the reason', async () => {
    const run = await recordingWith(desk.context, 1);
    const context = withEngines(desk.context, [server()]);
    openai.fail({ status: 'reset' });
    await write(context, run);
    expect(await write(later(context, 8), run)).toBeUndefined();
    expect(await stateOf(context, run)).toMatchObject({ state: 'failed', reason: 'provider' });
  });

  test('decides how long to wait when it is asked too often', async () => {
    const run = await recordingWith(desk.context, 1);
    openai.fail({ status: 429, times: 1, retryAfterSeconds: 42 });
    expect(await write(withEngines(desk.context, [server()]), run)).toMatchObject({ retry: { afterMs: 42_000 } });
  });

  test('that refuses the key pauses the plugin where no other engine can work', async () => {
    const run = await recordingWith(desk.context, 1);
    const wrong = server({ apiKey: 'sk-wrong' });
    expect(await write(withEngines(desk.context, [wrong]), run)).toMatchObject({ code: 'credentials' });
    expect(await stateOf(desk.context, run)).toMatchObject({ state: 'waiting', reason: 'credentials' });
    expect(await write(withEngines(desk.context, [wrong, scripted(() => ({}))]), run)).toBeUndefined();
    expect(await stateOf(desk.context, run)).toMatchObject({ state: 'ready', engine: 'embedded' });
  });
});

test('the next engine takes over where one cannot go on', async () => {
  const run = await recordingWith(desk.context, 3);
  const first = scripted((part) => (part === 3 ? new UpstreamError('It is down') : {}), { name: 'openai' });
  const second = scripted(() => ({}));
  await write(withEngines(desk.context, [first, second]), run);
  expect(second.parts).toEqual([3]);
  expect(texts((await stateOf(desk.context, run)).lines)).toEqual(['Alpha.', 'Bravo.', 'Charlie.']);
});

test('a short call on which an engine hangs is written down by the next', async () => {
  const run = await recordingWith(desk.context, 2);
  await write(withEngines(desk.context, [scripted(() => hangs), scripted(() => ({}), { name: 'openai' })]), run);
  expect(await stateOf(desk.context, run)).toMatchObject({ state: 'ready', engine: 'openai' });
});

test('no more is spent than the month allows, to the part', async () => {
  const run = await recordingWith(desk.context, 4);
  const dear = scripted(() => ({}), { name: 'openai', pricePerMinute: 60 });
  const context = withEngines(desk.context, [dear], { monthlyBudget: 2.5 });
  expect(await write(context, run)).toMatchObject({ code: 'postponed' });
  expect(dear.parts).toEqual([1, 2]);
  expect(await stateOf(context, run)).toMatchObject({ state: 'waiting', reason: 'budget' });
  await write(withEngines(context, [dear], { monthlyBudget: 10 }), run);
  expect(dear.parts).toEqual([1, 2, 3, 4]);
  expect(await stateOf(context, run)).toMatchObject({ state: 'ready' });
});

test('a part on which the engine hangs is left out, and the rest is there', async () => {
  const run = await recordingWith(desk.context, 3);
  await write(withEngines(desk.context, [scripted((part) => (part === 2 ? hangs : {}))]), run);
  const { state, lines } = await stateOf(desk.context, run);
  expect(state).toBe('ready');
  expect(lines.map((line) => line.state)).toEqual(['clear', 'failed', 'clear']);
});

test('an engine that hangs on everything is not fed any more, and gives nothing up', async () => {
  const run = await recordingWith(desk.context, 6);
  const broken = scripted(() => hangs);
  expect(await write(withEngines(desk.context, [broken]), run)).toMatchObject({ code: 'postponed' });
  expect(broken.parts).toHaveLength(3);
  expect(await stateOf(desk.context, run)).toMatchObject({ state: 'waiting', reason: 'engine' });
  await write(withEngines(desk.context, [scripted(() => ({}))]), run);
  expect(texts((await stateOf(desk.context, run)).lines)).toHaveLength(6);
});

test('work that is stopped goes on where it was', async () => {
  const run = await recordingWith(desk.context, 4);
  const stop = new AbortController();
  const stopped = scripted((part) => {
    if (part < 3) return {};
    stop.abort(new UpstreamError('shutting down'));
    return stop.signal.reason as Error;
  });
  expect(await write(withEngines(desk.context, [stopped]), run, stop.signal)).toMatchObject({
    message: 'shutting down',
  });
  const next = scripted(() => ({}));
  await write(withEngines(desk.context, [next]), run);
  expect(next.parts).toEqual([3, 4]);
  expect(await stateOf(desk.context, run)).toMatchObject({ state: 'ready' });
});

test('a call of which the engine hears nothing is silent', async () => {
  const run = await recordingWith(desk.context, 2);
  await write(withEngines(desk.context, [scripted(() => ({ text: '' }))]), run);
  expect(await stateOf(desk.context, run)).toMatchObject({ state: 'silent', lines: [] });
});

test('what was dictated over several parts is never stored', async () => {
  const run = await recordingWith(desk.context, 4);
  const dictated = ['It is 4539 1488', 'Yes.', '0343 6467.', 'Thanks.'];
  await write(withEngines(desk.context, [scripted((part) => ({ text: dictated[part - 1] ?? '' }))]), run);
  const { lines } = await stateOf(desk.context, run);
  expect(JSON.stringify(lines)).not.toMatch(/4539|6467/);
});
