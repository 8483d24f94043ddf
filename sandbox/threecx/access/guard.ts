import type { IncomingMessage } from 'node:http';
import type { Settings } from '../settings.ts';
import { type Principal, roleOf, roles } from './principals.ts';
import type { Tokens } from './tokens.ts';

/** Who asks, or why not. The bodies of 401 and 403 are not known, so there are none. */
export type Access = { readonly principal: Principal } | { readonly refused: 401 | 403 };

export type Guard = {
  readonly xapi: (request: IncomingMessage, needs: XapiNeeds) => Access;
  readonly callControl: (request: IncomingMessage) => Access;
  readonly tokenOf: (request: IncomingMessage) => string | undefined;
};

export type XapiNeeds = {
  /** The least role: call log, recordings and chats are for owners only. */
  readonly role: 'any' | 'admin' | 'owner';
  /** Answers without Enterprise too, so that a client can tell what is missing. */
  readonly anyLicence: boolean;
};

const ALLOWED: Record<XapiNeeds['role'], readonly Principal['role'][]> = {
  any: roles,
  owner: ['system_owners'],
  admin: ['system_owners', 'system_admins'],
};

export function createGuard(tokens: Tokens, settings: Settings): Guard {
  const enterprise = () => settings.current().licence === 'Enterprise';

  function tokenOf(request: IncomingMessage): string | undefined {
    return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  }

  function allow(request: IncomingMessage, may: (principal: Principal) => boolean): Access {
    const principal = tokens.holder(tokenOf(request));
    if (principal === undefined) return { refused: 401 };
    return may(principal) ? { principal } : { refused: 403 };
  }

  return {
    tokenOf,
    xapi: (request, { role, anyLicence }) =>
      allow(
        request,
        (principal) => principal.xapi && ALLOWED[role].includes(roleOf(principal)) && (anyLicence || enterprise()),
      ),
    callControl: (request) => allow(request, (principal) => principal.callControl && enterprise()),
  };
}
