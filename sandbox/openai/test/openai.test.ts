import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OpenAiStandIn, startOpenAi } from '../index.ts';

let openai: OpenAiStandIn;
beforeAll(async () => {
  openai = await startOpenAi();
});
afterAll(async () => await openai.close());

const wav = Buffer.alloc(44 + 32_000);
wav.write('RIFF', 0);
wav.writeUInt32LE(32_000, 28);

function form(fields: Readonly<Record<string, string>>, content = wav, name = 'speech.wav'): FormData {
  const made = new FormData();
  for (const [field, value] of Object.entries(fields)) made.append(field, value);
  made.append('file', new Blob([new Uint8Array(content)]), name);
  return made;
}

async function post(body: FormData | string, key = openai.apiKey) {
  const response = await fetch(`${openai.url}/audio/transcriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  });
  return {
    status: response.status,
    body: (await response.json()) as { error?: { param: string | null; code: string | null } },
  };
}

describe('the stand-in of OpenAI refuses what the API refuses', () => {
  test.each([
    ['a wrong key', async () => await post(form({ model: 'whisper-1' }), 'sk-wrong'), 401, null],
    ['what is no form', async () => await post('{}'), 400, 'file'],
    ['no model', async () => await post(form({})), 400, 'model'],
    ['a model that has ended', async () => await post(form({ model: 'whisper-0' })), 404, 'model'],
    [
      'a format that the model does not write',
      async () => await post(form({ model: 'gpt-4o-transcribe', response_format: 'verbose_json' })),
      400,
      'response_format',
    ],
    [
      'times without the format that has them',
      async () => await post(form({ model: 'whisper-1', 'timestamp_granularities[]': 'word' })),
      400,
      'timestamp_granularities[]',
    ],
    [
      'probabilities of a model without',
      async () => await post(form({ model: 'whisper-1', 'include[]': 'logprobs' })),
      400,
      'include[]',
    ],
    [
      'a parameter that nobody knows',
      async () => await post(form({ model: 'whisper-1', voice: 'alloy' })),
      400,
      'voice',
    ],
    [
      'a language by its name',
      async () => await post(form({ model: 'whisper-1', language: 'Dutch' })),
      400,
      'language',
    ],
    ['a file of another kind', async () => await post(form({ model: 'whisper-1' }, wav, 'speech.txt')), 400, 'file'],
    ['bytes that are no sound', async () => await post(form({ model: 'whisper-1' }, Buffer.alloc(2000))), 400, 'file'],
    [
      'more than 25 MB',
      async () => await post(form({ model: 'whisper-1' }, Buffer.concat([wav, Buffer.alloc(26_214_400)]))),
      413,
      null,
    ],
  ])('%s', async (_, send, status, param) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.body.error?.param ?? null).toBe(param);
  });
});

test('it answers in the format that was asked for', async () => {
  expect((await post(form({ model: 'gpt-transcribe' }))).body).toEqual({ text: 'Hello.', languages: [{ code: 'en' }] });
  expect((await post(form({ model: 'whisper-1', response_format: 'verbose_json' }))).body).toMatchObject({
    language: 'english',
    duration: 1,
    segments: [{ text: 'Hello.', avg_logprob: -0.1 }],
  });
});

test('it fails as often as it is told to', async () => {
  openai.fail({ status: 429, times: 1, retryAfterSeconds: 7 });
  expect((await post(form({ model: 'whisper-1' }))).body.error?.code).toBe('rate_limit_exceeded');
  expect((await post(form({ model: 'whisper-1' }))).status).toBe(200);
});
