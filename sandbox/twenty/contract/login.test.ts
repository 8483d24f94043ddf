import { afterAll, describe, expect, test } from '@jest/globals';
import { createGuardrails, generate } from 'otplib';
import { badInput, refusal, value } from './answers.ts';
import { claims } from './applications.ts';
import { createClient } from './client.ts';
import { needsExpendable, needsUser, openFixture, testWhen } from './fixture.ts';
import { authTokensOf, loginToken, loginTokenOf, tokenPair } from './session.ts';

const contract = openFixture();
const { key, user, target, origin, withToken } = contract;
const whenUser = testWhen(user !== undefined, needsUser);
const whenExpendable = testWhen(target.expendable && user !== undefined, needsExpendable);
const visitor = createClient({ url: target.url, origin });
afterAll(() => contract.close());

const forbidden = (subCode: string, message: string) => ({ code: 'FORBIDDEN', subCode, message });
/** The admin's address and password; the tests that need them are skipped without. */
function admin(): { email: string; password: string } {
  if (!target.admin) throw new Error('no admin');
  return target.admin;
}
function session() {
  if (!user) throw new Error('no user');
  return user;
}
const login = async () => loginToken(await loginTokenOf(visitor, admin().email, admin().password, origin)).token;

describe('login by password', () => {
  whenUser('gives a login token of 15 minutes, then tokens of 30 minutes and 60 days', async () => {
    const first = await login();
    const loginClaims = claims(first);
    expect(loginClaims).toMatchObject({ type: 'LOGIN', sub: admin().email, authProvider: 'password' });
    expect(Number(loginClaims['exp']) - Number(loginClaims['iat'])).toBe(15 * 60);
    const tokens = tokenPair(await authTokensOf(visitor, first, origin));
    const access = claims(tokens.accessOrWorkspaceAgnosticToken.token);
    expect(access).toMatchObject({
      type: 'ACCESS',
      userId: expect.any(String),
      workspaceMemberId: expect.any(String),
      userWorkspaceId: expect.any(String),
    });
    expect(Number(access['exp']) - Number(access['iat'])).toBe(30 * 60);
    const refresh = claims(tokens.refreshToken.token);
    expect(refresh).toMatchObject({ type: 'REFRESH', targetedTokenType: 'ACCESS' });
    expect(Number(refresh['exp']) - Number(refresh['iat'])).toBe(60 * 24 * 3600);
  });

  whenUser('refuses a wrong password', async () => {
    expect(refusal(await loginTokenOf(visitor, admin().email, 'contract-nope', origin))).toEqual(
      forbidden('FORBIDDEN_EXCEPTION', 'Wrong password'),
    );
  });

  whenUser('is renewed with the refresh token', async () => {
    const tokens = tokenPair(await authTokensOf(visitor, await login(), origin));
    const renew =
      'mutation($t:String!){renewToken(appToken:$t){tokens{accessOrWorkspaceAgnosticToken{token expiresAt} refreshToken{token expiresAt}}}}';
    const renewed = tokenPair(await visitor.metadata(renew, { t: tokens.refreshToken.token }));
    expect(claims(renewed.accessOrWorkspaceAgnosticToken.token)).toMatchObject({ type: 'ACCESS' });
  });
});

whenUser('currentUser tells who, where, and what he may', async () => {
  const query = `{currentUser{id email firstName lastName isEmailVerified locale
    workspaceMember{id name{firstName lastName} userEmail locale timeZone avatarUrl roles{id label}}
    currentWorkspace{id subdomain displayName isTwoFactorAuthenticationEnforced workspaceUrls{subdomainUrl customUrl}}
    currentUserWorkspace{id permissionFlags twoFactorAuthenticationMethodSummary{twoFactorAuthenticationMethodId status strategy}
      objectsPermissions{objectMetadataId canReadObjectRecords canUpdateObjectRecords canSoftDeleteObjectRecords canDestroyObjectRecords restrictedFields}}}}`;
  const currentUser = value(await session().metadata(query));
  expect(currentUser).toMatchObject({
    email: admin().email,
    workspaceMember: { userEmail: admin().email, roles: [{ id: expect.any(String), label: expect.any(String) }] },
    currentWorkspace: { isTwoFactorAuthenticationEnforced: expect.any(Boolean) },
    currentUserWorkspace: {
      permissionFlags: expect.arrayContaining(['API_KEYS_AND_WEBHOOKS', 'ROLES', 'APPLICATIONS']),
      objectsPermissions: expect.arrayContaining([
        {
          objectMetadataId: contract.thing.objectId,
          canReadObjectRecords: true,
          canUpdateObjectRecords: true,
          canSoftDeleteObjectRecords: true,
          canDestroyObjectRecords: true,
          restrictedFields: {},
        },
      ]),
    },
  });
});

describe('two-factor authentication', () => {
  // Twenty's secrets are shorter than otplib allows by default.
  const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 });
  type Method = { twoFactorAuthenticationMethodId: string; status: string; strategy: string };
  const summary = async (): Promise<Method[]> => {
    const query =
      '{currentUser{currentUserWorkspace{twoFactorAuthenticationMethodSummary{twoFactorAuthenticationMethodId status strategy}}}}';
    const { currentUserWorkspace } = value(await session().metadata(query)) as {
      currentUserWorkspace: { twoFactorAuthenticationMethodSummary: Method[] | null };
    };
    return currentUserWorkspace.twoFactorAuthenticationMethodSummary ?? [];
  };
  const remove = (id: string) =>
    session().metadata(
      'mutation($i:UUID!){deleteTwoFactorAuthenticationMethod(twoFactorAuthenticationMethodId:$i){success}}',
      { i: id },
    );
  const enforce = (enforced: boolean) =>
    session().metadata(
      'mutation($e:Boolean!){updateWorkspace(data:{isTwoFactorAuthenticationEnforced:$e}){isTwoFactorAuthenticationEnforced}}',
      {
        e: enforced,
      },
    );

  test('its enforcement is visible to an API key', async () => {
    expect(value(await key.metadata('{currentWorkspace{isTwoFactorAuthenticationEnforced}}'))).toEqual({
      isTwoFactorAuthenticationEnforced: expect.any(Boolean),
    });
  });

  whenUser('removing an unknown method', async () => {
    expect(refusal(await remove('7b0bc8f7-4cd1-4941-8f0f-18561dda9a18'))).toEqual(
      badInput('INVALID_INPUT', 'Two-factor authentication method not found'),
    );
  });

  whenExpendable('enrolling: pending, refused code, verified, asked for at login, removed', async () => {
    const started = value(await session().metadata('mutation{initiateOTPProvisioningForAuthenticatedUser{uri}}')) as {
      uri: string;
    };
    const uri = new URL(started.uri);
    expect(uri.protocol).toBe('otpauth:');
    const secret = String(uri.searchParams.get('secret'));
    const [pending] = await summary();
    expect(pending).toEqual({
      twoFactorAuthenticationMethodId: expect.any(String),
      status: 'PENDING',
      strategy: 'TOTP',
    });
    const id = String(pending?.twoFactorAuthenticationMethodId);
    try {
      const verify = (otp: string) =>
        session().metadata(
          'mutation($o:String!){verifyTwoFactorAuthenticationMethodForAuthenticatedUser(otp:$o){success}}',
          { o: otp },
        );
      const code = await generate({ secret, guardrails });
      expect(refusal(await verify(code === '000000' ? '000001' : '000000'))).toEqual({
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Invalid OTP',
      });
      expect(value(await verify(code))).toEqual({ success: true });
      expect(await summary()).toEqual([{ ...pending, status: 'VERIFIED' }]);

      expect(refusal(await authTokensOf(visitor, await login(), origin))).toEqual(
        forbidden('TWO_FACTOR_AUTHENTICATION_VERIFICATION_REQUIRED', 'Two factor authentication verification required'),
      );
      const withCode =
        'mutation($otp:String!,$l:String!,$o:String!){getAuthTokensFromOTP(otp:$otp,loginToken:$l,origin:$o){tokens{accessOrWorkspaceAgnosticToken{token}}}}';
      const tokens = tokenPair(
        await visitor.metadata(withCode, { otp: await generate({ secret, guardrails }), l: await login(), o: origin }),
      );
      expect(claims(tokens.accessOrWorkspaceAgnosticToken.token)).toMatchObject({ type: 'ACCESS' });
    } finally {
      expect(value(await remove(id))).toEqual({ success: true });
    }
    expect(await summary()).toEqual([]);
  });

  whenExpendable('enforced: new logins must enrol first, existing tokens and keys go on', async () => {
    expect(value(await enforce(true))).toEqual({ isTwoFactorAuthenticationEnforced: true });
    try {
      expect(refusal(await authTokensOf(visitor, await login(), origin))).toEqual(
        forbidden('TWO_FACTOR_AUTHENTICATION_PROVISION_REQUIRED', 'Two factor authentication setup required'),
      );
      expect(value(await session().metadata('{currentUser{email}}'))).toEqual({ email: admin().email });
      expect(value(await key.metadata('{currentWorkspace{isTwoFactorAuthenticationEnforced}}'))).toEqual({
        isTwoFactorAuthenticationEnforced: true,
      });
    } finally {
      value(await enforce(false));
    }
  });
});

test('nobody is the current user without a token', async () => {
  expect(refusal(await withToken().metadata('{currentUser{id}}'))).toEqual({
    code: 'FORBIDDEN',
    message: 'Forbidden resource',
  });
});
