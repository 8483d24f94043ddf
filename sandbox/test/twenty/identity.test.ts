import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generate } from 'otplib';
import { admin, loginTokenOf, openWorld, secondStep, signIn, valueOf, type World } from './world.ts';

const MINUTE = 60_000;
const WHO = '{ currentUser { email } }';
const expired = expect.objectContaining({ message: 'Token has expired.' });

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 60_000);
afterAll(() => world.close());

/** Somebody new in the workspace, whose second factor is his own. */
async function newMember(name: string) {
  const person = { email: `${name}@example.com`, password: 'battery staple', firstName: name, lastName: 'Member' };
  const { workspaceId } = world.workspace;
  return { ...person, workspaceId, ...(await world.twenty().createMember({ ...person, workspaceId })) };
}

const accessOf = async (person: { email: string; password: string } = admin) =>
  (await signIn(world, person)).accessOrWorkspaceAgnosticToken.token;

test('a restart keeps API keys and sessions', async () => {
  const token = await accessOf();
  await world.restart();
  expect(await world.metadata(WHO, {}, token)).toEqual({ data: { currentUser: { email: admin.email } } });
  expect(valueOf(await world.metadata('{ currentWorkspace { displayName } }'))).toEqual({ displayName: 'Acme' });
});

test('who is taken out of the workspace is signed out at once, and leaves a deleted member behind', async () => {
  const mia = await newMember('mia');
  const token = await accessOf(mia);
  await world.twenty().removeMember(mia);
  expect(await world.metadata(WHO, {}, token)).toMatchObject({ errors: [{ message: 'Token invalid.' }] });
  await expect(loginTokenOf(world, mia)).rejects.toThrow('User not found');
  const found = await world.records(
    `{ workspaceMembers(filter: { userEmail: { eq: "${mia.email}" } }) { totalCount } }`,
  );
  expect(valueOf(found)).toEqual({ totalCount: 0 });
});

test('tokens and data of one workspace do not reach another', async () => {
  const other = await world.twenty().createWorkspace({
    name: 'Other',
    subdomain: 'other',
    admin: { ...admin, email: 'otto@example.com' },
  });
  const roles = '{ getRoles { label workspaceMembers { userEmail } apiKeys { id } } }';
  const theirs = valueOf<object[]>(await world.metadata(roles, {}, other.apiKey));
  expect(JSON.stringify(theirs)).not.toContain(admin.email);
  valueOf(await world.records('mutation { createCompany(data: { name: "Only here" }) { id } }'));
  expect(valueOf(await world.records('{ companies { totalCount } }', other.apiKey))).toEqual({ totalCount: 0 });
  const member = other.adminWorkspaceMemberId;
  const [role] = valueOf<{ id: string }[]>(await world.metadata('{ getRoles { id } }'));
  const assign = await world.metadata(
    'mutation($w: UUID!, $r: UUID!) { updateWorkspaceMemberRole(workspaceMemberId: $w, roleId: $r) { id } }',
    { w: member, r: role?.id },
    await accessOf(),
  );
  expect(assign).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
});

async function enrol(token: string): Promise<string> {
  const { uri } = valueOf<{ uri: string }>(
    await world.metadata('mutation { initiateOTPProvisioningForAuthenticatedUser { uri } }', {}, token),
  );
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const otp = await generate({ secret });
  valueOf(
    await world.metadata(
      'mutation($o: String!) { verifyTwoFactorAuthenticationMethodForAuthenticatedUser(otp: $o) { success } }',
      { o: otp },
      token,
    ),
  );
  return secret;
}

test('a member with a second factor signs in only with its code', async () => {
  const person = await newMember('noor');
  const secret = await enrol(await accessOf(person));
  const login = await loginTokenOf(world, person);
  expect(await secondStep(world, login)).toMatchObject({
    errors: [{ extensions: { subCode: 'TWO_FACTOR_AUTHENTICATION_VERIFICATION_REQUIRED' } }],
  });
  const withCode = (otp: string) =>
    world.metadata(
      `mutation($otp: String!, $l: String!, $o: String!) {
        getAuthTokensFromOTP(otp: $otp, loginToken: $l, origin: $o) { tokens { refreshToken { token } } }
      }`,
      { otp, l: login, o: world.twenty().url },
    );
  expect(await withCode('000000')).toMatchObject({ errors: [{ message: 'Invalid OTP' }] });
  expect(await withCode(await generate({ secret }))).toHaveProperty('data.getAuthTokensFromOTP.tokens');
});

async function registerClient(): Promise<{ clientId: string; verifier: string; query: Record<string, string> }> {
  const redirect = 'http://localhost:4000/callback';
  const response = await fetch(`${world.twenty().url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: '<Hub>', redirect_uris: [redirect] }),
  });
  const { client_id: clientId } = (await response.json()) as { client_id: string };
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = { client_id: clientId, redirect_uri: redirect, state: 's"1', code_challenge: challenge };
  return { clientId, verifier, query };
}

/** Sends the page's form with its hidden fields and what a person types or presses. */
async function submit(page: string, typed: Record<string, string>): Promise<Response> {
  const hidden = [...page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const fields = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')]);
  const body = new URLSearchParams({ ...(Object.fromEntries(fields) as Record<string, string>), ...typed });
  return fetch(`${world.twenty().url}/authorize`, { method: 'POST', body, redirect: 'manual' });
}

test('a browser goes through password, code and consent, and the code works once, also when two ask at once', async () => {
  const person = await newMember('otis');
  const secret = await enrol(await accessOf(person));
  const { clientId, verifier, query } = await registerClient();
  const first = await fetch(`${world.twenty().url}/authorize?${new URLSearchParams(query).toString()}`);
  const signInForm = await first.text();
  expect(signInForm).toContain('&lt;Hub&gt;');
  const wrong = await (await submit(signInForm, { email: person.email, password: 'nope' })).text();
  expect(wrong).toContain('Wrong password');
  const codeForm = await (await submit(wrong, { email: person.email, password: person.password })).text();
  expect(await (await submit(codeForm, { otp: '000000' })).text()).toContain('Invalid OTP');
  const consentForm = await (await submit(codeForm, { otp: await generate({ secret }) })).text();
  const denied = new URL((await submit(consentForm, { answer: 'deny' })).headers.get('location') ?? '');
  expect(denied.searchParams.get('error')).toBe('access_denied');
  const target = new URL((await submit(consentForm, { answer: 'allow' })).headers.get('location') ?? '');
  expect(target.searchParams.get('state')).toBe('s"1');

  const exchange = () =>
    fetch(`${world.twenty().url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        code: target.searchParams.get('code') ?? '',
        redirect_uri: query['redirect_uri'] ?? '',
        code_verifier: verifier,
      }),
    });
  const answers = await Promise.all([exchange(), exchange()]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { access_token?: string }[];
  const token = bodies.find((body) => body.access_token !== undefined)?.access_token;
  expect(await world.metadata(WHO, {}, token)).toEqual({ data: { currentUser: { email: person.email } } });
});

test('an unknown redirect address is never followed', async () => {
  const { query } = await registerClient();
  const asked = { ...query, redirect_uri: 'https://evil.example/cb' };
  const response = await fetch(`${world.twenty().url}/authorize?${new URLSearchParams(asked).toString()}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('redirectUrl mismatch');
});

// The last one, because it moves the clock, and codes of authenticators go by the real time.
test('access ends after 30 minutes and is renewed until the refresh token ends after 60 days', async () => {
  const tokens = await signIn(world, admin);
  const renew = () =>
    world.metadata(
      'mutation($t: String!) { renewToken(appToken: $t) { tokens { accessOrWorkspaceAgnosticToken { token } } } }',
      { t: tokens.refreshToken.token },
    );
  world.wait(29 * MINUTE);
  expect(await world.metadata(WHO, {}, tokens.accessOrWorkspaceAgnosticToken.token)).toHaveProperty('data.currentUser');
  world.wait(2 * MINUTE);
  expect(await world.metadata(WHO, {}, tokens.accessOrWorkspaceAgnosticToken.token)).toEqual({ errors: [expired] });
  const renewed = valueOf<{ tokens: typeof tokens }>(await renew()).tokens.accessOrWorkspaceAgnosticToken.token;
  expect(await world.metadata(WHO, {}, renewed)).toHaveProperty('data.currentUser.email', admin.email);
  world.wait(60 * 24 * 60 * MINUTE);
  expect(await renew()).toMatchObject({ errors: [{ message: 'Token has expired.' }] });
});
