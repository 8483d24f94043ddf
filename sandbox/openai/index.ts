import express, { type Request, type Response } from 'express';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { type AskedChat, checkChat, completionOf } from './chat.ts';
import { type Asked, check, secondsOf } from './check.ts';
import { ApiError } from './errors.ts';
import { readForm } from './form.ts';

export type { AskedChat } from './chat.ts';
export type { Asked } from './check.ts';

/** What goes wrong with the next requests. */
export type OpenAiFault = {
  readonly status: 429 | 500 | 503 | 'reset';
  /** How many requests; without it until told otherwise. */
  readonly times?: number;
  readonly code?: string;
  readonly retryAfterSeconds?: number;
};

export type OpenAiOptions = {
  readonly apiKey?: string;
  /** What it hears. */
  readonly hears?: (asked: Asked) => Heard;
  /** What its language model says. */
  readonly says?: (asked: AskedChat) => string;
};

export type Heard = {
  readonly text: string;
  readonly logprob?: number;
  readonly noSpeech?: number;
  readonly language?: string;
};

/** A stand-in of OpenAI's speech to text and chat completions that takes what the API takes and refuses what it refuses; it hears and says what it is told to. */
export type OpenAiStandIn = {
  /** Base address, with its version. */
  readonly url: string;
  readonly apiKey: string;
  /** The requests that were accepted. */
  readonly asked: readonly Asked[];
  readonly askedChats: readonly AskedChat[];
  readonly fail: (fault: OpenAiFault | undefined) => void;
  readonly close: () => Promise<void>;
};

export async function startOpenAi({
  apiKey = 'sk-stand-in',
  hears = () => ({ text: 'Hello.' }),
  says = () => '{}',
}: OpenAiOptions = {}): Promise<OpenAiStandIn> {
  const asked: Asked[] = [];
  const askedChats: AskedChat[] = [];
  let fault: (OpenAiFault & { left: number }) | undefined;

  function demandKey({ headers }: IncomingMessage): void {
    if (headers.authorization !== `Bearer ${apiKey}`)
      throw new ApiError(401, { message: 'Incorrect API key provided.', code: 'invalid_api_key' });
  }

  async function complete(request: IncomingMessage): Promise<{ type: string; body: string }> {
    demandKey(request);
    const one = checkChat(await json(request).catch(() => undefined));
    askedChats.push(one);
    return { type: 'application/json', body: JSON.stringify(completionOf(one, says(one))) };
  }

  async function answer(request: IncomingMessage): Promise<{ type: string; body: string }> {
    demandKey(request);
    const one = check(await readForm(request));
    asked.push(one);
    return written(one, hears(one));
  }

  function failure(): ApiError | 'reset' | undefined {
    if (fault === undefined || fault.left === 0) return undefined;
    fault.left -= 1;
    return fault.status === 'reset' ? 'reset' : errorOf(fault.status, fault);
  }

  const app = express();
  app.post('/v1/audio/transcriptions', async (request, response) => await reply(request, response, answer));
  app.post('/v1/chat/completions', async (request, response) => await reply(request, response, complete));

  async function reply(request: Request, response: Response, make: typeof answer): Promise<void> {
    const failed = failure();
    if (failed === 'reset') {
      request.socket.destroy();
      return;
    }
    try {
      if (failed !== undefined) throw failed;
      const { type, body } = await make(request);
      response.type(type).send(body);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What was sent is read to its end, or the sender never sees the answer.
      request.resume();
      response.status(error.status).set(error.headers).json(error.body);
    }
  }
  const server: Server = app.listen(0, '127.0.0.1');
  // Whoever pauses between two requests finds the connection as it was.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey,
    asked,
    askedChats,
    fail: (next) => (fault = next && { ...next, left: next.times ?? Number.POSITIVE_INFINITY }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function errorOf(status: number, { code, retryAfterSeconds }: OpenAiFault): ApiError {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const details =
    status === 429
      ? { message: 'Rate limit reached for requests', type: 'requests', code: code ?? 'rate_limit_exceeded' }
      : { message: 'The server had an error while processing your request.', type: 'server_error' };
  return new ApiError(status, details, headers);
}

/** The answer in the format that was asked for. */
function written(
  { model, format, wantsLogprobs, file }: Asked,
  { text, logprob = -0.1, noSpeech = 0.01, language = 'english' }: Heard,
): { type: string; body: string } {
  const seconds = secondsOf(file.content);
  const asJson = (body: object) => ({ type: 'application/json', body: JSON.stringify(body) });
  switch (format) {
    case 'verbose_json':
      return asJson({
        task: 'transcribe',
        language,
        duration: seconds,
        text,
        segments: [
          {
            id: 0,
            seek: 0,
            start: 0,
            end: seconds,
            text,
            tokens: [],
            temperature: 0,
            avg_logprob: logprob,
            compression_ratio: 1,
            no_speech_prob: noSpeech,
          },
        ],
      });
    case 'json':
      return asJson({
        text,
        ...(model === 'gpt-transcribe' ? { languages: [{ code: language.slice(0, 2) }] } : {}),
        ...(wantsLogprobs
          ? { logprobs: text.split(' ').map((token) => ({ token, bytes: [...Buffer.from(token)], logprob })) }
          : {}),
      });
    case 'diarized_json':
      return asJson({
        task: 'transcribe',
        duration: seconds,
        text,
        segments: [{ id: 'seg_0', type: 'transcript.text.segment', start: 0, end: seconds, speaker: 'A', text }],
      });
    default:
      return { type: 'text/plain', body: text };
  }
}
