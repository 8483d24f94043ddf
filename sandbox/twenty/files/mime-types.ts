import { extname } from 'node:path';
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';
import { lookup } from 'mrmime';
import { GraphqlError } from '../errors.ts';

/** What a browser may show in place; everything else is saved (Twenty 2.21). */
const INLINE: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/tiff',
  'image/x-icon',
  'application/pdf',
  'text/plain',
  'audio/mpeg',
  'audio/wav',
  'audio/ogg',
  'video/mp4',
  'video/webm',
  'video/ogg',
]);

/** By the first bytes of the content, else by the name. Throws when the name promises a type the content is not. */
export async function mimeTypeOf(head: Buffer, path: string): Promise<string> {
  const detected = await fileTypeFromBuffer(head);
  if (detected !== undefined) return detected.mime;
  const extension = extname(path).slice(1);
  const expected = lookup(extension);
  if (expected === undefined || !supportedMimeTypes.has(expected)) return expected ?? 'application/octet-stream';
  throw new GraphqlError(
    `File content does not match its extension. The file has extension '${extension}' (expected mime type: ${expected}), but the file content could not be detected as this type. The file may be corrupted, have the wrong extension, or be a security risk.`,
    'INTERNAL_SERVER_ERROR',
    {
      userFriendlyMessage:
        "The file extension doesn't match the file content. Please check that your file is not corrupted and has the correct extension.",
    },
  );
}

export function dispositionOf(mimeType: string): 'inline' | 'attachment' {
  return INLINE.has(mimeType) ? 'inline' : 'attachment';
}
