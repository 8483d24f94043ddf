import OpenAI, { toFile } from 'openai';
import type { TranscriptionCreateParamsNonStreaming } from 'openai/resources/audio/transcriptions';
import { z } from 'zod';
import { UpstreamError } from '@switchboard/core/contract';
import { encodeWav } from '../audio/encode-wav.ts';
import { resample } from '../audio/resample.ts';
import { translateApiError } from './api-error.ts';
import type { Engine, Written } from './engine.ts';

export interface OpenAiOptions {
  readonly name: 'openai' | 'openai-compatible';
  readonly model: string;
  /** What the model can answer beside the text: nothing, the probability of each token, or segments with times and probabilities. */
  readonly answers: 'json' | 'logprobs' | 'verbose';
  readonly pricePerMinute: number;
  /** ISO 639-1; undefined where the model has to find out. */
  readonly language: string | undefined;
  readonly apiKey: string;
  /** That of OpenAI when absent. */
  readonly baseUrl?: string | undefined;
}

const RATE = 16_000;
const PARALLEL = 4;
const TIME_LIMIT_MS = 120_000;
/** The vendor's own advice: below it, what was written is not to be trusted. */
const LEAST_CONFIDENCE = -1;
const NO_SPEECH = 0.6;

/** Speech to text over OpenAI's API, at OpenAI or at a server that speaks the same. Sound leaves the machine, part by part. */
export function createOpenAi(options: OpenAiOptions): Engine {
  const { name, model, pricePerMinute, apiKey, baseUrl } = options;
  const client = new OpenAI({
    apiKey,
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    timeout: TIME_LIMIT_MS,
    // The job tries again, with everything else that it decides.
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    name,
    model,
    pricePerMinute,
    parallel: PARALLEL,
    async write({ audio, rate }, signal) {
      const file = await toFile(encodeWav(resample(audio, rate, RATE), RATE), 'speech.wav', { type: 'audio/wav' });
      try {
        const answer: unknown = await client.audio.transcriptions.create(requestOf(options, file), { signal });
        return read(answer);
      } catch (error) {
        signal.throwIfAborted();
        throw translateApiError(error, name === 'openai' ? 'OpenAI' : 'The transcription server');
      }
    },
  };
}

function requestOf(
  { model, answers, language }: OpenAiOptions,
  file: Awaited<ReturnType<typeof toFile>>,
): TranscriptionCreateParamsNonStreaming {
  return {
    file,
    model,
    response_format: answers === 'verbose' ? 'verbose_json' : 'json',
    ...(answers === 'logprobs' ? { include: ['logprobs'] } : {}),
    ...(answers === 'verbose' ? { timestamp_granularities: ['segment'] } : {}),
    ...(language === undefined ? {} : { language }),
  };
}

const answerShape = z.object({
  text: z.string(),
  language: z.string().optional(),
  languages: z.array(z.object({ code: z.string() })).optional(),
  logprobs: z.array(z.object({ logprob: z.number() })).nullish(),
  segments: z.array(z.object({ avg_logprob: z.number().optional(), no_speech_prob: z.number().optional() })).nullish(),
});

/** @throws UpstreamError for what is no answer of this API */
function read(answer: unknown): Written {
  const { data } = answerShape.safeParse(answer);
  if (data === undefined) throw new UpstreamError('The server did not answer with a transcription');
  const { text, segments, logprobs } = data;
  const confidence =
    mean((segments ?? []).map((one) => one.avg_logprob)) ?? mean((logprobs ?? []).map((one) => one.logprob));
  const silence = mean((segments ?? []).map((one) => one.no_speech_prob)) ?? 0;
  const isUnclear = confidence !== undefined && confidence < LEAST_CONFIDENCE;
  // Models of this kind answer silence with thanks for watching.
  const isSilent = silence > NO_SPEECH && (confidence === undefined || isUnclear);
  return {
    text: isSilent ? '' : text.trim(),
    confidence,
    isUnclear,
    language: data.languages?.[0]?.code ?? languageCode(data.language),
  };
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Whisper names languages in English: `dutch`. */
const codes: Readonly<Record<string, string>> = {
  english: 'en',
  dutch: 'nl',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  polish: 'pl',
  swedish: 'sv',
  danish: 'da',
};

function languageCode(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (codes[name.toLowerCase()] ?? (/^[a-z]{2}$/.test(name) ? name : undefined));
}
