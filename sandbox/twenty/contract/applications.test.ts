import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  applicationTokens,
  claims,
  createRegistration,
  install,
  registerClient,
  syncRole,
  uploadPackage,
  uninstall,
  type Registration,
} from './applications.ts';
import { badInput, permissionDenied, refusal, row, value } from './answers.ts';
import { needsUser, openFixture, testWhen } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { key, user, thing, withToken, name: run } = contract;
const whenUser = testWhen(user !== undefined, needsUser);
afterAll(() => contract.close());

const token = (body: Record<string, unknown>) =>
  withToken().send('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const credentials = ({ clientId, clientSecret }: Registration) => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: clientSecret,
});
const noUser = { code: 'FORBIDDEN', message: 'Forbidden resource' };

describe('registrations', () => {
  test('an API key makes one; the secret is shown once', async () => {
    const redirect = 'https://hub.example/auth/callback';
    const reply = await createRegistration(key, {
      name: `Contract ${run} r`,
      oAuthRedirectUris: [redirect],
      oAuthScopes: ['api', 'profile'],
    });
    const made = value(reply) as { clientSecret: string; applicationRegistration: { id: string } };
    contract.onClose(() =>
      key
        .metadata('mutation($id:String!){deleteApplicationRegistration(id:$id)}', {
          id: made.applicationRegistration.id,
        })
        .then(value),
    );
    expect(made).toEqual({
      clientSecret: expect.any(String),
      applicationRegistration: {
        id: expect.any(String),
        universalIdentifier: expect.any(String),
        name: `Contract ${run} r`,
        oAuthClientId: expect.any(String),
        oAuthRedirectUris: [redirect],
        oAuthScopes: ['api', 'profile'],
        sourceType: 'LOCAL',
        ownerWorkspaceId: expect.any(String),
      },
    });
  });

  test('a plain http redirect is refused', async () => {
    const reply = await createRegistration(key, {
      name: 'x',
      oAuthRedirectUris: ['http://hub.internal/cb'],
      oAuthScopes: ['api'],
    });
    expect(refusal(reply)).toEqual(
      badInput(
        'INVALID_REDIRECT_URI',
        'Redirect URIs must use HTTPS (except localhost) or an allowed custom scheme: http://hub.internal/cb',
      ),
    );
  });

  test('are found by their client id without a login', async () => {
    const { clientId } = await registerClient(contract);
    const query = 'query($c:String!){findApplicationRegistrationByClientId(clientId:$c){name oAuthScopes}}';
    expect(value(await withToken().metadata(query, { c: clientId }))).toEqual({
      name: `Contract ${run}`,
      oAuthScopes: ['api', 'profile'],
    });
  });
});

describe('client credentials', () => {
  let registration: Registration;
  beforeAll(async () => {
    registration = await registerClient(contract);
  });

  test('need an installation, then give an access token without refresh', async () => {
    const early = await token(credentials(registration));
    expect(early.status).toBe(400);
    expect(early.body).toEqual({
      error: 'server_error',
      error_description: 'No workspace installation found for this client. Install the app in a workspace first.',
    });
    const applicationId = await install(key, registration, `Contract ${run}`);
    const issued = await token(credentials(registration));
    expect(issued.status).toBe(200);
    expect(issued.headers.get('cache-control')).toBe('no-store');
    expect(issued.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 1800,
      scope: 'api profile',
    });
    const accessToken = (issued.body as { access_token: string }).access_token;
    expect(claims(accessToken)).toMatchObject({ sub: applicationId, applicationId, type: 'APPLICATION_ACCESS' });

    // An application without a role may ask /metadata but no records.
    const client = withToken(accessToken);
    expect(refusal(await client.graphql('{companies(first:1){totalCount}}'))).toEqual({
      code: 'UNAUTHENTICATED',
      subCode: 'INVALID_AUTH_CONTEXT',
      message: 'Invalid auth context',
    });
    expect(value(await client.metadata('{objects(paging:{first:1}){edges{node{nameSingular}}}}'))).toMatchObject({
      edges: [expect.anything()],
    });
    expect(refusal(await client.metadata('{currentUser{email}}'))).toEqual(noUser);
  });

  test('a wrong secret is 401, and a rotated one no longer works', async () => {
    const invalid = { error: 'invalid_client', error_description: 'Invalid client secret' };
    const wrong = await token({ ...credentials(registration), client_secret: 'wrong' });
    expect([wrong.status, wrong.body]).toEqual([401, invalid]);
    const rotate = 'mutation($id:String!){rotateApplicationRegistrationClientSecret(id:$id){clientSecret}}';
    const { clientSecret } = value(await key.metadata(rotate, { id: registration.id })) as { clientSecret: string };
    expect((await token(credentials(registration))).body).toEqual(invalid);
    expect((await token({ ...credentials(registration), client_secret: clientSecret })).status).toBe(200);
  });
});

describe('tokens of an installed application', () => {
  let registration: Registration;
  let applicationId = '';
  const appName = `Contract ${run} app`;

  beforeAll(async () => {
    registration = await registerClient(contract);
    applicationId = await install(key, registration, appName);
    expect(refusal(await syncRole(key, registration, appName))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'File not found',
    });
    value(await uploadPackage(key, registration));
    value(await syncRole(key, registration, appName));
  });

  test('an API key gets a pair without a user', async () => {
    const pair = await applicationTokens(key, applicationId);
    const access = claims(pair.applicationAccessToken.token);
    expect(access).toMatchObject({ sub: applicationId, applicationId, type: 'APPLICATION_ACCESS' });
    expect(access).not.toHaveProperty('userId');
    expect(Number(access['exp']) - Number(access['iat'])).toBe(30 * 60);
    const refresh = claims(pair.applicationRefreshToken.token);
    expect(refresh).toMatchObject({ type: 'APPLICATION_REFRESH' });
    expect(Number(refresh['exp']) - Number(refresh['iat'])).toBe(60 * 24 * 3600);
  });

  test('the pair is renewed with the refresh token, by a caller of the workspace', async () => {
    const pair = await applicationTokens(key, applicationId);
    const renew =
      'mutation($t:String!){renewApplicationToken(applicationRefreshToken:$t){applicationAccessToken{token} applicationRefreshToken{token}}}';
    expect(refusal(await withToken().metadata(renew, { t: pair.applicationRefreshToken.token }))).toEqual(noUser);
    const renewed = value(await key.metadata(renew, { t: pair.applicationRefreshToken.token })) as typeof pair;
    expect(claims(renewed.applicationAccessToken.token)).toMatchObject({ applicationId, type: 'APPLICATION_ACCESS' });
  });

  test('the application is the author, and its role decides', async () => {
    const { applicationAccessToken } = await applicationTokens(key, applicationId);
    const client = withToken(applicationAccessToken.token);
    const things = recordsOf(client, thing);
    const created = row(await things.create({ name: 'by-app' }, 'id createdBy{source workspaceMemberId name context}'));
    expect(created['createdBy']).toEqual({
      source: 'APPLICATION',
      workspaceMemberId: null,
      name: appName,
      context: {},
    });
    expect(refusal(await things.delete(created.id))).toEqual(permissionDenied);
    expect(refusal(await client.metadata('{currentUser{email}}'))).toEqual(noUser);
    expect(refusal(await client.metadata('{getRoles{id}}'))).toEqual(permissionDenied);
    expect(refusal(await client.metadata('mutation{createOneRole(createRoleInput:{label:"x"}){id}}'))).toEqual(
      permissionDenied,
    );
  });

  test('they have no limit of 100 a minute', async () => {
    const { applicationAccessToken } = await applicationTokens(key, applicationId);
    const things = recordsOf(withToken(applicationAccessToken.token), thing);
    for (let calls = 0; calls < 120; calls += 1)
      expect((await things.findMany({ first: 1 }, 'totalCount')).errors).toEqual([]);
  });

  whenUser('with a user behind it, the user is the author and his role decides', async () => {
    if (!user) throw new Error('no user');
    const pair = await applicationTokens(user, applicationId);
    expect(claims(pair.applicationAccessToken.token)).toMatchObject({ applicationId, userId: expect.any(String) });
    const client = withToken(pair.applicationAccessToken.token);
    const things = recordsOf(client, thing);
    const created = row(await things.create({ name: 'by-app-user' }, 'id createdBy{source workspaceMemberId}'));
    expect(created['createdBy']).toEqual({ source: 'MANUAL', workspaceMemberId: expect.any(String) });
    expect(row(await things.delete(created.id))).toMatchObject({ id: created.id });
    expect(value(await client.metadata('{currentUser{email}}'))).toEqual({ email: contract.target.admin?.email });
    expect(value(await client.metadata('{getRoles{id}}'))).toEqual(
      expect.arrayContaining([{ id: expect.any(String) }]),
    );
    const input = { name: 'x', expiresAt: new Date(Date.now() + 60_000).toISOString(), roleId: applicationId };
    expect(
      refusal(await client.metadata('mutation($i:CreateApiKeyInput!){createApiKey(input:$i){id}}', { i: input })),
    ).toEqual({
      code: 'FORBIDDEN',
      subCode: 'FORBIDDEN_EXCEPTION',
      message: 'This endpoint requires a session access token',
    });
  });

  test('introspection binds a token to its client', async () => {
    const { applicationAccessToken } = await applicationTokens(key, applicationId);
    const introspect = (clientId: string) =>
      withToken().send('/oauth/introspect', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: applicationAccessToken.token, client_id: clientId }),
      });
    expect((await introspect(registration.clientId)).body).toMatchObject({
      active: true,
      sub: applicationId,
      client_id: registration.clientId,
      token_type: 'Bearer',
    });
    const other = await registerClient(contract);
    expect((await introspect(other.clientId)).body).toEqual({ active: false });
  });

  test('uninstalling ends it', async () => {
    const { applicationAccessToken } = await applicationTokens(key, applicationId);
    expect(value(await uninstall(key, registration.universalIdentifier))).toBe(true);
    const reply = await withToken(applicationAccessToken.token).graphql('{companies(first:1){totalCount}}');
    expect(reply.errors).toHaveLength(1);
  });
});
