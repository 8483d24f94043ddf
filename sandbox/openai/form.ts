import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ApiError, invalid } from './errors.ts';

/** A request to transcribe, as it came. */
export interface Form {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly file: { readonly name: string; readonly content: Buffer } | undefined;
}

/** 25 MB, as the guide has it. */
const LARGEST_BYTES = 26_214_400;

/** @throws ApiError for what is no form, or holds a file that is too large */
export async function readForm(request: IncomingMessage): Promise<Form> {
  if (!(request.headers['content-type'] ?? '').startsWith('multipart/form-data'))
    throw invalid('file', 'Could not parse multipart form');
  const fields = new Map<string, string[]>();
  const files: Promise<Form['file']>[] = [];
  let isTooLarge = false;
  const parser = busboy({ headers: request.headers, limits: { fileSize: LARGEST_BYTES } });
  parser.on('field', (name, value) => fields.set(name, [...(fields.get(name) ?? []), value]));
  parser.on('file', (name, stream, { filename }) => {
    stream.on('limit', () => (isTooLarge = true));
    files.push(buffer(stream).then((content) => (name === 'file' ? { name: filename, content } : undefined)));
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve).on('error', reject);
    request.on('error', reject).pipe(parser);
  });
  const file = (await Promise.all(files)).find((one) => one !== undefined);
  if (isTooLarge)
    throw new ApiError(413, {
      message: `Maximum content size limit (${LARGEST_BYTES}) exceeded`,
      type: 'server_error',
    });
  return { fields, file };
}
