import { findApplicationById } from '../apps/applications.ts';
import { findRegistrationByClient, secretMatches } from '../apps/registrations.ts';
import { TokenError } from '../auth/errors.ts';
import type { VerifiedClaims } from '../auth/tokens.ts';
import type { Server } from '../server.ts';
import { OAuthError } from './errors.ts';
import type { TokenRequest } from './grants.ts';

const INACTIVE = { active: false };

/** Whether the token is good and belongs to this client; anything else is just inactive. */
export async function introspect(server: Server, request: TokenRequest): Promise<object> {
  const clientId = request['client_id'];
  if (clientId === undefined) throw new OAuthError('invalid_client', 'client_id is required');
  const client = await findRegistrationByClient(server.store, clientId);
  if (client === undefined) return INACTIVE;
  const secret = request['client_secret'];
  if (secret !== undefined && !secretMatches(client, secret)) return INACTIVE;
  const claims = await readClaims(server, request['token'] ?? '');
  if (claims === undefined) return INACTIVE;
  const application = await findApplicationById(server.store, claims.workspaceId, claims.sub);
  if (application?.definition.registrationId !== client.id) return INACTIVE;
  return {
    active: true,
    sub: claims.sub,
    client_id: clientId,
    token_type: 'Bearer',
    scope: client.scopes.join(' '),
    aud: claims.workspaceId,
    iss: server.url(),
    // Only refresh tokens show when they end (Twenty 2.21, measured).
    ...(claims.type === 'APPLICATION_REFRESH' && { exp: claims.exp, iat: claims.iat }),
  };
}

async function readClaims(server: Server, token: string): Promise<VerifiedClaims | undefined> {
  try {
    return await server.tokens.verify(token, ['APPLICATION_ACCESS', 'APPLICATION_REFRESH']);
  } catch (error) {
    if (error instanceof TokenError) return undefined;
    throw error;
  }
}
