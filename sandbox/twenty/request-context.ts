import type { Request } from 'express';
import { authenticate } from './auth/authenticate.ts';
import type { RequestContext, Server } from './server.ts';

/** Who asks, read from the headers; a bad token is kept as an error for the operation to answer with. */
export async function requestContext(server: Server, request: Request): Promise<RequestContext> {
  const base = { server, origin: request.get('origin'), host: request.get('host') ?? '' };
  try {
    return { ...base, auth: await authenticate(server, request.get('authorization')), authError: undefined };
  } catch (error) {
    return { ...base, auth: undefined, authError: error instanceof Error ? error : new Error(String(error)) };
  }
}
