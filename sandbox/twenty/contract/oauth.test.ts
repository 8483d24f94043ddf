import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claims, registerClient, type Registration } from './applications.ts';
import { refusal, row, value } from './answers.ts';
import type { Client, Reply } from './client.ts';
import { needsExpendable, needsUser, openFixture, testWhen } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { key, user, thing, target, origin, withToken, name: run } = contract;
const whenUser = testWhen(user !== undefined, needsUser);
const whenExpendable = testWhen(target.expendable, needsExpendable);
const nobody = withToken();
afterAll(() => contract.close());

const redirectUri = 'https://hub.example/auth/callback';
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const post = (path: string, body: Record<string, unknown>): Promise<Reply> =>
  nobody.send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const oauthError = (error: string, description: string) => ({ error, error_description: description });

const authorize = (client: Client, variables: Record<string, unknown>) =>
  client.metadata(
    `mutation($clientId:String!,$codeChallenge:String,$redirectUrl:String!,$state:String,$scope:String){
      authorizeApp(clientId:$clientId,codeChallenge:$codeChallenge,redirectUrl:$redirectUrl,state:$state,scope:$scope){redirectUrl}}`,
    { redirectUrl: redirectUri, state: 'st-123', scope: 'api profile', codeChallenge: challenge, ...variables },
  );

describe('discovery', () => {
  test('names the endpoints of the host that was asked', async () => {
    const { body } = await nobody.send('/.well-known/oauth-authorization-server');
    const { issuer } = body as { issuer: string };
    expect(body).toMatchObject({
      authorization_endpoint: expect.stringMatching(/\/authorize$/),
      token_endpoint: `${issuer}/oauth/token`,
      registration_endpoint: `${issuer}/oauth/register`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      scopes_supported: ['api', 'profile'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
    });
  });

  test('of the protected resource', async () => {
    const { body } = await nobody.send('/.well-known/oauth-protected-resource');
    const { resource } = body as { resource: string };
    expect(body).toEqual({
      resource,
      authorization_servers: [resource],
      scopes_supported: ['api', 'profile'],
      bearer_methods_supported: ['header'],
    });
  });
});

describe('dynamic registration', () => {
  const register = (body: Record<string, unknown>) =>
    post('/oauth/register', { client_name: `Contract ${run}`, ...body });

  test('refuses client_credentials and plain http', async () => {
    const grant = await register({ redirect_uris: [redirectUri], grant_types: ['client_credentials'] });
    expect([grant.status, grant.body]).toEqual([
      400,
      oauthError(
        'invalid_client_metadata',
        'Unsupported grant_type: client_credentials. Only authorization_code and refresh_token are allowed for dynamic registrations.',
      ),
    ]);
    const http = await register({ redirect_uris: ['http://hub.internal/cb'] });
    expect([http.status, http.body]).toEqual([
      400,
      oauthError(
        'invalid_client_metadata',
        'Redirect URIs must use HTTPS (except localhost) or an allowed custom scheme: http://hub.internal/cb',
      ),
    ]);
  });

  whenExpendable('always gives a public client, which must use PKCE', async () => {
    const reply = await register({
      redirect_uris: ['http://localhost:4000/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'api profile',
    });
    expect(reply.status).toBe(201);
    const made = reply.body as { client_id: string };
    expect(made).toMatchObject({
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://localhost:4000/cb'],
      scope: 'api profile',
    });
    expect(made).not.toHaveProperty('client_secret');
    expect((await nobody.send(`/oauth/register/${made.client_id}`)).body).toMatchObject({ client_id: made.client_id });
    if (!user) throw new Error('no user');
    const withoutChallenge = {
      clientId: made.client_id,
      redirectUrl: 'http://localhost:4000/cb',
      codeChallenge: undefined,
    };
    expect(refusal(await authorize(user, withoutChallenge))).toEqual({
      code: 'FORBIDDEN',
      subCode: 'FORBIDDEN_EXCEPTION',
      message: 'code_challenge is required for public clients (PKCE S256, per OAuth 2.1)',
    });
  });
});

describe('authorize', () => {
  let client: Registration;
  beforeAll(async () => {
    client = await registerClient(contract, redirectUri);
  });

  test('needs a user', async () => {
    expect(refusal(await authorize(key, { clientId: client.clientId }))).toEqual({
      code: 'FORBIDDEN',
      message: 'Forbidden resource',
    });
  });

  whenUser('answers the redirect with code and state, and no iss', async () => {
    if (!user) throw new Error('no user');
    const { redirectUrl } = value(await authorize(user, { clientId: client.clientId })) as { redirectUrl: string };
    const url = new URL(redirectUrl);
    expect(`${url.origin}${url.pathname}`).toBe(redirectUri);
    expect([...url.searchParams.keys()].toSorted()).toEqual(['code', 'state']);
    expect(url.searchParams.get('state')).toBe('st-123');
  });

  whenUser('refuses an unknown redirect and an unknown scope', async () => {
    if (!user) throw new Error('no user');
    const { clientId } = client;
    const forbidden = (message: string) => ({ code: 'FORBIDDEN', subCode: 'FORBIDDEN_EXCEPTION', message });
    expect(refusal(await authorize(user, { clientId, redirectUrl: 'https://evil.example/cb' }))).toEqual(
      forbidden(`redirectUrl mismatch for '${clientId}'`),
    );
    expect(refusal(await authorize(user, { clientId, scope: 'api admin' }))).toEqual(
      forbidden('Invalid scopes: admin'),
    );
  });
});

describe('token', () => {
  let client: Registration;
  beforeAll(async () => {
    client = await registerClient(contract, redirectUri);
  });

  async function newCode(): Promise<string> {
    if (!user) throw new Error('no user');
    const { redirectUrl } = value(await authorize(user, { clientId: client.clientId })) as { redirectUrl: string };
    return String(new URL(redirectUrl).searchParams.get('code'));
  }
  const exchange = (code: string, rest: Record<string, unknown> = {}) =>
    post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...rest,
    });
  const refresh = (token: string, rest: Record<string, unknown> = {}) =>
    post('/oauth/token', {
      grant_type: 'refresh_token',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      refresh_token: token,
      ...rest,
    });
  type Tokens = { access_token: string; refresh_token: string };
  const signedIn = async () => (await exchange(await newCode())).body as Tokens;

  whenUser('a code is exchanged once, with the verifier and the redirect it was made for', async () => {
    const code = await newCode();
    const wrongVerifier = await exchange(code, { code_verifier: 'x'.repeat(43) });
    expect([wrongVerifier.status, wrongVerifier.body]).toEqual([
      400,
      oauthError('invalid_grant', 'Code verifier does not match the code challenge'),
    ]);
    const wrongRedirect = await exchange(code, { redirect_uri: 'https://other.example/cb' });
    expect(wrongRedirect.body).toEqual(
      oauthError('invalid_grant', 'redirect_uri does not match the one used in the authorization request'),
    );
    const issued = await exchange(code);
    expect(issued.status).toBe(200);
    expect(issued.headers.get('cache-control')).toBe('no-store');
    expect(issued.body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 1800,
      scope: 'api profile',
    });
    const tokens = issued.body as Tokens;
    expect(claims(tokens.access_token)).toMatchObject({
      type: 'APPLICATION_ACCESS',
      userId: expect.any(String),
      userWorkspaceId: expect.any(String),
    });
    expect(claims(tokens.refresh_token)).toMatchObject({ type: 'APPLICATION_REFRESH' });
    const again = await exchange(code);
    expect([again.status, again.body]).toEqual([
      400,
      oauthError('invalid_grant', 'Authorization code has already been used'),
    ]);
  });

  whenUser('a form is accepted too', async () => {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      code: await newCode(),
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    const reply = await nobody.send('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ token_type: 'Bearer' });
  });

  whenUser('the token acts as the user: currentUser, records, REST, authorship', async () => {
    const client_ = withToken((await signedIn()).access_token);
    const query = `{currentUser{id email firstName lastName currentWorkspace{id subdomain} workspaceMember{id userEmail}
      currentUserWorkspace{id permissionFlags twoFactorAuthenticationMethodSummary{status strategy}}}}`;
    expect(value(await client_.metadata(query))).toMatchObject({
      email: target.admin?.email,
      currentWorkspace: { id: expect.any(String) },
      workspaceMember: { userEmail: target.admin?.email },
      currentUserWorkspace: {
        permissionFlags: expect.any(Array),
        twoFactorAuthenticationMethodSummary: expect.any(Array),
      },
    });
    const created = row(
      await recordsOf(client_, thing).create({ name: 'by-oauth' }, 'id createdBy{source workspaceMemberId}'),
    );
    expect(created['createdBy']).toEqual({ source: 'MANUAL', workspaceMemberId: expect.any(String) });
    const rest = await client_.rest('GET', `/${thing.plural}/${created.id}?depth=0`);
    expect(rest.body).toMatchObject({ data: { [thing.singular]: { id: created.id } } });
  });

  whenUser('refresh tokens are not rotated, and only refresh tokens refresh', async () => {
    const tokens = await signedIn();
    for (let times = 0; times < 2; times += 1) {
      const renewed = await refresh(tokens.refresh_token);
      expect(renewed.status).toBe(200);
      expect(renewed.body).toMatchObject({ token_type: 'Bearer', expires_in: 1800, refresh_token: expect.any(String) });
    }
    const wrong = await refresh(tokens.access_token);
    expect([wrong.status, wrong.body]).toEqual([400, oauthError('invalid_grant', 'Invalid or expired refresh token')]);
    const stranger = await refresh(tokens.refresh_token, { client_id: randomUUID() });
    expect([stranger.status, stranger.body]).toEqual([401, oauthError('invalid_client', 'Client not found')]);
  });

  whenUser('introspection tells the application, not the user', async () => {
    const tokens = await signedIn();
    const introspect = (body: Record<string, unknown>) => post('/oauth/introspect', body);
    const active = {
      active: true,
      client_id: client.clientId,
      token_type: 'Bearer',
      scope: 'api profile',
      sub: expect.any(String),
      iss: expect.any(String),
    };
    const access = (await introspect({ token: tokens.access_token, client_id: client.clientId })).body;
    expect(access).toMatchObject(active);
    expect(access).not.toHaveProperty('exp');
    const refreshed = (await introspect({ token: tokens.refresh_token, client_id: client.clientId })).body;
    expect(refreshed).toMatchObject({ ...active, exp: expect.any(Number), iat: expect.any(Number) });
    expect((await introspect({ token: 'garbage', client_id: client.clientId })).body).toEqual({ active: false });
    if (user)
      expect((await introspect({ token: user.token, client_id: client.clientId })).body).toEqual({ active: false });
    const anonymous = await introspect({ token: tokens.access_token });
    expect([anonymous.status, anonymous.body]).toEqual([401, oauthError('invalid_client', 'client_id is required')]);
  });

  whenUser('revocation answers 200 and changes nothing', async () => {
    const tokens = await signedIn();
    for (const token of [tokens.refresh_token, tokens.access_token]) {
      const reply = await post('/oauth/revoke', {
        token,
        client_id: client.clientId,
        client_secret: client.clientSecret,
      });
      expect([reply.status, reply.body]).toEqual([200, {}]);
    }
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
    expect(value(await withToken(tokens.access_token).metadata('{currentUser{email}}'))).toEqual({
      email: target.admin?.email,
    });
  });

  test('an unknown grant and an unknown client', async () => {
    const grant = await post('/oauth/token', { grant_type: 'password', client_id: client.clientId });
    expect([grant.status, grant.body]).toEqual([
      400,
      oauthError(
        'unsupported_grant_type',
        'The provided grant_type is not supported. Supported values: authorization_code, client_credentials, refresh_token',
      ),
    ]);
    const stranger = await exchange('x', { client_id: randomUUID() });
    expect([stranger.status, stranger.body]).toEqual([401, oauthError('invalid_client', 'Client not found')]);
  });
});

test('the workspace is known by its origin before login', async () => {
  const query =
    'query($o:String){getPublicWorkspaceDataByDomain(origin:$o){id displayName workspaceUrls{subdomainUrl} authProviders{password}}}';
  expect(value(await nobody.metadata(query, { o: origin }))).toEqual({
    id: expect.any(String),
    displayName: expect.any(String),
    workspaceUrls: { subdomainUrl: `${origin}/` },
    authProviders: { password: expect.any(Boolean) },
  });
});
