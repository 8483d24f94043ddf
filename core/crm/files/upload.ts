import type { Readable } from 'node:stream';
import type { Request } from '../twenty/client.ts';
import { beginRequest, completeRequest, readPlace, readUploadProblem } from '../twenty/files.ts';
import { putFile } from '../twenty/put-file.ts';

export type Upload = {
  readonly name: string;
  readonly bytes: number;
  /** Of a FILES field; undefined for attachments. */
  readonly fieldId: string | undefined;
  /** Twenty's id of an upload that an earlier try began. */
  readonly begun: string | undefined;
  /** Opened anew for every try. */
  readonly open: () => Promise<Readable>;
  /** Called before the bytes go. */
  readonly onBegun: (fileId: string) => Promise<void>;
};

export type UploadWay = {
  readonly ask: (request: Request) => Promise<{ readonly data: Readonly<Record<string, unknown>> }>;
  readonly serverUrl: string;
};

/**
 * Brings a file to Twenty, going on where an earlier try ended: an upload that was begun is asked about first, because the
 * bytes may all be there.
 *
 * @returns Twenty's id of the file, ready to be linked to one record
 * @throws FileRefusedError when Twenty does not want it; UpstreamError when it did not get through
 */
export async function upload(way: UploadWay, file: Upload, signal: AbortSignal): Promise<string> {
  if (file.begun !== undefined && (await isComplete(way, file.begun))) return file.begun;
  const { fileId, uploadUrl } = readPlace((await asked(way, beginRequest(file.name, file.bytes, file.fieldId))).data);
  await file.onBegun(fileId);
  await putFile({ uploadUrl, serverUrl: way.serverUrl, bytes: file.bytes, open: file.open }, signal);
  await asked(way, completeRequest(fileId));
  return fileId;
}

/** Confirming can be repeated until the file is linked; then Twenty says that it was done (2.21, measured). */
async function isComplete(way: UploadWay, fileId: string): Promise<boolean> {
  try {
    await way.ask(completeRequest(fileId));
    return true;
  } catch (error) {
    const problem = readUploadProblem(error);
    if (problem === 'complete-already') return true;
    if (problem === 'not-uploaded' || problem === 'unknown-file') return false;
    throw problem ?? error;
  }
}

async function asked(way: UploadWay, request: Request) {
  try {
    return await way.ask(request);
  } catch (error) {
    const problem = readUploadProblem(error);
    throw problem instanceof Error ? problem : error;
  }
}
