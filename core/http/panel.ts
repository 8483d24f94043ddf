import express, { type RequestHandler, type Router } from 'express';
import { bearerToken } from '../contract/index.ts';
import type { Members } from '../members/index.ts';
import { allowFrontComponents } from './front-components.ts';
import type { Panel } from '../panel/index.ts';

const PATIENCE_MS = 15_000;

/**
 * `GET /panel/v1/records/{object}/{id}`: what the panel on a record page of Twenty shows, to the member whose token it sends.
 */
export function panelRoute(
  panel: Panel,
  members: Pick<Members, 'identify'>,
  limits: readonly RequestHandler[],
): Router {
  const router = express.Router();
  router.use(allowFrontComponents('GET', { sent: 'authorization' }));
  router.options('/records/:object/:id', (_request, response) => void response.status(204).end());
  // Behind the headers: a browser hides an answer without them, and the panel could not tell why it got none.
  router.use(...limits);
  router.get('/records/:object/:id', async ({ headers, params }, response) => {
    const member = await members.identify(bearerToken(headers.authorization), AbortSignal.timeout(PATIENCE_MS));
    response.json(await panel.read(member, params.object, params.id));
  });
  return router;
}
