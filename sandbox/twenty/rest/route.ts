import type { Request, RequestHandler } from 'express';
import { openSession } from '../records/open-session.ts';
import { requestContext } from '../request-context.ts';
import type { RequestContext, Server } from '../server.ts';
import type { AuthContext } from '../types.ts';
import { loginError, type RestAnswer, restError } from './answers.ts';
import { runMetadataRequest } from './metadata.ts';
import { type RestRequest, runRecordRequest } from './records.ts';

/** Everything under /rest. */
export function restRoute(server: Server): RequestHandler {
  return async (request, response) => {
    const { status, body } = await answerRest(server, request);
    response.status(status).json(body);
  };
}

async function answerRest(server: Server, request: Request): Promise<RestAnswer> {
  const context = await requestContext(server, request);
  const { auth } = context;
  if (auth === undefined) return loginError(context.authError);
  try {
    return await run({ ...context, auth }, readRequest(request));
  } catch (error) {
    return restError(error);
  }
}

async function run(context: RequestContext & { auth: AuthContext }, request: RestRequest): Promise<RestAnswer> {
  const { server, auth } = context;
  const [, metadataPath] = request.path.match(/^\/metadata(\/.*)$/) ?? [];
  if (metadataPath !== undefined) return runMetadataRequest(context, { ...request, path: metadataPath });
  await server.rateLimit.take(auth);
  const session = await openSession(server, auth, await server.models.get(auth.workspaceId));
  return runRecordRequest(session, request);
}

function readRequest(request: Request): RestRequest {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  return { method: request.method, path: pathname, query: searchParams, body: request.body };
}
