import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { httpAreas } from './areas.ts';
import { TooManyRequests } from './errors.ts';
import { injectFaults } from './inject-faults.ts';
import { runGraphql } from './graphql/endpoint.ts';
import { graphqlRoute } from './graphql/route.ts';
import { createMetadataEndpoint } from './metadata-api/endpoint.ts';
import { metadataModules } from './metadata-api/modules.ts';
import { restRoute } from './rest/route.ts';
import type { Server } from './server.ts';

const BODY_LIMIT_BYTES = 10_485_760;

/** The HTTP face of the stand-in. */
export function createApp(server: Server): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(allowAnyOrigin, injectFaults(server));
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok', info: {}, error: {}, details: {} }));
  for (const area of httpAreas) area(app, server);
  app.use(express.json({ limit: BODY_LIMIT_BYTES }));
  app.all('/graphql', graphqlRoute(server, runGraphql));
  app.all('/metadata', graphqlRoute(server, createMetadataEndpoint(metadataModules)));
  app.use('/rest', restRoute(server));
  // Unknown paths answer the front end's page with 200 (measured), so a client cannot tell by the status.
  app.use((_request, response) => void response.type('html').send(FRONT_END));
  app.use(answerError);
  return app;
}

const FRONT_END =
  '<!doctype html><html lang="en"><head><title>Twenty</title></head><body><div id="root"></div></body></html>';

const allowAnyOrigin: RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return next();
  response.set('access-control-allow-methods', 'GET,HEAD,PUT,PATCH,POST,DELETE');
  response.set('access-control-allow-headers', request.get('access-control-request-headers') ?? '*');
  response.status(204).end();
};

/** A body that is too large answers 500 (Twenty 2.21, measured), malformed JSON 400. */
const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (error instanceof TooManyRequests) {
    if (error.retryAfter !== undefined) response.set('retry-after', String(error.retryAfter));
    return void response.status(429).json({ statusCode: 429, message: error.message });
  }
  const message = String(error.message);
  if (error.type !== 'entity.parse.failed') return void response.status(500).json(message);
  response.status(400).json({ message, error: 'Bad Request', statusCode: 400 });
};
