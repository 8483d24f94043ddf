import { ForbiddenError, type Permission, permissions } from '../contract/index.ts';
import type { SignedIn } from './sessions.ts';
import type { Begun } from './sign-in.ts';

/** Who makes a request to the hub's own API. */
export type Caller = OperatorCaller | MemberCaller;

export interface OperatorCaller {
  readonly kind: 'operator';
  /** For the audit log. */
  readonly actor: string;
}

export interface MemberCaller {
  readonly kind: 'member';
  readonly actor: string;
  readonly signedIn: SignedIn;
  readonly browser: Browser;
}

/** What is kept in the browser that makes the request. */
export interface Browser {
  /** Keeps what makes Twenty's answer this browser's own. */
  readonly keep: (departure: Begun) => void;
  /** Drops the key of the session. */
  readonly forget: () => void;
}

export const operator: OperatorCaller = { kind: 'operator', actor: 'operator' };

export function memberCaller(signedIn: SignedIn, browser: Browser): MemberCaller {
  return { kind: 'member', actor: signedIn.member.email, signedIn, browser };
}

/** While a member views as another role, only what both may. */
export function may(caller: Caller, permission: Permission): boolean {
  if (caller.kind === 'operator') return true;
  const { member, viewing } = caller.signedIn;
  return member.role.permissions.has(permission) && (viewing === undefined || viewing.permissions.has(permission));
}

/** @throws ForbiddenError naming role and permission */
export function demand(caller: Caller, permission: Permission): void {
  if (may(caller, permission)) return;
  throw lacking(permission);
}

export function lacking(permission: Permission): ForbiddenError {
  return new ForbiddenError(`Your role lacks the permission "${permissions[permission]}"`, {
    field: permission,
    remedy: 'An administrator can give it to the role in the console under Roles.',
  });
}

/** @throws ForbiddenError: somebody who looks with other eyes must not act by accident */
export function demandNoView(caller: Caller): void {
  if (caller.kind === 'operator' || caller.signedIn.viewing === undefined) return;
  throw new ForbiddenError(`You are viewing as "${caller.signedIn.viewing.label}", so nothing can be changed`, {
    field: 'view',
    remedy: 'End the view first.',
  });
}

/** @throws ForbiddenError for the operator, who is no member of any workspace */
export function memberOf(caller: Caller): MemberCaller {
  if (caller.kind === 'member') return caller;
  throw new ForbiddenError('This is for members of the workspace', { remedy: 'Sign in with Twenty.' });
}
