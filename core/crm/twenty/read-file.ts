import { z } from 'zod';
import { NotFoundError, UpstreamError } from '../../contract/errors.ts';
import { crmFileName } from '../../contract/files.ts';
import type { Fetch, Request } from './client.ts';
import { RecordRefusedError } from './errors.ts';
import { placeOf } from './file-place.ts';

/** Reading a file back: the record names an address with a token that is good for a day (Twenty 2.21, measured). */

export type FileInTwenty = {
  /** Singular API name of the object. */
  readonly object: string;
  readonly recordId: string;
  /** Of the type FILES. */
  readonly field: string;
  readonly fileId: string;
};

export type NamedFile = { readonly name: string; readonly url: string };

/** A misspelt name would silently answer null, and one with braces would ask for something else. */
const apiName = /^[a-z][A-Za-z0-9]*$/;

export function fileRequest({ object, recordId, field }: FileInTwenty): Request {
  if (!apiName.test(object) || !apiName.test(field)) throw new TypeError('No name of the API of Twenty');
  return {
    query: `query($id:UUID){${object}(filter:{id:{eq:$id}}){id ${field}{fileId label extension url}}}`,
    variables: { id: recordId },
    timeoutMs: 15_000,
  };
}

const entry = z.object({ fileId: z.string(), label: z.string(), extension: z.string().nullish(), url: z.url() });

/** @throws NotFoundError when the record does not list the file any more */
export function readNamedFile(
  data: Readonly<Record<string, unknown>>,
  { object, field, fileId }: FileInTwenty,
): NamedFile {
  const answer = z.object({ [object]: z.object({ [field]: z.array(entry).nullish() }).nullish() }).safeParse(data);
  if (!answer.success) throw new UpstreamError('Twenty names its files in a way the hub does not know');
  const found = answer.data[object]?.[field]?.find((one) => one.fileId === fileId);
  if (found === undefined) throw fileIsGone();
  return { name: crmFileName(found), url: found.url };
}

export const fileIsGone = (cause?: unknown): NotFoundError =>
  new NotFoundError('Twenty does not have this file any more', {
    remedy: 'Look at the files of the record in Twenty again.',
    cause,
  });

export const isNoRecord = (error: unknown): boolean =>
  error instanceof RecordRefusedError && error.message === 'Record not found';

/**
 * The bytes as they come; nothing is asked for before the first of them is wanted.
 *
 * @throws NotFoundError when they are gone; UpstreamError when they did not come, or not all of them
 */
export async function* readFile(
  fetch: Fetch,
  { url, serverUrl }: { readonly url: string; readonly serverUrl: string },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    const response = await answerOf(fetch, placeOf(url, serverUrl), signal);
    for await (const chunk of response.body ?? []) yield chunk;
  } catch (cause) {
    if (cause instanceof NotFoundError || cause instanceof UpstreamError) throw cause;
    throw new UpstreamError('The file did not come whole from Twenty', { remedy: 'Try again in a minute.', cause });
  }
}

async function answerOf(fetch: Fetch, place: URL, signal: AbortSignal): Promise<Response> {
  const first = await fetch(place, { redirect: 'manual', signal });
  const target = first.status >= 300 && first.status < 400 ? first.headers.get('location') : null;
  const response = target === null ? first : await followed(fetch, new URL(target, place), { place, signal });
  if (response.ok) return response;
  await response.body?.cancel();
  // A file that no record lists any more is 404; a token that is not good any more 403 (Twenty 2.21, measured).
  if (response.status === 403 || response.status === 404) throw fileIsGone();
  throw new UpstreamError(`Twenty answered ${response.status} to the question for a file`);
}

/** With an object storage behind it Twenty sends on to that (2.21, read). Nowhere else than over TLS, or to itself: what lies inside of the hub's network stays there. */
async function followed(
  fetch: Fetch,
  target: URL,
  { place, signal }: { readonly place: URL; readonly signal: AbortSignal },
) {
  if (target.protocol === 'https:' || target.origin === place.origin)
    return await fetch(target, { redirect: 'error', signal });
  throw new UpstreamError('Twenty keeps its files in a storage that is not reached over TLS', {
    remedy: 'Give the object storage of Twenty an address with https.',
  });
}
