import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';
import { authorizeAtTwenty } from './browser.ts';
import { ADMIN, type Desk, openDesk, path, type Person } from './desk.ts';

let hub: TestHub;
let desk: Desk;
let pat: Person;

beforeAll(async () => {
  hub = await startTestHub();
  desk = openDesk(hub);
  await hub.hub.admin.auth.policies.change(hub.tenantId, { requireTwoFactor: false }, 'test');
  pat = await desk.join('Agent');
}, 120_000);
afterAll(async () => await hub?.close());
beforeEach(() => hub.twenty.faults.clear());

const begin = async (browser = desk.browser(), to = '') => {
  const { location = '', status } = await browser.go(`${hub.url}/auth/sign-in?workspace=${TEST_TENANT}${to}`);
  return { browser, location, status };
};
const history = async () => {
  const { body } = await hub.api('GET', `/tenants/${TEST_TENANT}/sign-ins`);
  return (body as { signIns: { result: string; email: string | null; userAgent: string }[] }).signIns;
};
const sessionCookies = (cookies: ReadonlyMap<string, string>) =>
  [...cookies.keys()].filter((name) => name.includes('session'));

describe('signing in with Twenty', () => {
  test('asks with PKCE and state, and gives a session that scripts and other sites cannot use', async () => {
    const { browser, location } = await begin();
    const asked = new URL(location);
    expect(asked.origin + asked.pathname).toBe(`${hub.twenty.url}/authorize`);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    expect(String(asked.searchParams.get('state')).length).toBeGreaterThan(30);
    const back = await browser.go(await authorizeAtTwenty(location, pat));
    expect(back).toMatchObject({ status: 302, location: '/console' });
    expect(browser.setCookies.find((line) => line.startsWith(`switchboard-session-${TEST_TENANT}=`))).toMatch(
      /; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const me = await browser.ask(path('/me'));
    expect(me.json()).toMatchObject({
      member: { id: pat.workspaceMemberId, name: 'Pat Example', email: pat.email },
      role: { label: 'Agent' },
      viewing: null,
      tenant: { slug: TEST_TENANT },
    });
    expect((await history())[0]).toMatchObject({ result: 'signed-in', email: pat.email, userAgent: 'Test browser' });
  });

  test('keeps neither the key nor any token of Twenty in the clear', async () => {
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, pat);
    await browser.go(back);
    const { db } = hub.hub.database;
    const tables = ['auth_session', 'auth_flow', 'auth_sign_in', 'secret', 'audit_entry'];
    const dumps = await Promise.all(
      tables.map(async (table) => (await sql`select t::text as text from ${sql.table(table)} t`.execute(db)).rows),
    );
    const text = JSON.stringify(dumps);
    const key = String(browser.cookies.get(`switchboard-session-${TEST_TENANT}`));
    const { searchParams } = new URL(back);
    for (const secret of [key, searchParams.get('code'), searchParams.get('state'), 'eyJ']) {
      expect(text.includes(String(secret))).toBe(false);
    }
    expect(text.includes(Buffer.from(key).toString('hex'))).toBe(false);
  });

  test('registers once at Twenty, and anew when Twenty has forgotten the hub', async () => {
    const clientOf = (location: string) => new URL(location).searchParams.get('client_id');
    const locations = await Promise.all([begin(), begin(), begin()]);
    expect(new Set(locations.map(({ location }) => clientOf(location))).size).toBe(1);
    const signIn = hub.hub.admin.auth.signIn;
    const place = { tenantId: hub.tenantId, pluginId: 'auth', name: 'client' };
    const kept = JSON.parse(String(await hub.hub.admin.secrets.get(place))) as object;
    await hub.hub.admin.secrets.set(
      place,
      JSON.stringify({ ...kept, clientId: '00000000-0000-4000-8000-000000000000' }),
    );
    const { location } = await signIn.begin(TEST_TENANT, '/console');
    expect(clientOf(location)).not.toBe('00000000-0000-4000-8000-000000000000');
    expect(await desk.signedIn(pat)).toBeDefined();
  });

  test.each([
    ['&to=/console/plugins%3Fx%3D1%23top', '/console/plugins?x=1#top'],
    ['&to=https://evil.example.com/console', '/console'],
    ['&to=//evil.example.com/console', '/console'],
    ['&to=/console/%5C..%5C..%5C%5Cevil.example.com', '/console'],
    ['&to=/console%0d%0aset-cookie:x=1', '/console'],
    ['&to=/consoles.example.com', '/console'],
    ['&to=/console/..//evil.example.com', '/console'],
    ['&to=/console/%252e%252e//evil.example.com', '/console'],
    ['&to=/console/acme/../../auth/callback', '/console'],
  ])('leads back into the console and nowhere else: %s', async (to, expected) => {
    const { browser, location } = await begin(desk.browser(), to);
    expect((await browser.go(await authorizeAtTwenty(location, pat))).location).toBe(expected);
  });

  test('goes on in two tabs of one browser at once', async () => {
    const browser = desk.browser();
    const [first, second] = [await begin(browser), await begin(browser)];
    for (const { location } of [second, first]) {
      expect((await browser.go(await authorizeAtTwenty(location, pat))).location).toBe('/console');
    }
    expect((await browser.ask(path('/me'))).status).toBe(200);
  });

  test('replaces a key that somebody planted before', async () => {
    const attacker = await desk.signedIn(await desk.join());
    const name = `switchboard-session-${TEST_TENANT}`;
    const planted = String(attacker.cookies.get(name));
    const victim = desk.browser();
    victim.cookies.set(name, planted);
    await desk.signedIn(pat, victim);
    expect(victim.cookies.get(name)).not.toBe(planted);
    expect((await attacker.ask(path('/me'))).status).toBe(401);
    expect((await victim.ask(path('/me'))).json()).toMatchObject({ member: { email: pat.email } });
  });

  test('begins under the address to which Twenty sends people back', async () => {
    const answer = await desk
      .browser()
      .go(`${hub.url.replace('127.0.0.1', 'localhost')}/auth/sign-in?workspace=acme&to=/console/x`);
    expect(answer.location).toBe(`${hub.url}/auth/sign-in?workspace=acme&to=/console/x`);
  });
});

describe('turned away is', () => {
  const refused = (code: string) => ({
    status: 302,
    location: expect.stringContaining(`/console/sign-in?problem=${code}`),
  });

  test('an answer in another browser, without ending the sign-in of its owner', async () => {
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, pat);
    const thief = desk.browser();
    expect(await thief.go(back)).toMatchObject(refused('foreign-answer'));
    expect(sessionCookies(thief.cookies)).toEqual([]);
    expect((await browser.go(back)).location).toBe('/console');
  });

  test('an answer that comes a second time', async () => {
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, pat);
    const flow = new Map(browser.cookies);
    await browser.go(back);
    const again = desk.browser();
    for (const [name, value] of flow) again.cookies.set(name, value);
    expect(await again.go(back)).toMatchObject(refused('late-answer'));
    expect(sessionCookies(again.cookies)).toEqual([]);
  });

  test('a code of another sign-in, put into the own answer', async () => {
    const other = await begin();
    const stolen = new URL(await authorizeAtTwenty(other.location, ADMIN)).searchParams.get('code') ?? '';
    const { browser, location } = await begin();
    const back = new URL(await authorizeAtTwenty(location, pat));
    back.searchParams.set('code', stolen);
    expect(await browser.go(back.href)).toMatchObject(refused('code-refused'));
    expect(sessionCookies(browser.cookies)).toEqual([]);
  });

  test('an answer that took too long', async () => {
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, pat);
    await desk.age('auth_flow', 'expires_at', '11 minutes');
    expect(await browser.go(back)).toMatchObject(refused('late-answer'));
  });

  test('who cancels at Twenty, and who hands in nothing', async () => {
    const { browser, location } = await begin(desk.browser(), '&to=/console/acme/audit');
    const { location: back } = await browser.go(await authorizeAtTwenty(location, pat, 'deny'));
    // With the way on: of several workspaces the right one, and the page that was asked for.
    expect(back).toBe(`/console/sign-in?problem=cancelled&workspace=${TEST_TENANT}&to=%2Fconsole%2Facme%2Faudit`);
    expect(await browser.go(`${hub.url}/auth/callback`)).toMatchObject(refused('foreign-answer'));
    expect((await history())[0]).toMatchObject({ result: 'cancelled' });
  });

  test('a member of another workspace of the same server', async () => {
    const globex = await hub.twenty.createWorkspace({
      name: 'Globex',
      subdomain: 'globex',
      admin: { email: 'gus@example.org', password: 'password-1', firstName: 'Gus', lastName: 'Other' },
    });
    expect(globex.workspaceId).not.toBe(hub.workspaceId);
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, { email: 'gus@example.org', password: 'password-1' });
    expect(await browser.go(back)).toMatchObject(refused('other-workspace'));
    expect(sessionCookies(browser.cookies)).toEqual([]);
  });

  test.each(['nobody-here', '', '..%2Facme'])('a workspace that is not there: "%s"', async (slug) => {
    const answer = await desk.browser().go(`${hub.url}/auth/sign-in?workspace=${slug}`);
    expect(answer).toMatchObject(refused('unknown-workspace'));
  });

  test('everybody while Twenty is down, with a sentence; afterwards it works again', async () => {
    const { browser, location } = await begin();
    const back = await authorizeAtTwenty(location, pat);
    hub.twenty.faults.set({ kind: 'down' });
    expect(await begin()).toMatchObject(refused('crm-unreachable'));
    expect(await browser.go(back)).toMatchObject(refused('crm-unreachable'));
    hub.twenty.faults.clear();
    expect(await desk.signedIn(pat, browser)).toBeDefined();
  });

  test('a program gets the problem itself, and a page its words', async () => {
    const answer = await desk.browser().go(`${hub.url}/auth/callback?state=x&code=y`, { accept: 'application/json' });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'foreign-answer', remedy: expect.any(String) } });
    const words = await desk.browser().ask('/console/v1/problems/two-factor-required');
    expect(words.json()).toMatchObject({ error: { code: 'two-factor-required', steps: expect.any(Array) } });
  });

  test('an address that tries again and again, without keeping out who began there', async () => {
    const tried = desk.browser();
    for (let time = 0; time < 10; time += 1) await tried.go(`${hub.url}/auth/callback?state=${time}&code=x`);
    expect(await tried.go(`${hub.url}/auth/callback?state=x&code=x`)).toMatchObject(refused('too-many-failures'));
    expect(await desk.signedIn(pat)).toBeDefined();
    await desk.age('auth_failure', 'window_ends_at', '16 minutes');
    expect(await tried.go(`${hub.url}/auth/callback?state=x&code=x`)).toMatchObject(refused('foreign-answer'));
  });
});
