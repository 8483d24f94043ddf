import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import { startTestHub, type TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';
import { authorizeAtTwenty, type Browser } from './browser.ts';
import { ADMIN, type Desk, openDesk, path } from './desk.ts';

let hub: TestHub;
let desk: Desk;

beforeAll(async () => {
  hub = await startTestHub({ crm: false });
  desk = openDesk(hub);
}, 120_000);
afterAll(async () => await hub?.close());
beforeEach(async () => {
  await sql`delete from auth_setup_link`.execute(hub.hub.database.db);
  await sql`delete from auth_failure`.execute(hub.hub.database.db);
});

const setup = () => hub.hub.admin.auth.setup;
const tokenOf = (link: string | undefined) => new URL(String(link)).hash.slice(1);
const redeem = async (token: string, browser = desk.browser()) => ({
  browser,
  ...(await browser.ask('/console/v1/setup', { method: 'POST', body: { token } })),
});
const isSignedIn = async (browser = desk.browser()) =>
  ((await browser.ask('/console/v1/operator')).json() as { isSignedIn: boolean }).isSignedIn;

describe('the setup link', () => {
  test('opens the session of the operator once, and leaves nothing that could open it again', async () => {
    const link = await setup().firstLink();
    expect(link).toMatch(new RegExp(`^${hub.url}/console/setup#[\\w-]{43}$`));
    const stored = await sql<{ text: string }>`select t::text as text from auth_setup_link t`.execute(
      hub.hub.database.db,
    );
    expect(JSON.stringify(stored.rows)).not.toContain(tokenOf(link));
    const { status, browser } = await redeem(tokenOf(link));
    expect(status).toBe(200);
    expect(browser.setCookies[0]).toMatch(/^switchboard-operator=.*; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await isSignedIn(browser)).toBe(true);
    const again = await redeem(tokenOf(link));
    expect([again.status, (again.json() as { error: { code: string } }).error.code]).toEqual([403, 'setup-link']);
    expect(await setup().firstLink()).toBeUndefined();
  });

  test('is used by one of two who open it at once', async () => {
    const token = tokenOf(await setup().firstLink());
    const both = await Promise.all([redeem(token), redeem(token)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403]);
  });

  test('is void after a day, and when another one is used or made', async () => {
    const old = tokenOf(await setup().firstLink());
    await desk.age('auth_setup_link', 'expires_at', '24 hours');
    expect((await redeem(old)).status).toBe(403);
    const [first, second] = [tokenOf(await setup().firstLink()), tokenOf(await setup().firstLink())];
    expect((await redeem(second)).status).toBe(200);
    expect((await redeem(first)).status).toBe(403);
    const [before, made] = [tokenOf(await setup().newLink()), tokenOf(await setup().newLink())];
    expect((await redeem(before)).status).toBe(403);
    expect((await redeem(made)).status).toBe(200);
  });

  test('is not found by trying', async () => {
    const token = tokenOf(await setup().firstLink());
    for (let time = 0; time < 10; time += 1) expect((await redeem('x'.repeat(time + 1))).status).toBe(403);
    expect((await redeem(token)).status).toBe(429);
    await desk.age('auth_failure', 'window_ends_at', '16 minutes');
    expect((await redeem(token)).status).toBe(200);
  });

  test('is not taken from a page of another site', async () => {
    const token = tokenOf(await setup().firstLink());
    const foreign = { method: 'POST', body: { token }, headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await desk.browser().ask('/console/v1/setup', foreign)).status).toBe(403);
    expect((await redeem(token)).status).toBe(200);
  });
});

describe('the operator in the console', () => {
  test('creates a tenant, connects the first workspace with a checklist, and signs out', async () => {
    const { browser } = await redeem(tokenOf(await setup().firstLink()));
    const tenant = { slug: 'first', name: 'First', country: 'DE' };
    expect((await browser.ask('/console/v1/tenants', { method: 'POST', body: tenant })).status).toBe(201);
    const wrong = await browser.ask(path('/crm', 'first'), {
      method: 'PUT',
      body: { url: hub.twenty.url, apiKey: 'wrong' },
    });
    expect(wrong.json()).toMatchObject({ ok: false });
    const body = { url: hub.twenty.url, apiKey: hub.apiKey };
    const { lines } = (await browser.ask(path('/crm', 'first'), { method: 'PUT', body })).json() as {
      lines: { name: string; state: string }[];
    };
    expect(lines.find(({ name }) => name === 'Sign-in with Twenty')?.state).toBe('ok');
    expect((await browser.ask('/console/v1/sign-in')).json()).toMatchObject({ workspaces: [{ slug: 'first' }] });
    // The operator is no member: what needs an account of the workspace is not for him.
    expect((await browser.ask(path('/me', 'first'))).status).toBe(403);
    await browser.ask('/console/v1/operator/sign-out', { method: 'POST' });
    expect(await isSignedIn(browser)).toBe(false);
    expect((await browser.ask('/console/v1/tenants')).status).toBe(401);
  });
});

describe('two-factor authentication', () => {
  const slug = 'first';
  let admin: ReturnType<typeof createTwentyClient>;
  let adaWithFactor: typeof ADMIN;
  beforeAll(async () => {
    // Signed in before a second factor was there.
    admin = createTwentyClient(hub.twenty.url, await signIn(hub.twenty.url, ADMIN));
  });
  const twoFactor = async (browser: Browser) =>
    (await browser.ask(path('/two-factor', slug))).json() as {
      isEnforced: boolean;
      members: { name: string; state: string }[];
    };
  const depart = async (browser = desk.browser()) => {
    const { location = '' } = await browser.go(`${hub.url}/auth/sign-in?workspace=${slug}`);
    return { browser, location };
  };
  const arrive = async (login: typeof ADMIN) => {
    const { browser, location } = await depart();
    return { browser, back: await browser.go(await authorizeAtTwenty(location, login)) };
  };
  /** With a session of Twenty that asks for nothing any more. @returns where the hub sends the browser */
  const authorizedAs = async (member: ReturnType<typeof createTwentyClient>) => {
    const { browser, location } = await depart();
    const { searchParams: asked } = new URL(location);
    const { authorizeApp } = (await member.metadata(
      'mutation($c:String!,$r:String!,$s:String,$p:String){authorizeApp(clientId:$c,redirectUrl:$r,state:$s,codeChallenge:$p){redirectUrl}}',
      {
        c: asked.get('client_id'),
        r: asked.get('redirect_uri'),
        s: asked.get('state'),
        p: asked.get('code_challenge'),
      },
    )) as { authorizeApp: { redirectUrl: string } };
    return (await browser.go(authorizeApp.redirectUrl)).location;
  };
  const setEnforced = async (isEnforced: boolean) =>
    await admin.metadata('mutation($on:Boolean!){updateWorkspace(data:{isTwoFactorAuthenticationEnforced:$on}){id}}', {
      on: isEnforced,
    });

  test('is required, shown as seen at the last sign-in, and enforced in Twenty with one click', async () => {
    const refused = await arrive(ADMIN);
    expect(refused.back.location).toBe('/console/sign-in?problem=two-factor-required&workspace=first');
    expect(refused.browser.cookies.has('switchboard-session-first')).toBe(false);

    const ada = await desk.enrol(ADMIN);
    adaWithFactor = ada;
    const mo = await desk.join('Member', 'Mo');
    const atTwenty = createTwentyClient(hub.twenty.url, await signIn(hub.twenty.url, mo));
    const { browser, back } = await arrive(ada);
    expect(back.location).toBe('/console');
    const { id } = await hub.hub.admin.tenants.get(slug);
    await hub.hub.admin.auth.roster.refresh(id, AbortSignal.timeout(5000));
    const before = await twoFactor(browser);
    expect(before.isEnforced).toBe(false);
    expect(before.members.map(({ name, state }) => [name, state])).toEqual([
      ['Ada Admin', 'on'],
      ['Mo Example', 'unknown'],
    ]);

    const body = { returnTo: '/console/security' };
    const asked = await browser.ask(path('/two-factor/enforce', slug), { method: 'POST', body });
    const { location } = asked.json() as { location: string };
    expect((await browser.go(await authorizeAtTwenty(location, ada))).location).toBe('/console/security');
    expect(await twoFactor(browser)).toMatchObject({ isEnforced: true });

    // Mo was signed in to Twenty before it was enforced: Twenty's own session does, and who looks after security sees that it has no second factor.
    expect(await authorizedAs(atTwenty)).toBe('/console');
    expect((await twoFactor(browser)).members.find(({ name }) => name === 'Mo Example')?.state).toBe('off');
    await setEnforced(false);
    expect(await authorizedAs(atTwenty)).toContain('problem=two-factor-required');

    const { signIns } = (await browser.ask(path('/sign-ins', slug))).json() as { signIns: { result: string }[] };
    const results = signIns.map(({ result }) => result);
    expect(results).toEqual(['two-factor-required', 'signed-in', 'signed-in', 'two-factor-required']);
  });

  test('is not required where the workspace decided so', async () => {
    const change = { requireTwoFactor: false };
    expect((await hub.api('PATCH', '/tenants/first/sign-in-policy', change)).body).toEqual({
      requireTwoFactor: false,
      isListed: false,
    });
    const pia = await desk.join('Member', 'Pia');
    const without = await arrive(pia);
    expect(without.back.location).toBe('/console');

    // Required again: who is in without one is let out and told why, who has one stays, and what else was decided stays as it was.
    const { browser: ada } = await arrive(adaWithFactor);
    await hub.api('PATCH', '/tenants/first/sign-in-policy', { isListed: true });
    const required = await hub.api('PATCH', '/tenants/first/sign-in-policy', { requireTwoFactor: true });
    expect(required.body).toEqual({ requireTwoFactor: true, isListed: true });
    const byItself = { headers: { 'x-unattended': '1' } };
    // The page that asks by itself hears it, and so does the person after that.
    for (const ask of [byItself, {}]) {
      const answer = await without.browser.ask(path('/me', slug), ask);
      expect(answer.json()).toMatchObject({ error: { code: 'two-factor-now' } });
      expect(answer.status).toBe(401);
    }
    expect((await ada.ask(path('/me', slug))).status).toBe(200);
  });
});
