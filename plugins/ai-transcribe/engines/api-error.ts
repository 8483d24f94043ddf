import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { CredentialsError, RateLimitedError, UpstreamError } from '@switchboard/core/contract';
import { SpeechError } from './engine.ts';

const PAUSE_MS = 60_000;

/**
 * What the SDK throws as errors of the contract, which say what happens next; what is none of its errors stays as it is.
 *
 * @param who begins the sentence for people: `OpenAI`
 */
export function translateApiError(error: unknown, who: string): unknown {
  if (!(error instanceof APIError)) return error;
  const details = { cause: error };
  if (error instanceof APIUserAbortError || error instanceof APIConnectionError || error.status === undefined)
    return new UpstreamError(`${who} cannot be reached`, details);
  switch (true) {
    case error.status === 401 || error.status === 403:
      return new CredentialsError(`${who} refuses the key`, {
        ...details,
        remedy: 'Enter a key that is valid and may use this model.',
      });
    case error.status === 404:
      return new CredentialsError(`${who} does not know the model or the address`, {
        ...details,
        remedy:
          'Enter the name of a model that exists, and the base address with its version, such as https://whisper.example.com/v1.',
      });
    case error.status === 429 && error.code === 'insufficient_quota':
      return new UpstreamError(`${who} wants to be paid first`, {
        ...details,
        remedy: 'Top up the account at the provider.',
      });
    case error.status === 429:
      return new RateLimitedError(`${who} asks to wait`, pauseOf(error), details);
    case error.status >= 500 || error.status === 408:
      return new UpstreamError(`${who} failed with ${error.status}`, details);
    default:
      return new SpeechError(`${who} refuses this with ${error.status}`, details);
  }
}

/** Whether the other side did nothing for a translated error: it refused, and said so. A request that broke off may have been worked at. */
export function isUnbilled({ cause }: Error): boolean {
  return cause instanceof APIError && cause.status !== undefined;
}

function pauseOf({ headers }: APIError): number {
  const seconds = Number(headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, 3_600_000) : PAUSE_MS;
}
