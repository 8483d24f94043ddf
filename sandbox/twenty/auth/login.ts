import { randomUUID } from 'node:crypto';
import { GraphqlError } from '../errors.ts';
import type { Server } from '../server.ts';
import type { Workspace } from '../types.ts';
import { forbidden, TokenError } from './errors.ts';
import { findMemberByEmail, type Member } from './members.ts';
import { passwordMatches } from './passwords.ts';
import type { IssuedToken, VerifiedClaims } from './tokens.ts';
import { findTwoFactorMethod, verifyOtp } from './two-factor.ts';
import { workspaceOfOrigin } from './workspace-of-origin.ts';

export type TokenPair = { accessOrWorkspaceAgnosticToken: IssuedToken; refreshToken: IssuedToken };

/** First step: the password buys a login token, also when a second factor will be asked for. */
export async function loginToken(
  server: Server,
  input: { email: string; password: string; origin: string },
): Promise<IssuedToken> {
  const workspaceId = await workspaceOfOrigin(server, input.origin, input.email);
  if (workspaceId === undefined) throw notFound('Workspace not found', 'WORKSPACE_NOT_FOUND', 'Workspace not found.');
  const member = await findMemberByEmail(server.store, workspaceId, input.email);
  if (member === undefined) throw userNotFound();
  if (!(await passwordMatches(input.password, member.passwordHash))) {
    throw forbidden('Wrong password', 'FORBIDDEN_EXCEPTION', 'Wrong password.');
  }
  return server.tokens.sign({ type: 'LOGIN', sub: member.email, workspaceId, authProvider: 'password' });
}

/** Second step without a second factor; refused when the member has one, or the workspace demands one. */
export async function tokensFromLogin(server: Server, token: string): Promise<TokenPair> {
  const member = await memberOfLogin(server, token);
  const method = await findTwoFactorMethod(server.store, member.userWorkspaceId);
  if (method?.status === 'VERIFIED') {
    throw forbidden(
      'Two factor authentication verification required',
      'TWO_FACTOR_AUTHENTICATION_VERIFICATION_REQUIRED',
      'Two-factor authentication verification is required.',
    );
  }
  const { workspace } = await server.models.get(member.workspaceId);
  if (isTwoFactorEnforced(workspace)) {
    throw forbidden(
      'Two factor authentication setup required',
      'TWO_FACTOR_AUTHENTICATION_PROVISION_REQUIRED',
      'Two-factor authentication setup is required.',
    );
  }
  return tokenPair(server, member);
}

/** Second step with the code of the authenticator. A first good code also confirms a method that was just set up. */
export async function tokensFromOtp(server: Server, token: string, otp: string): Promise<TokenPair> {
  const member = await memberOfLogin(server, token);
  await verifyOtp(server, member.userWorkspaceId, otp);
  return tokenPair(server, member);
}

/** A new pair; the old refresh token stays good. */
export async function renewTokens(server: Server, refreshToken: string): Promise<TokenPair> {
  const claims = await readToken(server, refreshToken, 'REFRESH');
  const { rows } = await server.store.query<{ email: string }>('select email from account where id = $1', [claims.sub]);
  const email = rows[0]?.email;
  const member = email === undefined ? undefined : await findMemberByEmail(server.store, claims.workspaceId, email);
  if (member === undefined) throw userNotFound();
  return tokenPair(server, member);
}

export function isTwoFactorEnforced(workspace: Workspace): boolean {
  return workspace.settings['isTwoFactorAuthenticationEnforced'] === true;
}

async function tokenPair(server: Server, member: Member): Promise<TokenPair> {
  const { userId, workspaceId, workspaceMemberId, userWorkspaceId } = member;
  const common = { sub: userId, userId, workspaceId, authProvider: 'password' } as const;
  const access = { ...common, type: 'ACCESS', workspaceMemberId, userWorkspaceId, isImpersonating: false } as const;
  return {
    accessOrWorkspaceAgnosticToken: await server.tokens.sign(access),
    refreshToken: await server.tokens.sign({
      ...common,
      type: 'REFRESH',
      targetedTokenType: 'ACCESS',
      jti: randomUUID(),
    }),
  };
}

/** The member who gave the right password shortly before. */
export async function memberOfLogin(server: Server, token: string): Promise<Member> {
  const claims = await readToken(server, token, 'LOGIN');
  const member = await findMemberByEmail(server.store, claims.workspaceId, claims.sub);
  if (member === undefined) throw userNotFound();
  return member;
}

async function readToken(server: Server, token: string, kind: 'LOGIN' | 'REFRESH'): Promise<VerifiedClaims> {
  try {
    return await server.tokens.verify(token, [kind]);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new GraphqlError(error.message, 'UNAUTHENTICATED', {
      subCode: 'UNAUTHENTICATED',
      userFriendlyMessage: 'You must be authenticated to perform this action.',
    });
  }
}

function userNotFound(): GraphqlError {
  return notFound('User not found', 'USER_NOT_FOUND', 'User not found.');
}

function notFound(message: string, subCode: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'UNAUTHENTICATED', { subCode, userFriendlyMessage });
}
