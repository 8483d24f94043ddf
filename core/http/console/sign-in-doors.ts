import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { isRefusal, type Refusal, RefusedEntry } from '../../auth/refusals.ts';
import type { Origin } from '../../auth/session-store.ts';
import { RateLimitedError, UpstreamError } from '../../contract/index.ts';
import type { ConsoleDeps } from './identify.ts';

/** `/auth/sign-in` and `/auth/callback`: the doors that a browser goes through, and not a page's scripts. */
export function signInDoors(deps: ConsoleDeps, publicUrl: string, limits: readonly RequestHandler[]): Router {
  const { admin, cookies } = deps;
  const { signIn, sessions } = admin.auth;
  const router = express.Router();
  router.use(...limits, (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });

  router.get('/sign-in', async (request, response) => {
    if (isOtherNameOfThisMachine(request.get('host'), publicUrl)) {
      // What is kept under one name of this machine is not found under the other, to which Twenty sends people back.
      return response.redirect(302, new URL(request.originalUrl.replace(/^\/+/, '/'), publicUrl).href);
    }
    const workspace = text(request.query['workspace']).trim().toLowerCase();
    const returnTo = ownPath(text(request.query['to']), publicUrl);
    await orBack(request, response, { workspace, returnTo }, async () => {
      const begun = await signIn.begin(workspace, returnTo);
      cookies.keepVerifier(response, begun.state, begun.verifier);
      response.redirect(302, begun.location);
    });
  });

  router.get('/callback', async (request, response) => {
    const query = new URL(request.originalUrl, publicUrl).searchParams;
    await orBack(request, response, {}, async () => {
      const finished = await signIn.finish({
        query,
        verifierOf: (state) => cookies.verifier(request, state),
        currentSession: async (tenant) => {
          const token = cookies.session(request, tenant.slug);
          return token === undefined ? undefined : await sessions.find(tenant, token);
        },
        origin: originOf(request),
      });
      cookies.dropVerifier(response, query.get('state') ?? '');
      if (finished.kind === 'signed-in') {
        cookies.setSession(response, finished.tenant.slug, finished.token);
        cookies.remember(request, response, finished.tenant.slug);
      }
      const returnTo = ownPath(finished.returnTo, publicUrl);
      if (finished.kind !== 'refused') return response.redirect(302, returnTo);
      const { during, tenant, error } = finished;
      sendBack(request, response, error, { workspace: tenant.slug, returnTo, during });
    });
  });
  return router;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1'];

/** On the own machine alone: a proxy that does not pass the name on would send people round in circles. */
function isOtherNameOfThisMachine(host: string | undefined, publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  const asked = URL.parse(`http://${host ?? ''}`)?.hostname ?? '';
  return LOOPBACK.includes(hostname) && LOOPBACK.includes(asked) && asked !== hostname;
}

/** What is known of the sign-in, or the deed, that came to nothing. */
type Begun = {
  readonly workspace?: string;
  /** Page of the console. */
  readonly returnTo?: string;
  readonly during?: 'sign-in' | 'deed';
};

async function orBack(request: Request, response: Response, begun: Begun, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    sendBack(request, response, error, begun);
  }
}

/** A person gets a page that explains what went wrong; programs get the problem itself. */
function sendBack(request: Request, response: Response, error: unknown, begun: Begun): void {
  const problem = problemOf(error);
  if (problem === undefined || request.accepts(['json', 'html']) === 'json') throw error;
  response.redirect(302, explaining(problem, begun));
}

/** The sign-in page; of a deed, the page where it was asked for: whoever did so is still signed in. */
function explaining(problem: Refusal, { workspace = '', returnTo = FIRST_PAGE, during }: Begun): string {
  if (during === 'deed' && problem !== 'session-ended') return withQuery(returnTo, { refused: problem });
  const to = returnTo === FIRST_PAGE ? {} : { to: returnTo };
  return withQuery('/console/sign-in', { problem, ...(workspace === '' ? {} : { workspace }), ...to });
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(path, 'http://console');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}

function problemOf(error: unknown): Refusal | undefined {
  if (error instanceof RefusedEntry && isRefusal(error.code)) return error.code;
  return error instanceof UpstreamError || error instanceof RateLimitedError ? 'crm-unreachable' : undefined;
}

/** Only pages of the console: an address that somebody else put into a link leads nowhere else. */
function ownPath(wanted: string, publicUrl: string): string {
  // Browsers read a backslash as a slash and leave out line breaks, so neither may be there.
  if (!isOfConsole(wanted) || /[\\\p{Cc}]/u.test(wanted)) return FIRST_PAGE;
  const url = URL.parse(wanted, publicUrl);
  // Once more when it is resolved: `/console/..//elsewhere` leads to another host.
  if (url?.origin !== new URL(publicUrl).origin || !isOfConsole(url.pathname)) return FIRST_PAGE;
  return `${url.pathname}${url.search}${url.hash}`;
}

const FIRST_PAGE = '/console';

const isOfConsole = (path: string): boolean => /^\/console(?:[/?#]|$)/.test(path);

export function originOf(request: Request): Origin {
  return { address: request.ip ?? '', userAgent: request.get('user-agent') ?? '' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
