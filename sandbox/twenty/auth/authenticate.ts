import type { Server } from '../server.ts';
import type { AuthContext } from '../types.ts';
import { badToken, revokedKey, TokenError } from './errors.ts';
import { findMember } from './members.ts';
import type { VerifiedClaims } from './tokens.ts';

/** The bearer token as a context; undefined without a token; GraphqlError UNAUTHENTICATED or FORBIDDEN for a bad one. */
export async function authenticate(
  server: Server,
  authorization: string | undefined,
): Promise<AuthContext | undefined> {
  const token = authorization?.match(/^Bearer (.+)$/i)?.[1];
  if (token === undefined) return undefined;
  const claims = await readClaims(server, token);
  if (claims.type === 'API_KEY') return apiKeyContext(server, claims);
  if (claims.type === 'ACCESS') return userContext(server, claims);
  return applicationContext(server, claims);
}

async function readClaims(server: Server, token: string): Promise<VerifiedClaims> {
  try {
    return await server.tokens.verify(token, ['API_KEY', 'ACCESS', 'APPLICATION_ACCESS']);
  } catch (error) {
    if (error instanceof TokenError) throw badToken(error.message);
    throw error;
  }
}

type ApiKeyRow = { id: string; name: string; role_id: string; revoked_at: Date | null };

async function apiKeyContext(server: Server, claims: VerifiedClaims): Promise<AuthContext> {
  const { rows } = await server.store.query<ApiKeyRow>(
    'select id, name, role_id, revoked_at from api_key where id = $1 and workspace_id = $2',
    [claims.jti, claims.workspaceId],
  );
  const key = rows[0];
  if (key === undefined || key.revoked_at !== null) throw revokedKey();
  return {
    kind: 'apiKey',
    workspaceId: claims.workspaceId,
    apiKeyId: key.id,
    actorName: key.name,
    ...(await roleOf(server, claims.workspaceId, key.role_id)),
  };
}

async function userContext(server: Server, claims: VerifiedClaims): Promise<AuthContext> {
  return { kind: 'user', ...(await memberPart(server, claims.userWorkspaceId)) };
}

type ApplicationRow = { id: string; name: string; definition: { defaultRoleId?: string } };

/** With a user in the token the user's role counts and not the application's (Twenty 2.21, measured). */
async function applicationContext(server: Server, claims: VerifiedClaims): Promise<AuthContext> {
  const { rows } = await server.store.query<ApplicationRow>(
    'select id, name, definition from application where id = $1 and workspace_id = $2',
    [claims.applicationId, claims.workspaceId],
  );
  const application = rows[0];
  if (application === undefined) throw badToken('Token invalid.');
  if (claims.userWorkspaceId !== undefined) {
    const member = await memberPart(server, claims.userWorkspaceId);
    return { kind: 'application', applicationId: application.id, ...member };
  }
  return {
    kind: 'application',
    workspaceId: claims.workspaceId,
    applicationId: application.id,
    actorName: application.name,
    ...(await roleOf(server, claims.workspaceId, application.definition.defaultRoleId)),
  };
}

async function memberPart(server: Server, userWorkspaceId: string | undefined) {
  const member = userWorkspaceId === undefined ? undefined : await findMember(server.store, userWorkspaceId);
  if (member === undefined) throw badToken('Token invalid.');
  return {
    workspaceId: member.workspaceId,
    userId: member.userId,
    userWorkspaceId: member.userWorkspaceId,
    workspaceMemberId: member.workspaceMemberId,
    actorName: `${member.firstName} ${member.lastName}`.trim(),
    ...(await roleOf(server, member.workspaceId, member.roleId)),
  };
}

async function roleOf(
  server: Server,
  workspaceId: string,
  roleId: string | undefined | null,
): Promise<{ roleId?: string; isAdmin: boolean }> {
  if (roleId === undefined || roleId === null) return { isAdmin: false };
  const role = (await server.roles.get(workspaceId)).get(roleId);
  return role === undefined ? { isAdmin: false } : { roleId, isAdmin: role.canUpdateAllSettings };
}
