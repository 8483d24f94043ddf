import { permissions, type Permissions } from '../roles/permissions.ts';
import type { PermissionFlag } from '../roles/flags.ts';
import type { RequestContext } from '../server.ts';
import type { AuthContext } from '../types.ts';
import { featureDenied, forbidden, forbiddenResource, permissionDenied } from './errors.ts';

/** A caller that acts for one member of the workspace. */
export type UserContext = AuthContext &
  Required<Pick<AuthContext, 'userId' | 'userWorkspaceId' | 'workspaceMemberId' | 'roleId'>>;

/** The caller, or the error Twenty gives for a missing or bad token on /metadata. */
export function requireAuth(context: RequestContext): AuthContext {
  if (context.authError !== undefined) throw context.authError;
  if (context.auth === undefined) throw forbiddenResource();
  return context.auth;
}

/** The member behind a user token or a user-bound application token. */
export function requireUser(context: RequestContext): UserContext {
  const auth = requireAuth(context);
  if (!isUser(auth)) throw forbiddenResource();
  return auth;
}

/** Some operations take only the token of a person's own session, not one derived from it. */
export function requireSession(context: RequestContext): AuthContext {
  const auth = requireAuth(context);
  if (auth.kind !== 'user') throw forbidden('This endpoint requires a session access token');
  return auth;
}

/** The caller, when its role grants the flag; else PERMISSION_DENIED. */
export async function requireFlag(context: RequestContext, flag: PermissionFlag): Promise<AuthContext> {
  const auth = requireAuth(context);
  if (!(await mayUse(context, auth, flag))) throw permissionDenied();
  return auth;
}

/** As requireFlag, for the areas of Twenty that answer the refusal with INTERNAL_SERVER_ERROR. */
export async function requireFeature(context: RequestContext, flag: PermissionFlag): Promise<AuthContext> {
  const auth = requireAuth(context);
  if (!(await mayUse(context, auth, flag))) throw featureDenied();
  return auth;
}

export function isUser(auth: AuthContext): auth is UserContext {
  return auth.userId !== undefined && auth.userWorkspaceId !== undefined && auth.workspaceMemberId !== undefined;
}

async function mayUse(context: RequestContext, auth: AuthContext, flag: PermissionFlag): Promise<boolean> {
  // An application without a role is refused like one whose role lacks the flag.
  if (auth.roleId === undefined) return false;
  const granted: Permissions = await permissions(context.server, auth);
  return granted.has(flag);
}
