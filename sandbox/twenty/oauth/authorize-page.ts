import express, { type Request, type Response, type Router } from 'express';
import type { Registration } from '../apps/registrations.ts';
import { authenticate } from '../auth/authenticate.ts';
import { forbiddenResource } from '../auth/errors.ts';
import { loginToken, tokensFromLogin, tokensFromOtp, type TokenPair } from '../auth/login.ts';
import { GraphqlError } from '../errors.ts';
import type { Server } from '../server.ts';
import { authorize, checkAuthorization, type AuthorizationRequest } from './authorize.ts';
import { consentPage, otpPage, problemPage, signInPage } from './pages.ts';

/** The fields that carry the authorization request from one form to the next. */
const REQUEST_FIELDS = [
  'client_id',
  'redirect_uri',
  'code_challenge',
  'code_challenge_method',
  'state',
  'scope',
] as const;

type Fields = Partial<Record<string, string>>;

/**
 * The page a browser is sent to for signing in with Twenty: password, second factor, consent, redirect. Twenty does
 * the same in its front end; here they are three plain forms; the token of the step before travels in the next one.
 */
export function authorizePage(router: Router, server: Server): void {
  const parseForm = express.urlencoded({ extended: false });
  router.get('/authorize', (request, response) => answer(response, () => showSignIn(server, request.query as Fields)));
  router.post('/authorize', parseForm, (request: Request, response: Response) =>
    answer(response, () => nextStep(server, request.body as Fields)),
  );
}

type Step = { page: string } | { redirect: string };

async function answer(response: Response, step: () => Promise<Step>): Promise<void> {
  try {
    const next = await step();
    if ('redirect' in next) response.redirect(302, next.redirect);
    else response.type('html').send(next.page);
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    response.status(400).type('html').send(problemPage(error.message));
  }
}

async function showSignIn(server: Server, fields: Fields): Promise<Step> {
  const client = await checkAuthorization(server, authorizationOf(fields));
  return { page: signInPage(carried(fields), client.name) };
}

async function nextStep(server: Server, fields: Fields): Promise<Step> {
  const request = authorizationOf(fields);
  const client = await checkAuthorization(server, request);
  const { login_token: login, access_token: access } = fields;
  if (access !== undefined) return consent(server, request, access, fields['answer'] === 'allow');
  return login === undefined ? signIn(server, fields, client) : secondFactor(server, fields, login, client);
}

async function signIn(server: Server, fields: Fields, client: Registration): Promise<Step> {
  const { email = '', password = '' } = fields;
  try {
    const { token } = await loginToken(server, { email, password, origin: server.url() });
    return await afterPassword(server, fields, token, client);
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    return { page: signInPage(carried(fields), client.name, error.message) };
  }
}

async function afterPassword(server: Server, fields: Fields, login: string, client: Registration): Promise<Step> {
  try {
    return askConsent(fields, await tokensFromLogin(server, login), client);
  } catch (error) {
    if (subCodeOf(error) !== 'TWO_FACTOR_AUTHENTICATION_VERIFICATION_REQUIRED') throw error;
    return { page: otpPage({ ...carried(fields), login_token: login }, client.name) };
  }
}

async function secondFactor(server: Server, fields: Fields, login: string, client: Registration): Promise<Step> {
  try {
    return askConsent(fields, await tokensFromOtp(server, login, fields['otp'] ?? ''), client);
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    return { page: otpPage({ ...carried(fields), login_token: login }, client.name, error.message) };
  }
}

function askConsent(fields: Fields, tokens: TokenPair, client: Registration): Step {
  const access = tokens.accessOrWorkspaceAgnosticToken.token;
  return { page: consentPage({ ...carried(fields), access_token: access }, client.name, client.scopes) };
}

async function consent(
  server: Server,
  request: AuthorizationRequest,
  access: string,
  isAllowed: boolean,
): Promise<Step> {
  if (!isAllowed) return { redirect: refusal(request) };
  const auth = await authenticate(server, `Bearer ${access}`);
  if (auth?.userWorkspaceId === undefined) throw forbiddenResource();
  return { redirect: await authorize(server, request, auth.userWorkspaceId) };
}

function authorizationOf(fields: Fields): AuthorizationRequest {
  return {
    clientId: fields['client_id'] ?? '',
    redirectUrl: fields['redirect_uri'] ?? '',
    codeChallenge: fields['code_challenge'],
    state: fields['state'],
    scope: fields['scope'],
  };
}

function carried(fields: Fields): Fields {
  return Object.fromEntries(
    REQUEST_FIELDS.flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name]]] : [])),
  );
}

function refusal(request: AuthorizationRequest): string {
  const target = new URL(request.redirectUrl);
  target.searchParams.set('error', 'access_denied');
  if (request.state !== undefined) target.searchParams.set('state', request.state);
  return target.href;
}

function subCodeOf(error: unknown): string | undefined {
  return error instanceof GraphqlError ? error.details.subCode : undefined;
}
