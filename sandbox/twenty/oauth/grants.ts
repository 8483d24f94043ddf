import { createHash } from 'node:crypto';
import { applicationTokens, subjectOf } from '../apps/application-tokens.ts';
import { ensureApplication, findApplicationById, listInstallations } from '../apps/applications.ts';
import { findRegistrationByClient, hashSecret, secretMatches, type Registration } from '../apps/registrations.ts';
import { TokenError } from '../auth/errors.ts';
import { findMember } from '../auth/members.ts';
import { TOKEN_LIFETIMES } from '../auth/tokens.ts';
import type { Server } from '../server.ts';
import { OAuthError } from './errors.ts';

/** Parameters of POST /oauth/token, from a form or from JSON. */
export type TokenRequest = Readonly<Record<string, string | undefined>>;

export type TokenAnswer = {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  refresh_token?: string;
  scope: string;
};

type Grant = (server: Server, client: Registration, request: TokenRequest) => Promise<TokenAnswer>;

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: grantByCode,
  client_credentials: grantToClient,
  refresh_token: grantByRefreshToken,
};

export async function grant(server: Server, request: TokenRequest): Promise<TokenAnswer> {
  const byType = GRANTS[request['grant_type'] ?? ''];
  if (byType === undefined) {
    throw new OAuthError(
      'unsupported_grant_type',
      `The provided grant_type is not supported. Supported values: ${Object.keys(GRANTS).join(', ')}`,
    );
  }
  const client = await findRegistrationByClient(server.store, request['client_id'] ?? '');
  if (client === undefined) throw new OAuthError('invalid_client', 'Client not found');
  const secret = request['client_secret'];
  if (secret !== undefined && !secretMatches(client, secret)) {
    throw new OAuthError('invalid_client', 'Invalid client secret');
  }
  return byType(server, client, request);
}

type CodeRow = {
  client_id: string;
  membership_id: string;
  redirect_uri: string;
  code_challenge: string | null;
  scope: string;
  expires_at: Date;
  used_at: Date | null;
};

async function grantByCode(server: Server, client: Registration, request: TokenRequest): Promise<TokenAnswer> {
  const codeHash = hashSecret(required(request, 'code', 'Authorization code is required'));
  const { rows } = await server.store.query<CodeRow>('select * from authorization_code where code_hash = $1', [
    codeHash,
  ]);
  checkCode(rows[0], client, request, server.clock());
  const code = rows[0]!;
  // The condition lets one of two exchanges at the same moment win.
  const { rowCount } = await server.store.query(
    'update authorization_code set used_at = $2 where code_hash = $1 and used_at is null',
    [codeHash, server.clock()],
  );
  if (rowCount === 0) throw new OAuthError('invalid_grant', 'Authorization code has already been used');
  const member = await findMember(server.store, code.membership_id);
  if (member === undefined) throw new OAuthError('invalid_grant', 'User no longer has access to this workspace');
  const application = await ensureApplication(server.store, member.workspaceId, client);
  return pairAnswer(server, code.scope, {
    applicationId: application.id,
    workspaceId: member.workspaceId,
    userId: member.userId,
    userWorkspaceId: member.userWorkspaceId,
  });
}

function checkCode(code: CodeRow | undefined, client: Registration, request: TokenRequest, now: Date): void {
  const fail = (reason: string) => new OAuthError('invalid_grant', reason);
  if (code === undefined) throw fail('Authorization code not found');
  if (code.used_at !== null) throw fail('Authorization code has already been used');
  if (code.expires_at < now) throw fail('Authorization code expired');
  if (code.client_id !== client.clientId) throw fail('Authorization code was not issued to this client');
  if (required(request, 'redirect_uri', 'redirect_uri is required') !== code.redirect_uri) {
    throw fail('redirect_uri does not match the one used in the authorization request');
  }
  checkProof(code, request);
}

/** PKCE when a challenge was made, else the client's secret. */
function checkProof(code: CodeRow, request: TokenRequest): void {
  const verifier = request['code_verifier'];
  if (code.code_challenge === null) {
    if (verifier !== undefined) {
      throw new OAuthError('invalid_request', 'code_verifier provided but no code_challenge was used in authorization');
    }
    required(request, 'client_secret', 'Either client_secret or code_verifier (PKCE) is required');
    return;
  }
  const proof = required(request, 'code_verifier', 'code_verifier is required (PKCE was used in authorization)');
  if (createHash('sha256').update(proof).digest('base64url') !== code.code_challenge) {
    throw new OAuthError('invalid_grant', 'Code verifier does not match the code challenge');
  }
}

async function grantToClient(server: Server, client: Registration, request: TokenRequest): Promise<TokenAnswer> {
  if (request['client_secret'] === undefined) {
    throw new OAuthError('invalid_client', 'Client authentication required for confidential clients');
  }
  const [installation, ...others] = await listInstallations(server.store, client.id);
  if (installation === undefined) {
    throw new OAuthError(
      'server_error',
      'No workspace installation found for this client. Install the app in a workspace first.',
    );
  }
  if (others.length > 0) {
    throw new OAuthError(
      'invalid_request',
      'Multiple workspace installations found. Client credentials grant requires exactly one installation.',
    );
  }
  const { refresh_token: _unused, ...answer } = await pairAnswer(server, client.scopes.join(' '), {
    applicationId: installation.id,
    workspaceId: installation.workspaceId,
  });
  return answer;
}

/** The refresh token is not rotated: an old one stays good until it expires (Twenty 2.21, measured). */
async function grantByRefreshToken(server: Server, client: Registration, request: TokenRequest): Promise<TokenAnswer> {
  if (client.clientSecretHash !== null && request['client_secret'] === undefined) {
    throw new OAuthError('invalid_client', 'Client authentication required for confidential clients');
  }
  const claims = await readRefreshToken(server, required(request, 'refresh_token', 'refresh_token is required'));
  const application = await findApplicationById(server.store, claims.workspaceId, claims.sub);
  if (application?.definition.registrationId !== client.id) {
    throw new OAuthError('invalid_grant', 'Refresh token was not issued to this client');
  }
  return pairAnswer(server, client.scopes.join(' '), subjectOf(claims));
}

async function readRefreshToken(server: Server, token: string) {
  try {
    return await server.tokens.verify(token, ['APPLICATION_REFRESH']);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new OAuthError('invalid_grant', 'Invalid or expired refresh token');
  }
}

async function pairAnswer(
  server: Server,
  scope: string,
  subject: Parameters<typeof applicationTokens>[1],
): Promise<TokenAnswer> {
  const pair = await applicationTokens(server, subject);
  return {
    access_token: pair.applicationAccessToken.token,
    token_type: 'Bearer',
    expires_in: TOKEN_LIFETIMES.APPLICATION_ACCESS,
    refresh_token: pair.applicationRefreshToken.token,
    scope,
  };
}

function required(request: TokenRequest, name: string, message: string): string {
  const value = request[name];
  if (value === undefined || value === '') throw new OAuthError('invalid_request', message);
  return value;
}
