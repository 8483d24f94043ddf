import { z } from 'zod';
import { RefusedError, UpstreamError } from '../../contract/errors.ts';
import type { Request } from './client.ts';
import { ServerFaultError } from './errors.ts';

/** The upload flow of Twenty: a place is asked for, the bytes are put there, and the upload is confirmed (2.21, measured). */

/** The FILES field `file` of attachments has this identifier in every workspace (Twenty 2.21, measured). */
const attachmentFile = '20202020-15db-460e-8166-c7b5d87ad4be';

export type UploadPlace = { readonly fileId: string; readonly uploadUrl: string };

/** @param fieldId of a FILES field; undefined for attachments */
export const beginRequest = (name: string, bytes: number, fieldId: string | undefined): Request => ({
  query: `mutation($filename:String!,$size:Float!,$id:String,$universal:String){createFileUpload(filename:$filename,
    size:$size,fileFolder:FilesField,fieldMetadataId:$id,fieldMetadataUniversalIdentifier:$universal){fileId uploadUrl}}`,
  variables: {
    filename: name,
    size: bytes,
    ...(fieldId === undefined ? { universal: attachmentFile } : { id: fieldId }),
  },
});

const place = z.object({ createFileUpload: z.object({ fileId: z.guid(), uploadUrl: z.url() }) });

export function readPlace(data: Readonly<Record<string, unknown>>): UploadPlace {
  const parsed = place.safeParse(data);
  if (parsed.success) return parsed.data.createFileUpload;
  throw new UpstreamError('Twenty names the place for an upload in a way the hub does not know');
}

/** Twenty looks into the file while it confirms. */
export const completeRequest = (fileId: string): Request => ({
  query: 'mutation($id:String!){completeFileUpload(fileId:$id){id}}',
  variables: { id: fileId },
  timeoutMs: 60_000,
});

/** Twenty does not want this file, whoever sends it and however often. */
export class FileRefusedError extends RefusedError {
  override readonly code: string = 'file-refused';
}

/** All errors of the flow come as INTERNAL_SERVER_ERROR, so their words have to tell them apart (Twenty 2.21, measured). */
export type UploadProblem = 'not-uploaded' | 'complete-already' | 'unknown-file' | FileRefusedError | undefined;

export function readUploadProblem(error: unknown): UploadProblem {
  if (!(error instanceof ServerFaultError)) return undefined;
  const { message } = error;
  if (message.includes('has not been uploaded to storage yet')) return 'not-uploaded';
  if (message.includes('is not awaiting an upload confirmation')) return 'complete-already';
  if (message.startsWith('File not found')) return 'unknown-file';
  const remedy = remedies.find(([start]) => message.startsWith(start))?.[1];
  return remedy === undefined ? undefined : new FileRefusedError(message, { remedy, cause: error });
}

const remedies: readonly (readonly [start: string, remedy: string])[] = [
  ['File content does not match its extension', 'Give the file the extension of what is in it, or leave it out.'],
  ['Invalid file size', 'Make the file smaller, or keep it outside of Twenty.'],
  ['Filename must have an extension', 'Give the file a name with an extension.'],
];
