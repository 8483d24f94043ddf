import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { TokenError } from '../auth/errors.ts';
import type { HttpArea, Server } from '../server.ts';
import { removeStored, streamStored, writeStored } from './disk.ts';
import { findFile, setStatus, type StoredFile } from './files.ts';
import { dispositionOf } from './mime-types.ts';

/** Putting the bytes of an announced file, and reading a file by its signed address. */
export const filesArea: HttpArea = (router, server) => {
  router.put('/file-upload/:fileId', async (request, response) => {
    const file = await fileOfToken(server, request, 'FILE_UPLOAD');
    if (file === 'forbidden') return refuse(response);
    if (file === undefined) return notFound(response);
    if (file.status !== 'PENDING' && file.status !== 'UPLOADED') {
      return failed(response, 400, 'BAD_REQUEST', `File ${file.id} is not awaiting an upload`);
    }
    await receive(server, file, request, response);
  });
  router.get('/file/:folder/:fileId', async (request, response) => {
    const file = await fileOfToken(server, request, 'FILE');
    if (file === 'forbidden') return refuse(response);
    if (file === undefined || file.status === 'PENDING') return notFound(response);
    await send(server, file, response);
  });
};

async function receive(server: Server, file: StoredFile, request: Request, response: Response): Promise<void> {
  const size = await writeStored(server.filesDir, file.path, atMost(file.declaredSize, request));
  if (size !== file.declaredSize) {
    await removeStored(server.filesDir, file.path);
    const declared = file.declaredSize;
    if (size > declared) {
      return failed(response, 413, 'FILE_TOO_LARGE', `Upload exceeds declared size of ${declared} bytes`);
    }
    return failed(response, 400, 'FILE_SIZE_MISMATCH', `Uploaded ${size} bytes but ${declared} were declared`);
  }
  await setStatus(server.store, [file.id], 'UPLOADED');
  response.status(204).end();
}

/** Keeps one byte more than was declared, which is enough to see that there are too many; the rest is read away. */
async function* atMost(bytes: number, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = bytes + 1;
  for await (const chunk of source) {
    const kept = chunk.subarray(0, left);
    left -= kept.length;
    if (kept.length > 0) yield kept;
  }
}

/** Always the whole file: ranges are not supported (Twenty 2.21 with local storage, measured). */
async function send(server: Server, file: StoredFile, response: Response): Promise<void> {
  response.set({
    'content-type': file.mimeType,
    'x-content-type-options': 'nosniff',
    'content-disposition': dispositionOf(file.mimeType),
    'cache-control': 'private, max-age=86400, immutable',
  });
  await pipeline(streamStored(server.filesDir, file.path), response);
}

async function fileOfToken(
  server: Server,
  request: Request<{ fileId: string }>,
  kind: 'FILE' | 'FILE_UPLOAD',
): Promise<StoredFile | 'forbidden' | undefined> {
  const { fileId } = request.params;
  const { token } = request.query;
  if (typeof token !== 'string') return 'forbidden';
  try {
    const claims = await server.tokens.verify(token, [kind]);
    return claims.fileId === fileId ? await findFile(server.store, claims.workspaceId, fileId) : 'forbidden';
  } catch (error) {
    if (error instanceof TokenError) return 'forbidden';
    throw error;
  }
}

function refuse(response: Response): void {
  response.status(403).json({ message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 });
}

function notFound(response: Response): void {
  failed(response, 404, 'FILE_NOT_FOUND', 'File not found');
}

function failed(response: Response, statusCode: number, code: string, message: string): void {
  response.status(statusCode).json({ statusCode, error: 'Error', messages: [message], code });
}
