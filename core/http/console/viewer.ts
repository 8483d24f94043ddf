import type { Request, Response } from 'express';
import { RefusedEntry } from '../../auth/refusals.ts';
import type { SignedIn } from '../../auth/sessions.ts';
import { UnauthorizedError } from '../../contract/index.ts';
import type { Crm } from '../../crm/index.ts';
import { type IdentifyViewer, viewerOf } from '../live.ts';
import { type ConsoleDeps, memberOfTenant } from './identify.ts';

const PATIENCE_MS = 15_000;

/** Who watches the live feed in the console. An open page asks several times a minute and keeps no session awake by it. */
export function consoleViewer(
  deps: ConsoleDeps & { readonly crm: Pick<Crm, 'readerFor'> },
  tenant: string,
  response: Response,
): IdentifyViewer {
  const { auth } = deps.admin;
  let known: SignedIn | undefined;
  const look = async (request: Request): Promise<SignedIn | undefined> =>
    known === undefined
      ? await memberOfTenant(deps, request, response, tenant, false)
      : await auth.sessions.recheck(known.tenant.id, known.sessionId, AbortSignal.timeout(PATIENCE_MS));
  return async (request) => {
    // The connection lasts longer than the key with which it began.
    const who = await look(request).catch(asUnauthorized);
    if (who === undefined) throw asUnauthorized(new RefusedEntry('signed-out'));
    known = who;
    const role = await auth.views.readingRole(who);
    return await viewerOf(deps.crm, { tenantId: who.tenant.id, memberId: who.member.id, ...role });
  };
}

/** The feed ends connections by the class of the error. */
function asUnauthorized(error: unknown): never {
  if (!(error instanceof RefusedEntry)) throw error;
  throw new UnauthorizedError(error.message, error.remedy === undefined ? {} : { remedy: error.remedy });
}
