import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { HttpArea } from '../server.ts';

/** A file sent with a GraphQL request, where a variable of type Upload stood. */
export type Upload = { filename: string; mimeType: string; content: Buffer };

/** Uploads that pass through memory: sources and packages of applications, small attachments. */
const UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024;

type Parts = { fields: Map<string, string>; files: Map<string, Upload> };

/** Reads a GraphQL multipart request (`operations`, `map`, files) into the body a JSON request would have. */
async function readMultipart(request: IncomingMessage): Promise<Record<string, unknown>> {
  const { fields, files } = await readParts(request);
  const operations = JSON.parse(fields.get('operations') ?? '{}') as Record<string, unknown>;
  const map = JSON.parse(fields.get('map') ?? '{}') as Record<string, string[]>;
  for (const [part, paths] of Object.entries(map)) {
    for (const path of paths) assign(operations, path.split('.'), files.get(part));
  }
  return operations;
}

async function readParts(request: IncomingMessage): Promise<Parts> {
  const fields = new Map<string, string>();
  const pending: Promise<[string, Upload]>[] = [];
  const parser = busboy({ headers: request.headers, limits: { fileSize: UPLOAD_LIMIT_BYTES } });
  parser.on('field', (name, value) => fields.set(name, value));
  parser.on('file', (name, stream, { filename, mimeType }) => {
    pending.push(readFile(stream).then((content) => [name, { filename, mimeType, content }]));
  });
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve).on('error', reject);
    request.on('error', reject).pipe(parser);
  });
  return { fields, files: new Map(await Promise.all(pending)) };
}

async function readFile(stream: Readable & { truncated?: boolean }): Promise<Buffer> {
  const content = await buffer(stream);
  if (stream.truncated === true)
    throw new Error(`File truncated as it exceeds the ${UPLOAD_LIMIT_BYTES} byte size limit.`);
  return content;
}

/** Puts the file where the path points; a path that leads nowhere is left alone. */
function assign(target: Record<string, unknown>, path: string[], file: Upload | undefined): void {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(target, key)) return;
  if (rest.length === 0) {
    target[key] = file;
    return;
  }
  const next = target[key];
  if (typeof next === 'object' && next !== null) assign(next as Record<string, unknown>, rest, file);
}

/** Lets /metadata take multipart requests beside JSON. */
export const multipartArea: HttpArea = (router) => {
  router.post('/metadata', async (request, _response, next) => {
    if (request.is('multipart/form-data') !== false) request.body = await readMultipart(request);
    next();
  });
};
