import type { CrmFileSource, CrmFilePlace, OpenedCrmFile } from '../../contract/files.ts';
import { UpstreamError } from '../../contract/errors.ts';
import { fileIsGone, fileRequest, isNoRecord, readFile, readNamedFile } from '../twenty/read-file.ts';
import type { FileInTwenty, NamedFile } from '../twenty/read-file.ts';
import { openWay } from './open-way.ts';
import type { TenantWay, WayOptions } from './open-way.ts';

/** For the question and the bytes together: somebody waits for it, and proxies give up on a page after a minute. */
const deadlineMs = 50_000;

/** Files that lie in the Twenty of one tenant. */
export function createFileSource(way: WayOptions, tenantId: string): CrmFileSource {
  return { open: async (place, signal) => await openFile(way, { tenantId, place }, signal) };
}

async function openFile(
  way: WayOptions,
  { tenantId, place }: { readonly tenantId: string; readonly place: CrmFilePlace },
  caller: AbortSignal,
): Promise<OpenedCrmFile> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([caller, deadline]);
  const tenantWay = await openWay(way, tenantId);
  const { name, url } = await inTime(deadline, () => find(tenantWay, place, signal));
  return { name, content: readFile(way.fetch, { url, serverUrl: tenantWay.serverUrl }, signal) };
}

async function find({ access }: TenantWay, place: FileInTwenty, signal: AbortSignal): Promise<NamedFile> {
  try {
    const { data } = await access.records('live', place.object, fileRequest(place), signal);
    return readNamedFile(data, place);
  } catch (error) {
    throw isNoRecord(error) ? fileIsGone(error) : error;
  }
}

/** A limit of Twenty is waited for; not for ever. */
async function inTime<T>(deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!deadline.aborted) throw cause;
    throw new UpstreamError('Twenty did not name the file in time', { remedy: 'Try again in a minute.', cause });
  }
}
