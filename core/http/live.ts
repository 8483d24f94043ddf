import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { bearerToken, PayloadError } from '../contract/index.ts';
import type { Crm, RoleCaller } from '../crm/index.ts';
import type { Live, Topics, Viewer } from '../live/index.ts';
import type { Members } from '../members/index.ts';

/** Who makes a request, as the live feed needs to know. @throws UnauthorizedError */
export type IdentifyViewer = (request: Request) => Promise<Viewer>;

const MOST_TOPICS = 20;
const PATIENCE_MS = 15_000;

/** By the token that a front component got from Twenty. */
export function identifyViewer(members: Members, crm: Pick<Crm, 'readerFor'>): IdentifyViewer {
  return async ({ headers }) => {
    const token = bearerToken(headers.authorization);
    const { tenant, workspaceMemberId, roleId } = await members.identify(token, AbortSignal.timeout(PATIENCE_MS));
    return await viewerOf(crm, { tenantId: tenant.id, memberId: workspaceMemberId, roleId });
  };
}

/** A member with the rights that the role has now. */
export async function viewerOf(
  crm: Pick<Crm, 'readerFor'>,
  { tenantId, memberId, ...role }: RoleCaller & { readonly tenantId: string; readonly memberId: string },
): Promise<Viewer> {
  const { readable, sees, fingerprint } = await crm.readerFor(tenantId, role).view();
  const objects = new Set(readable);
  return {
    tenantId,
    memberId,
    rights: fingerprint(),
    sees: (object, field) => (field === undefined ? objects.has(object) : sees(object, field)),
  };
}

/**
 * `GET /live/v1?topics=calls,presence`: server-sent events. First a `snapshot`, then `upsert` and `remove`; with `Last-Event-ID`, as a
 * header or in the query, only what happened since.
 */
export function liveRoute(live: Live, identify: IdentifyViewer, limits: readonly RequestHandler[] = []): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    // Front components run in a frame without an origin. Nobody is known here by a cookie, so any origin may ask.
    response.set({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, last-event-id',
      'access-control-max-age': '86400',
    });
    next();
  });
  router.options('/', (_request, response) => void response.status(204).end());
  // Behind the headers: a browser hides an answer without them, and the page could not tell why it got none.
  for (const limit of limits) router.use(limit);
  router.get('/', async (request, response) => {
    await live.open({
      topics: readTopics(request, live.topics),
      lastEventId: request.get('last-event-id') ?? text(request.query['lastEventId']),
      identify: async () => await identify(request),
      accept: () => begin(response),
    });
  });
  return router;
}

function readTopics(request: Request, { names, find }: Topics): string[] {
  const asked = (text(request.query['topics']) ?? '').split(',').filter((name) => name !== '');
  const unknown = asked.find((name) => find(name) === undefined);
  if (asked.length > 0 && asked.length <= MOST_TOPICS && unknown === undefined) return asked;
  throw new PayloadError(unknown === undefined ? `Ask for 1 to ${MOST_TOPICS} topics` : 'There is no such topic', {
    field: 'query.topics',
    remedy: `Use some of these, with commas between them: ${names.join(', ')}.`,
  });
}

function begin(response: Response): Response {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Proxies that buffer would keep back what is urgent.
    'x-accel-buffering': 'no',
  });
  return response;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
