import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Admin } from '../../admin/index.ts';
import { isRefusal, refusals } from '../../auth/refusals.ts';
import { NotFoundError, PayloadError } from '../../contract/index.ts';
import type { Crm } from '../../crm/index.ts';
import type { Doors } from '../../host/doors.ts';
import type { Instance } from '../../host/instances.ts';
import type { Live } from '../../live/index.ts';
import { endpoints } from '../api/index.ts';
import { mountEndpoints } from '../endpoint.ts';
import { liveRoute } from '../live.ts';
import { consolePluginDoors } from './plugin-doors.ts';
import { type ConsoleDeps, identifyCaller, memberOfTenant } from './identify.ts';
import { requireSameOrigin } from './same-origin.ts';
import { originOf } from './sign-in-doors.ts';
import { consoleViewer } from './viewer.ts';

interface ConsoleOptions extends ConsoleDeps {
  readonly admin: Admin;
  readonly crm: Pick<Crm, 'readerFor'>;
  readonly doors: Pick<Doors, 'call' | 'callForMember'>;
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
  readonly live: Live;
  readonly publicUrl: string;
  readonly limits: readonly RequestHandler[];
}

/** `/console/v1`: what the console's pages ask, with the cookie of a session. */
export function consoleRoutes(options: ConsoleOptions): Router {
  const { admin, live, limits, publicUrl } = options;
  const router = express.Router();
  router.use(requireSameOrigin(publicUrl), ...limits, (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.get('/sign-in', async (request, response) => void response.json(await choices(options, request, response)));
  router.get('/problems/:code', ({ params: { code } }, response) => {
    if (!isRefusal(code)) throw new NotFoundError('There is no such problem');
    response.json({ error: { code, ...refusals[code] } });
  });
  router.use(operatorRoutes(options));
  router.use('/tenants/:tenant/live', (request, response, next) => {
    const identify = consoleViewer(options, request.params.tenant, response);
    liveRoute(live, identify)(request, response, next);
  });
  router.use(consolePluginDoors(options));
  router.use(
    mountEndpoints(endpoints, admin, async (request, response) => await identifyCaller(options, request, response)),
  );
  return router;
}

/** The first start, and whenever no member can get in: a setup link opens the operator's session. */
function operatorRoutes({ admin, cookies }: ConsoleOptions): Router {
  const router = express.Router();
  const body = z.object({ token: z.string().min(1).max(200) });
  router.post('/setup', express.json({ limit: '10kb' }), async (request, response) => {
    const { data } = body.safeParse(request.body);
    if (data === undefined)
      throw new PayloadError('body.token: must be the end of a setup link', { field: 'body.token' });
    cookies.setOperator(response, await admin.auth.setup.redeem(data.token, originOf(request)));
    response.json({});
  });
  router.get('/operator', async (request, response) => {
    const token = cookies.operator(request);
    response.json({ isSignedIn: token !== undefined && (await isOperator(admin, token)) });
  });
  router.post('/operator/sign-out', async (request, response) => {
    const token = cookies.operator(request);
    if (token !== undefined) await admin.auth.sessions.endOperator(token);
    cookies.dropOperator(response);
    response.json({});
  });
  return router;
}

async function isOperator({ auth }: Admin, token: string): Promise<boolean> {
  return await auth.sessions.resumeOperator(token, false).then(
    () => true,
    () => false,
  );
}

interface Choice {
  readonly slug: string;
  readonly name: string;
  readonly isSignedIn: boolean;
}

/**
 * The workspaces to choose from: those of this browser, those that want to be named, and the only one. Who knows the name of another one types it;
 * a hub of many customers does not tell strangers who they are.
 */
async function choices(
  options: ConsoleOptions,
  request: Request,
  response: Response,
): Promise<{ workspaces: Choice[] }> {
  const { admin, cookies } = options;
  const open = (await admin.tenants.list()).filter(({ state, crmUrl }) => state === 'active' && crmUrl !== undefined);
  const known = new Set(cookies.known(request));
  const listed = await Promise.all(
    open.map(async (tenant) => {
      const isNamed =
        known.has(tenant.slug) || open.length === 1 || (await admin.auth.policies.get(tenant.id)).isListed;
      return isNamed ? [tenant] : [];
    }),
  );
  const workspaces = await Promise.all(
    listed.flat().map(async ({ slug, name }) => {
      // Whoever is signed out by this look is told so by the first real question.
      const who = await memberOfTenant(options, request, response, slug, false).catch(() => undefined);
      return { slug, name, isSignedIn: who !== undefined };
    }),
  );
  return { workspaces };
}
