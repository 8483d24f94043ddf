import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Guard } from '../access/guard.ts';
import type { Settings } from '../settings.ts';
import { badRequest, ODataError } from './odata/errors.ts';
import { compile, find, type Operation, queryOf, type Reply } from './odata/router.ts';

export type ServiceParts = {
  readonly guard: Guard;
  readonly settings: Settings;
  readonly operations: readonly Operation[];
};

const PREFIX = '/xapi/v1';

/** The Configuration API, below `/xapi/v1`. */
export function xapiService({ guard, settings, operations }: ServiceParts): Express {
  const compiled = compile(operations);
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.use(async (request, response) => {
    response.set('X-3CX-Version', `${settings.current().version}.100`);
    const reply = await answer(request, response);
    if (reply === 'answered') return;
    response.status(reply.status);
    if (reply.body === undefined) response.end();
    else response.json(reply.body);
  });

  async function answer(request: Request, response: Response): Promise<Reply> {
    // Who may not come in learns nothing of what there is.
    const entered = guard.xapi(request, { role: 'any', anyLicence: true });
    if ('refused' in entered) return { status: entered.refused };
    const url = new URL(request.originalUrl, `http://${request.headers.host ?? 'localhost'}`);
    const { operation, args } = find(compiled, request.method, pathOf(url), settings.since);
    const { role = 'admin', anyLicence = false, handle } = operation;
    const access = guard.xapi(request, { role, anyLicence });
    if ('refused' in access) return { status: access.refused };
    const { principal } = access;
    return await handle({ principal, args, query: queryOf(url), url, body: request.body, request, response });
  }

  app.use(answerError);
  return app;
}

/** @throws ODataError 400 for an escape that is none */
function pathOf({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname.slice(PREFIX.length));
  } catch {
    throw badRequest('The path is not valid.');
  }
}

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const known =
    error instanceof ODataError
      ? error
      : new ODataError(
          error.type === 'entity.parse.failed' ? 400 : 500,
          error.type ? 'The body is no JSON.' : 'An error has occurred.',
        );
  response.status(known.status).json(known.body());
};
