import {
  type Clock,
  CredentialsError,
  type HttpAnswer,
  type HttpClient,
  type HttpInit,
  RateLimitedError,
  RefusedError,
  UpstreamError,
} from '../contract/index.ts';

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** Where a vendor says "wait" without saying how long. */
const DEFAULT_WAIT_MS = 5_000;

/** The HTTP client that plugins get: one policy for deadlines, sizes and errors. Messages name the host, never the path's query, headers or bodies. */
export function createHttpClient(clock: Clock): HttpClient {
  return async (url, init = {}) => {
    const target = new URL(url);
    const signal = AbortSignal.any([
      AbortSignal.timeout(init.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      ...(init.signal ? [init.signal] : []),
    ]);
    const response = await send(target, init, signal);
    const bytes = await readBytes(response, target, init.maxBytes ?? DEFAULT_MAX_BYTES);
    if (response.status >= 400 && !init.accept?.includes(response.status)) throw refusal(response, target, clock);
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      get text() {
        return bytes.toString('utf8');
      },
      json: () => parseJson(bytes.toString('utf8'), target),
    } satisfies HttpAnswer;
  };
}

async function send(target: URL, init: HttpInit, signal: AbortSignal): Promise<Response> {
  const json = typeof init.body === 'object' && !Buffer.isBuffer(init.body);
  const body = json ? JSON.stringify(init.body) : (init.body as BodyInit | undefined);
  try {
    return await fetch(target, {
      method: init.method ?? 'GET',
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...init.headers },
      ...(body === undefined ? {} : { body }),
      signal,
    });
  } catch (cause) {
    throw unreachable(target, cause, init.signal);
  }
}

async function readBytes(response: Response, target: URL, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new RefusedError(`${target.host} answered more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof RefusedError) throw cause;
    throw unreachable(target, cause, undefined);
  }
  return Buffer.concat(chunks);
}

function unreachable(target: URL, cause: unknown, caller: AbortSignal | undefined): unknown {
  if (caller?.aborted) return caller.reason;
  const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new UpstreamError(timedOut ? `${target.host} did not answer in time` : `${target.host} cannot be reached`, {
    remedy: `Check that ${target.origin} is up and that the hub may connect to it.`,
    cause,
  });
}

function refusal(response: Response, target: URL, clock: Clock): Error {
  const { status } = response;
  if (status === 401) {
    return new CredentialsError(`${target.host} refuses the credentials`, {
      remedy: 'Enter a valid key in the settings of the plugin, then resume it.',
    });
  }
  if (status === 429)
    return new RateLimitedError(`${target.host} asks to wait`, waitMs(response.headers.get('retry-after'), clock));
  if (status >= 500) return new UpstreamError(`${target.host} answered ${status}`);
  return new RefusedError(`${target.host} refused the request with ${status}`);
}

/** `Retry-After` in seconds or as a date. */
function waitMs(header: string | null, clock: Clock): number {
  const seconds = Number(header ?? Number.NaN);
  if (header !== null && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? DEFAULT_WAIT_MS : Math.max(0, date - clock.now());
}

function parseJson(text: string, target: URL): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UpstreamError(`${target.host} answered something that is not JSON`, { cause });
  }
}
