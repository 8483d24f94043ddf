import { CredentialsError, UpstreamError } from '../../contract/errors.ts';
import { LimitReachedError, readGraphqlError, RecordRefusedError, TooLargeError } from './errors.ts';
import type { GraphqlError } from './errors.ts';

export type Request = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Milliseconds; default 30,000. */
  readonly timeoutMs?: number;
};

export type Answer = {
  readonly data: Readonly<Record<string, unknown>>;
  /** The server's clock when it answered; undefined when it does not tell. */
  readonly serverTime: Date | undefined;
};

/**
 * The only place that talks to a Twenty server. Every way in which it can fail comes out as one of our error classes.
 */
export interface TwentyClient {
  /** Records: `POST /graphql`. One root field per request. */
  readonly records: (token: string, request: Request, signal: AbortSignal) => Promise<Answer>;
  /** Objects, webhooks, applications, tokens: `POST /metadata`. Not counted against the limit. */
  readonly metadata: (token: string, request: Request, signal: AbortSignal) => Promise<Answer>;
  /** `2.21.0`; undefined when the server does not tell it. */
  readonly serverVersion: (signal: AbortSignal) => Promise<string | undefined>;
}

export type Fetch = typeof globalThis.fetch;

export function createTwentyClient(url: string, fetch: Fetch = globalThis.fetch): TwentyClient {
  const call = (path: string) => async (token: string, request: Request, signal: AbortSignal) => {
    const response = await post(fetch, new URL(path, url), token, request, signal);
    return readAnswer(response);
  };
  return {
    records: call('/graphql'),
    metadata: call('/metadata'),
    serverVersion: (signal) => readVersion(fetch, new URL('/client-config', url), signal),
  };
}

/** Unknown paths answer 200 with the pages of the front end (Twenty 2.21, measured), so only JSON is believed. */
async function readVersion(fetch: Fetch, url: URL, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
    const { appVersion } = (parse(await response.text()) ?? {}) as { appVersion?: unknown };
    return typeof appVersion === 'string' && /^v?\d+\.\d+/.test(appVersion) ? appVersion.replace(/^v/, '') : undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

type RawAnswer = { readonly status: number; readonly headers: Headers; readonly text: string };

async function post(fetch: Fetch, url: URL, token: string, request: Request, signal: AbortSignal): Promise<RawAnswer> {
  const { query, variables = {}, timeoutMs = 30_000 } = request;
  // A body without `query` is never answered (Twenty 2.21, measured), and a server may hang in other ways.
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      redirect: 'error',
      signal: AbortSignal.any([signal, deadline]),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    const what = deadline.aborted
      ? `did not answer within ${timeoutMs} ms`
      : `could not be reached (${reasonOf(cause)})`;
    throw new UpstreamError(`Twenty ${what}`, {
      cause,
      remedy: `see whether ${url.origin} is up and reachable from the hub`,
    });
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'unknown reason';
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name;
}

function readAnswer({ status, headers, text }: RawAnswer): Answer {
  if (status === 429) throw new LimitReachedError(messageIn(text) ?? 'Twenty asks to wait', retryAfter(headers));
  if (status === 401) throw new CredentialsError('Twenty refuses the credentials');
  // Not a server fault: the body was over 10 MiB (Twenty 2.21, measured: status 500 with this text).
  if (status === 413 || (status >= 500 && text.includes('request entity too large'))) {
    throw new TooLargeError('the write is larger than Twenty accepts', {
      remedy: 'shorten it, or attach it as a file',
    });
  }
  if (status >= 500) throw new UpstreamError(`Twenty answered ${status}`);
  const body = parse(text);
  if (body === undefined) {
    throw new UpstreamError(`Twenty answered ${status} without JSON`, {
      remedy: 'check the address of the Twenty server: another program, or a proxy in front of it, seems to answer',
    });
  }
  const [error] = body.errors ?? [];
  if (error !== undefined) throw readGraphqlError(error);
  if (status >= 400 || body.data === undefined || body.data === null) {
    throw new RecordRefusedError(`Twenty answered ${status}: ${messageIn(text) ?? 'no reason given'}`);
  }
  return { data: body.data, serverTime: serverTime(headers) };
}

type Body = { data?: Record<string, unknown> | null; errors?: GraphqlError[] };

function parse(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function messageIn(text: string): string | undefined {
  const body = parse(text) as { messages?: unknown[]; message?: unknown } | undefined;
  const message = body?.messages?.[0] ?? body?.message;
  return typeof message === 'string' ? message : undefined;
}

function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function serverTime(headers: Headers): Date | undefined {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : new Date(at);
}
