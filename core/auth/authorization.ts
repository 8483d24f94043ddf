import * as oauth from 'oauth4webapi';
import { UpstreamError } from '../contract/index.ts';
import type { Registration } from './registrations.ts';
import { RefusedEntry } from './refusals.ts';

/** The OAuth part of signing in: authorization code with PKCE and state, as a public client. */

export interface Departure {
  /** Where the browser goes. */
  readonly location: string;
  readonly state: string;
  /** Stays in the browser that departs, and is what makes the answer its own. */
  readonly verifier: string;
}

const scope = 'api profile';
const timeoutMs = 10_000;

/** @param door where members open the workspace: the page that asks them is there, the rest is where the hub reaches Twenty */
export async function depart({ clientId }: Registration, door: string, redirectUri: string): Promise<Departure> {
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const location = new URL('/authorize', door);
  location.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return { location: location.href, state, verifier };
}

export interface Arrival {
  readonly answer: URLSearchParams;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/**
 * Exchanges the code. The access token is for one question and is not kept; the refresh token that comes with it is not looked at.
 * @throws RefusedEntry; UpstreamError when Twenty cannot be asked
 */
export async function arrive(
  { clientId, url }: Registration,
  { answer, state, verifier, redirectUri }: Arrival,
  fetch: typeof globalThis.fetch,
): Promise<string> {
  // No discovery: every endpoint follows the address that was asked, and the advertised `iss` never comes (Twenty 2.21, measured).
  const server: oauth.AuthorizationServer = { issuer: url, token_endpoint: new URL('/oauth/token', url).href };
  const client: oauth.Client = { client_id: clientId };
  try {
    const parameters = oauth.validateAuthResponse(server, client, answer, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      {
        [oauth.customFetch]: fetch,
        [oauth.allowInsecureRequests]: url.startsWith('http:'),
        signal: AbortSignal.timeout(timeoutMs),
      },
    );
    if (response.status >= 500 || response.status === 429)
      throw new UpstreamError(`Twenty answered ${response.status}`);
    const { access_token: token } = await oauth.processAuthorizationCodeResponse(server, client, response);
    return token;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): Error {
  if (error instanceof UpstreamError) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    return new RefusedEntry(error.error === 'access_denied' ? 'cancelled' : 'code-refused', error);
  }
  if (error instanceof oauth.ResponseBodyError) {
    return new RefusedEntry(error.error === 'invalid_client' ? 'client-unknown' : 'code-refused', error);
  }
  if (error instanceof oauth.OperationProcessingError) return new RefusedEntry('code-refused', error);
  return new UpstreamError('Twenty could not be reached', { cause: error });
}
