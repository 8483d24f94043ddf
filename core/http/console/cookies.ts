import { createHash } from 'node:crypto';
import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { flowMinutes } from '../../auth/flows.ts';

/**
 * What the hub keeps in browsers. With https all names begin with `__Host-`, so that no other host of the domain and no plain-http page can plant
 * one. Each workspace has a cookie of its own: several are open at once, and none is touched when another is signed in or out.
 */
export interface Cookies {
  readonly session: (request: Request, slug: string) => string | undefined;
  readonly setSession: (response: Response, slug: string, token: string) => void;
  readonly dropSession: (response: Response, slug: string) => void;
  readonly operator: (request: Request) => string | undefined;
  readonly setOperator: (response: Response, token: string) => void;
  readonly dropOperator: (response: Response) => void;
  /** What makes Twenty's answer to one sign-in this browser's own. */
  readonly verifier: (request: Request, state: string) => string | undefined;
  readonly keepVerifier: (response: Response, state: string, verifier: string) => void;
  readonly dropVerifier: (response: Response, state: string) => void;
  /** Workspaces that were signed in to in this browser: offered the next time. */
  readonly known: (request: Request) => string[];
  readonly remember: (request: Request, response: Response, slug: string) => void;
}

const YEAR_SECONDS = 365 * 24 * 3600;
const MOST_REMEMBERED = 20;

export function createCookies(publicUrl: string, longestHours: number): Cookies {
  const secure = publicUrl.startsWith('https:');
  const named = (name: string) => `${secure ? '__Host-' : ''}switchboard-${name}`;
  const sessionName = (slug: string) => named(`session-${slug}`);
  const operatorName = named('operator');
  const knownName = named('workspaces');
  const flowName = (state: string) => named(`flow-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`);

  const read = (request: Request, name: string): string | undefined =>
    parseCookie(request.headers.cookie ?? '')[name] || undefined;
  const write = (response: Response, cookie: Pick<SetCookie, 'name' | 'value' | 'maxAge' | 'sameSite'>): void => {
    response.append('set-cookie', stringifySetCookie({ ...cookie, path: '/', httpOnly: true, secure }));
  };
  /** Pages of other sites never send it: the console's own pages ask for everything themselves, after they were loaded without it. */
  const writeStrict = (response: Response, name: string, value: string): void =>
    write(response, { name, value, maxAge: longestHours * 3600, sameSite: 'strict' });
  const drop = (response: Response, name: string): void =>
    write(response, { name, value: '', maxAge: 0, sameSite: 'strict' });

  const known = (request: Request): string[] =>
    (read(request, knownName) ?? '').split('.').filter((slug) => /^[a-z0-9-]{1,32}$/.test(slug));

  return {
    session: (request, slug) => read(request, sessionName(slug)),
    setSession: (response, slug, token) => writeStrict(response, sessionName(slug), token),
    dropSession: (response, slug) => drop(response, sessionName(slug)),
    operator: (request) => read(request, operatorName),
    setOperator: (response, token) => writeStrict(response, operatorName, token),
    dropOperator: (response) => drop(response, operatorName),
    verifier: (request, state) => read(request, flowName(state)),
    // Lax: Twenty is another site, and its answer must find it.
    keepVerifier: (response, state, value) =>
      write(response, { name: flowName(state), value, maxAge: flowMinutes * 60, sameSite: 'lax' }),
    dropVerifier: (response, state) => drop(response, flowName(state)),
    known,
    remember: (request, response, slug) => {
      const slugs = [slug, ...known(request).filter((one) => one !== slug)].slice(0, MOST_REMEMBERED);
      write(response, { name: knownName, value: slugs.join('.'), maxAge: YEAR_SECONDS, sameSite: 'strict' });
    },
  };
}
