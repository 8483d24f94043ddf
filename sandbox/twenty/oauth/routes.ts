import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { HttpArea } from '../server.ts';
import { SCOPES } from './authorize.ts';
import { authorizePage } from './authorize-page.ts';
import { OAuthError } from './errors.ts';
import { grant } from './grants.ts';
import { introspect } from './introspect.ts';
import { readClient, registerClient } from './register.ts';

/** Client id of Twenty's own command line tool, as the discovery document names it. */
const CLI_CLIENT_ID = '1d5d9394-1a68-413f-a1eb-e28220e5dd0d';

/** OAuth 2.1 of Twenty: discovery, dynamic registration, authorization page, tokens. */
export const oauthArea: HttpArea = (router, server) => {
  const parseBody = [express.json(), express.urlencoded({ extended: false })];
  router.get('/.well-known/oauth-authorization-server', (request, response) => {
    response.json(discovery(originOf(request)));
  });
  router.get('/.well-known/oauth-protected-resource', (request, response) => {
    const origin = originOf(request);
    response.json({
      resource: origin,
      authorization_servers: [origin],
      scopes_supported: SCOPES,
      bearer_methods_supported: ['header'],
    });
  });
  router.post('/oauth/register', parseBody, async (request: Request, response: Response) => {
    const client = await registerClient(server, request.body, originOf(request));
    notStored(response).status(201).json(client);
  });
  router.get('/oauth/register/:clientId', async (request, response) => {
    const client = await readClient(server, request.params.clientId, originOf(request));
    notStored(response).json(client);
  });
  router.post('/oauth/token', neverStored, parseBody, async (request: Request, response: Response) => {
    response.json(await grant(server, request.body));
  });
  router.post('/oauth/introspect', neverStored, parseBody, async (request: Request, response: Response) => {
    response.json(await introspect(server, request.body));
  });
  // Twenty answers as if the token were revoked; it stays good until it expires (2.21, measured).
  router.post('/oauth/revoke', neverStored, parseBody, (_request: Request, response: Response) => {
    response.json({});
  });
  authorizePage(router, server);
  router.use('/oauth', answerOAuthError);
};

function discovery(origin: string) {
  return {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    registration_endpoint: `${origin}/oauth/register`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    introspection_endpoint: `${origin}/oauth/introspect`,
    scopes_supported: SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_post'],
    authorization_response_iss_parameter_supported: true,
    cli_client_id: CLI_CLIENT_ID,
  };
}

/** Every endpoint follows the host that was asked. */
function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? ''}`;
}

function notStored(response: Response): Response {
  return response.set({ 'cache-control': 'no-store', pragma: 'no-cache' });
}

const neverStored: RequestHandler = (_request, response, next) => {
  notStored(response);
  next();
};

const answerOAuthError: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof OAuthError)) return next(error);
  response.status(error.status).json({ error: error.code, error_description: error.message });
};
