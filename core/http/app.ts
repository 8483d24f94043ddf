import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger as PinoLogger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Admin } from '../admin/index.ts';
import type { Crm } from '../crm/index.ts';
import { NotFoundError, type RawRequest, type Reply } from '../contract/index.ts';
import type { Doors } from '../host/doors.ts';
import type { Instance } from '../host/instances.ts';
import type { Live } from '../live/index.ts';
import { operator } from '../auth/caller.ts';
import { describeApi, endpoints } from './api/index.ts';
import { createCookies } from './console/cookies.ts';
import { pageHeaders } from './console/page-headers.ts';
import { consoleRoutes } from './console/routes.ts';
import { signInDoors } from './console/sign-in-doors.ts';
import { consoleFiles } from './console-files.ts';
import { mountEndpoints } from './endpoint.ts';
import type { Members } from '../members/index.ts';
import type { Panel } from '../panel/index.ts';
import { type IdentifyViewer, liveRoute } from './live.ts';
import { limitRefusals, limitRequests, requireOperator } from './guards.ts';
import type { Metrics } from './metrics.ts';
import { memberDoors } from './member-doors.ts';
import { operatorDoors, send, toRawRequest, vendorDoors } from './plugin-doors.ts';
import { panelRoute } from './panel.ts';
import { problemHandler } from './problem.ts';

export interface Readiness {
  readonly ready: boolean;
  /** One line per part the hub cannot work without, and per part that is degraded. */
  readonly parts: readonly {
    readonly name: string;
    readonly state: 'ok' | 'degraded' | 'failed';
    readonly detail: string;
  }[];
}

interface WebAppOptions {
  readonly log: PinoLogger;
  readonly version: string;
  readonly publicUrl: string;
  /** The built pages of the console. */
  readonly consoleFolder: string;
  readonly operatorToken: string;
  /** The longest time of a session of the console. */
  readonly sessionHours: number;
  /** Express' `trust proxy`. */
  readonly trustProxy: false | number | readonly string[];
  readonly metrics: Metrics;
  readonly doors: Doors;
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
  readonly receiveCrmWebhook: (tenantSlug: string, request: RawRequest) => Promise<Reply>;
  readonly live: Live;
  readonly identifyViewer: IdentifyViewer;
  readonly panel: Panel;
  readonly members: Members;
  readonly crm: Pick<Crm, 'readerFor'>;
  readonly admin: Admin;
  readonly readiness: () => Promise<Readiness>;
}

/** Requests a minute from one address that no honest sender reaches. */
const VENDOR_CEILING = 60_000;
const REFUSALS = 60;
/** An office of a thousand agents behind one address, each looking at a record now and then. */
const PANEL_CEILING = 6000;
/** Tokens of all of them expire every half hour, and all come back at once after a restart; each sends the old one once more. */
const PANEL_REFUSALS = 3000;
/** An office that comes to work. */
const SIGN_IN_CEILING = 600;
/** Twenty sends one webhook per changed row; a row of 10 MB text is the worst case. */
const LARGEST_CRM_WEBHOOK = '16mb';

export function createWebApp(options: WebAppOptions): Express {
  const { metrics, doors, findInstance, log } = options;
  const app = express();
  app.set('trust proxy', options.trustProxy);
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(
    pinoHttp({ logger: log, autoLogging: { ignore: ({ url }: { url?: string }) => isProbe(url) }, ...quietly() }),
  );
  // Not counted with the requests: it lasts for hours.
  app.use('/live/v1', liveRoute(options.live, options.identifyViewer, [limitRefusals(PANEL_REFUSALS)]));
  app.use(metrics.countRequest);

  app.get('/healthz', (_request, response) => void response.json({ status: 'ok', version: options.version }));
  app.get('/readyz', async (_request, response) => await answerReadiness(response, options.readiness));
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await metrics.expose(options.live.connections());
    response.set('content-type', contentType).send(text);
  });
  const description = describeApi(options.publicUrl);
  app.get('/openapi.json', (_request, response) => void response.json(description));

  app.use('/hooks', limitRefusals(REFUSALS, tenantAndPlugin), limitRequests(VENDOR_CEILING));
  app.use('/hooks', vendorDoors({ doors, findInstance }));
  app.post(
    '/crm/webhooks/:tenant',
    limitRefusals(REFUSALS),
    express.raw({ type: () => true, limit: LARGEST_CRM_WEBHOOK }),
    async (request, response) => {
      await send(response, await options.receiveCrmWebhook(String(request.params['tenant']), toRawRequest(request)));
    },
  );
  const panelLimits = [limitRefusals(PANEL_REFUSALS), limitRequests(PANEL_CEILING)];
  app.use('/panel/v1/plugins', memberDoors({ ...options, roster: options.admin.auth.roster }, panelLimits));
  app.use('/panel/v1', panelRoute(options.panel, options.members, panelLimits));
  app.use('/api/v1', limitRefusals(REFUSALS), requireOperator(options.operatorToken));
  app.use('/api/v1', operatorDoors({ doors, findInstance }));
  app.use(
    '/api/v1',
    mountEndpoints(endpoints, options.admin, () => operator),
  );

  const cookies = createCookies(options.publicUrl, options.sessionHours);
  const consoleLimits = [limitRefusals(PANEL_REFUSALS), limitRequests(PANEL_CEILING)];
  app.use('/auth', signInDoors({ admin: options.admin, cookies }, options.publicUrl, [limitRequests(SIGN_IN_CEILING)]));
  app.use('/console/v1', consoleRoutes({ ...options, cookies, limits: consoleLimits }));
  app.use('/console', pageHeaders(), consoleFiles(options.consoleFolder));
  app.get('/', (_request, response) => response.redirect(302, '/console/'));

  app.use((request) => {
    throw new NotFoundError(`There is nothing at ${request.method} ${request.path}`, {
      remedy: 'See /openapi.json for what there is.',
    });
  });
  app.use(problemHandler(log));
  return app;
}

/** Of `/acme/threecx/call`: `/acme/threecx`. */
function tenantAndPlugin({ path }: Request): string {
  return path.split('/', 3).join('/');
}

async function answerReadiness(response: Response, readiness: () => Promise<Readiness>): Promise<void> {
  const answer = await readiness();
  response.status(answer.ready ? 200 : 503).json(answer);
}

function isProbe(url: string | undefined): boolean {
  return url === '/healthz' || url === '/readyz' || url === '/metrics';
}

/** One short line per request: no headers, no query strings (they carry numbers and names). */
function quietly() {
  return {
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({
        id,
        method,
        path: url.split('?', 1)[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    customLogLevel: (_request: unknown, response: { statusCode: number }, error: Error | undefined) =>
      error !== undefined || response.statusCode >= 500 ? ('error' as const) : ('debug' as const),
  };
}
