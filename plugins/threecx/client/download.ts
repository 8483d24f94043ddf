import { CredentialsError, RefusedError, UpstreamError } from '@switchboard/core/contract';
import { NotPermittedError } from './errors.ts';
import type { Session } from './session.ts';

/** Bytes on their way; they have to be read to the end, or the signal has to abort. */
export type Download = { readonly mimeType: string; readonly bytes: AsyncIterable<Uint8Array> };

/** A transfer over which nothing comes for so long is dead. */
const IDLE_MS = 30_000;
/** Of an error no more than this is read. */
const LONGEST_ERROR = 16_384;

/**
 * Fetches a file as a stream, with the token that the session shares. @returns undefined when 3CX does not have it any more
 *
 * @throws NotPermittedError, UpstreamError, also from within the bytes when the transfer breaks
 */
export async function download(session: Session, path: string, signal: AbortSignal): Promise<Download | undefined> {
  const stalled = new AbortController();
  const either = AbortSignal.any([signal, stalled.signal]);
  const timer = setTimeout(() => stalled.abort(), IDLE_MS);
  const stop = (): void => clearTimeout(timer);
  try {
    const response = await open(session, path, either);
    const mimeType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (response.status >= 400 || response.body === null || /json|html/.test(mimeType)) {
      return await refuse(response, path).finally(stop);
    }
    return { mimeType: mimeType === 'audio/x-wav' ? 'audio/wav' : mimeType, bytes: read(response.body, timer, signal) };
  } catch (error) {
    stop();
    throw translated(error, signal);
  }
}

async function open(session: Session, path: string, signal: AbortSignal): Promise<Response> {
  const send = async (token: string) =>
    await fetch(new URL(path, session.url), {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal,
    });
  const token = await session.token();
  const first = await send(token);
  if (first.status !== 401) return first;
  await first.body?.cancel();
  return await send(await session.token(token));
}

async function* read(
  body: AsyncIterable<Uint8Array>,
  timer: NodeJS.Timeout,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    throw translated(error, signal);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns undefined for a file that is gone: archived or deleted (3CX V20, seen by others). */
async function refuse(response: Response, path: string): Promise<undefined> {
  const { status } = response;
  const isExplained = status >= 400 && status < 500 && status !== 401 && status !== 403;
  const said = isExplained ? await beginning(response) : await response.body?.cancel();
  if (status === 401) throw new CredentialsError('3CX does not accept a new token');
  if (status === 403) throw new NotPermittedError(path);
  if (status >= 500) throw new UpstreamError(`3CX answered ${status} to a download`);
  if (status < 400) throw new UpstreamError('3CX answered a download with something else than a file');
  if (said?.includes('FILE_NOT_FOUND')) return undefined;
  throw new RefusedError(`3CX refused a download with ${status}`);
}

async function beginning(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > LONGEST_ERROR) break;
  }
  return text;
}

function translated(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  // What fetch throws is a TypeError, or the abort of the stalled transfer; everything else is understood already.
  const isBroken = error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError');
  return isBroken ? new UpstreamError('The download from 3CX broke off', { cause: error }) : error;
}
