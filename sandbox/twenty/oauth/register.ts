import { randomUUID } from 'node:crypto';
import { findRegistrationByClient, insertRegistration, type Registration } from '../apps/registrations.ts';
import type { Server } from '../server.ts';
import { SCOPES } from './authorize.ts';
import { OAuthError } from './errors.ts';
import { redirectUriProblem } from './redirect-uris.ts';

const GRANT_TYPES: readonly string[] = ['authorization_code', 'refresh_token'];

/** RFC 7591 client metadata, as far as Twenty reads it. */
type ClientMetadata = {
  client_name?: unknown;
  redirect_uris?: unknown;
  grant_types?: unknown;
  response_types?: unknown;
  scope?: unknown;
};

/** Dynamic registration. The client is always a public one, whatever it asked for. */
export async function registerClient(server: Server, body: ClientMetadata, origin: string) {
  const redirectUris = texts(body.redirect_uris);
  if (redirectUris.length === 0) throw invalid('At least one redirect_uri is required');
  for (const uri of redirectUris) {
    const problem = redirectUriProblem(uri);
    if (problem !== undefined) throw invalid(problem);
  }
  const grantTypes = body.grant_types === undefined ? ['authorization_code'] : texts(body.grant_types);
  const unsupported = grantTypes.find((type) => !GRANT_TYPES.includes(type));
  if (unsupported !== undefined) {
    throw invalid(
      `Unsupported grant_type: ${unsupported}. Only authorization_code and refresh_token are allowed for dynamic registrations.`,
    );
  }
  const responseType = texts(body.response_types).find((type) => type !== 'code');
  if (responseType !== undefined) throw invalid(`Unsupported response_type: ${responseType}`);
  const client = await insertRegistration(server.store, {
    universalIdentifier: randomUUID(),
    ownerWorkspaceId: null,
    name: typeof body.client_name === 'string' ? body.client_name : '',
    redirectUris,
    grantTypes,
    scopes:
      typeof body.scope === 'string' ? body.scope.split(' ').filter((scope) => SCOPES.includes(scope)) : [...SCOPES],
    sourceType: 'OAUTH_ONLY',
  });
  return { ...describeClient(client!, origin), client_id_issued_at: Math.floor(server.clock().getTime() / 1000) };
}

export async function readClient(server: Server, clientId: string, origin: string) {
  const client = await findRegistrationByClient(server.store, clientId);
  if (client === undefined) throw new OAuthError('invalid_client', 'Client not found');
  return describeClient(client, origin);
}

function describeClient(client: Registration, origin: string) {
  return {
    client_id: client.clientId,
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: client.scopes.join(' '),
    registration_client_uri: `${origin}/oauth/register/${client.clientId}`,
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function invalid(description: string): OAuthError {
  return new OAuthError('invalid_client_metadata', description);
}
