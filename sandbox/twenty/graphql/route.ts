import type { RequestHandler } from 'express';
import { isObject } from '../records/arguments.ts';
import { requestContext } from '../request-context.ts';
import type { RequestContext, Server } from '../server.ts';
import type { GraphqlAnswer, GraphqlRequest } from './endpoint.ts';

type Run = (request: GraphqlRequest, context: RequestContext) => Promise<GraphqlAnswer>;

const BODY_TYPES = ['application/json', 'multipart/form-data'];

/** How long a request that Twenty never answers is kept open. */
const SILENCE_MS = 120_000;

/** GraphQL over HTTP with Twenty's answers to what is no GraphQL request (2.21, measured). */
export function graphqlRoute(server: Server, run: Run): RequestHandler {
  return async (request, response) => {
    if (request.method === 'POST' && request.is(BODY_TYPES) === false) return void response.status(415).end();
    const body: unknown = request.method === 'GET' ? request.query : request.body;
    if (Array.isArray(body)) {
      return void response.status(400).json({ errors: [{ message: 'Batching is not supported.' }] });
    }
    if (!isObject(body) || typeof body['query'] !== 'string') return silence(request.socket);
    const context = await requestContext(server, request);
    const answer = await run(
      graphqlRequest(body),
      request.method === 'GET' ? { ...context, auth: undefined } : context,
    );
    if (typeof answer.body === 'string') return void response.status(answer.status).type('text').send(answer.body);
    response.status(answer.status).json(answer.body);
  };
}

function graphqlRequest(body: Record<string, unknown>): GraphqlRequest {
  const { query, variables, operationName } = body;
  return {
    query: String(query),
    ...(isObject(variables) && { variables }),
    ...(typeof operationName === 'string' && { operationName }),
  };
}

/** A JSON body without a query never gets an answer. */
function silence(socket: { destroy(): void; once(event: 'close', listener: () => void): void }): void {
  const timer = setTimeout(() => socket.destroy(), SILENCE_MS);
  socket.once('close', () => clearTimeout(timer));
}
