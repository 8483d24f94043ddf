import type { IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text as readText } from 'node:stream/consumers';
import { UpstreamError } from '../../contract/errors.ts';
import { placeOf } from './file-place.ts';
import { FileRefusedError } from './files.ts';

export type FileToPut = {
  /** From `createFileUpload`; the token in it is a secret. */
  readonly uploadUrl: string;
  /** Origin at which the hub reaches this Twenty. */
  readonly serverUrl: string;
  readonly bytes: number;
  readonly open: () => Promise<Readable>;
};

/** A connection over which nothing went for so long is dead. */
const stallMs = 60_000;

/**
 * Streams a file to the place that Twenty named.
 *
 * @throws FileRefusedError when it is too large; UpstreamError when it did not get through: then the place has to be asked
 *   about, or for, again
 */
export async function putFile(file: FileToPut, signal: AbortSignal): Promise<void> {
  const stall = new AbortController();
  const watchdog = setTimeout(() => stall.abort(), stallMs);
  const source = await file.open();
  try {
    const { status, text } = await send(file, source, AbortSignal.any([signal, stall.signal]), () =>
      watchdog.refresh(),
    );
    if (status >= 300) throw refused(status, text);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof FileRefusedError || cause instanceof UpstreamError) throw cause;
    throw new UpstreamError('The file did not get through to Twenty', { cause });
  } finally {
    clearTimeout(watchdog);
    source.destroy();
  }
}

/** By hand, because storages that stand in for Twenty's own want the length told, which `fetch` does not do for streams. */
async function send(
  { uploadUrl, serverUrl, bytes }: FileToPut,
  source: Readable,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<{ status: number; text: string }> {
  const url = placeOf(uploadUrl, serverUrl);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': bytes };
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, { method: 'PUT', headers, signal });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  const sent = pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        onProgress();
        yield chunk;
      }
    },
    request,
  );
  // A server that refuses need not read to the end: what it answers counts, and not that the rest could not be sent.
  sent.catch(() => {});
  try {
    const response = await answered;
    return { status: response.statusCode ?? 500, text: await readText(response) };
  } finally {
    request.destroy();
  }
}

function refused(status: number, text: string): Error {
  if (status === 413) {
    return new FileRefusedError('Twenty, or a proxy before it, does not take files of this size', {
      remedy: 'Allow larger bodies in the proxy before Twenty, or keep the file outside of Twenty.',
    });
  }
  const reason = /"messages":\["([^"]{1,200})/.exec(text)?.[1];
  return new UpstreamError(`Twenty answered ${status} to the file${reason === undefined ? '' : `: ${reason}`}`);
}
