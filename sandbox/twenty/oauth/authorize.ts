import { randomBytes } from 'node:crypto';
import { findRegistrationByClient, hashSecret, type Registration } from '../apps/registrations.ts';
import { forbidden } from '../auth/errors.ts';
import { GraphqlError } from '../errors.ts';
import type { Server } from '../server.ts';
import { isLoopback, redirectUriProblem } from './redirect-uris.ts';

export const SCOPES: readonly string[] = ['api', 'profile'];
const CODE_LIFETIME_MS = 5 * 60_000;

export type AuthorizationRequest = {
  clientId: string;
  redirectUrl: string;
  codeChallenge?: string | undefined;
  state?: string | undefined;
  scope?: string | undefined;
};

/** The client of an authorization request. Throws the refusals of Twenty's authorizeApp. */
export async function checkAuthorization(server: Server, request: AuthorizationRequest): Promise<Registration> {
  const { clientId, redirectUrl } = request;
  const client = await findRegistrationByClient(server.store, clientId);
  if (client === undefined) {
    throw new GraphqlError(`Client not found for '${clientId}'`, 'NOT_FOUND', { subCode: 'CLIENT_NOT_FOUND' });
  }
  if (client.clientSecretHash === null && !request.codeChallenge) {
    throw forbidden('code_challenge is required for public clients (PKCE S256, per OAuth 2.1)');
  }
  const isKnown = client.redirectUris.length > 0 ? client.redirectUris.includes(redirectUrl) : isLoopback(redirectUrl);
  if (!isKnown) throw forbidden(`redirectUrl mismatch for '${clientId}'`);
  const unknown = scopesOf(request, client).filter((scope) => !client.scopes.includes(scope));
  if (unknown.length > 0) throw forbidden(`Invalid scopes: ${unknown.join(', ')}`);
  const problem = redirectUriProblem(redirectUrl);
  if (problem !== undefined) throw forbidden(problem);
  return client;
}

/** Grants the request for a member: the address to send the browser to, with a code that works once. */
export async function authorize(
  server: Server,
  request: AuthorizationRequest,
  userWorkspaceId: string,
): Promise<string> {
  const client = await checkAuthorization(server, request);
  const code = randomBytes(42).toString('hex');
  await server.store.query(
    `insert into authorization_code
       (code_hash, client_id, membership_id, redirect_uri, code_challenge, scope, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      hashSecret(code),
      client.clientId,
      userWorkspaceId,
      request.redirectUrl,
      request.codeChallenge,
      scopesOf(request, client).join(' '),
      new Date(server.clock().getTime() + CODE_LIFETIME_MS),
    ],
  );
  const target = new URL(request.redirectUrl);
  target.searchParams.set('code', code);
  if (request.state !== undefined && request.state !== null) target.searchParams.set('state', request.state);
  return target.href;
}

function scopesOf(request: AuthorizationRequest, client: Registration): string[] {
  return request.scope ? request.scope.split(' ').filter(Boolean) : client.scopes;
}
