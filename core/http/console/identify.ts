import type { Request, Response } from 'express';
import type { Admin } from '../../admin/index.ts';
import { type Caller, memberCaller, operator } from '../../auth/caller.ts';
import { RefusedEntry } from '../../auth/refusals.ts';
import type { SignedIn } from '../../auth/sessions.ts';
import { isTenantId } from '../../tenants/index.ts';
import type { Cookies } from './cookies.ts';

const PATIENCE_MS = 15_000;

export type ConsoleDeps = { readonly admin: Pick<Admin, 'auth' | 'tenants'>; readonly cookies: Cookies };

/**
 * Who makes a request to the console: the member of the tenant that the path names, else the operator. A tenant that does not exist, and one where
 * this browser is not signed in, are answered alike.
 */
export async function identifyCaller(deps: ConsoleDeps, request: Request, response: Response): Promise<Caller> {
  const { cookies, admin } = deps;
  const operatorToken = cookies.operator(request);
  const slugOrId = request.params['tenant'];
  const isPerson = !isUnattended(request);
  if (typeof slugOrId === 'string') {
    const signedIn = await memberOfTenant(deps, request, response, slugOrId, isPerson);
    if (signedIn !== undefined) {
      return memberCaller(signedIn, {
        keep: ({ state, verifier }) => cookies.keepVerifier(response, state, verifier),
        forget: () => cookies.dropSession(response, signedIn.tenant.slug),
      });
    }
  }
  if (operatorToken === undefined) throw new RefusedEntry('signed-out');
  const { newToken } = await admin.auth.sessions.resumeOperator(operatorToken, isPerson);
  if (newToken !== undefined) cookies.setOperator(response, newToken);
  return operator;
}

/** Asked by a page at which nobody has just done something: it says so itself. Whoever hides it keeps no session but the own awake. */
const isUnattended = (request: Request): boolean => request.headers['x-unattended'] !== undefined;

/** @returns undefined when this browser has no session for that tenant. @throws RefusedEntry when it has one that is over */
export async function memberOfTenant(
  { admin, cookies }: ConsoleDeps,
  request: Request,
  response: Response,
  slugOrId: string,
  isPerson: boolean,
): Promise<SignedIn | undefined> {
  const slug = isTenantId(slugOrId) ? (await admin.tenants.find(slugOrId))?.slug : slugOrId;
  const token = slug === undefined ? undefined : cookies.session(request, slug);
  if (slug === undefined || token === undefined) return undefined;
  try {
    const resumed = await admin.auth.sessions.resume(slug, token, isPerson, AbortSignal.timeout(PATIENCE_MS));
    if (resumed?.newToken !== undefined) cookies.setSession(response, slug, resumed.newToken);
    return resumed?.who;
  } catch (error) {
    if (error instanceof RefusedEntry && isPerson) cookies.dropSession(response, slug);
    throw error;
  }
}
