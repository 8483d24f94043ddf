import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { waitFor } from '@switchboard/testing';
import type { Request, Response } from 'express';
import { sql } from 'kysely';
import { createSessions } from '../../auth/sessions.ts';
import { createCookies } from '../../http/console/cookies.ts';
import { consoleViewer } from '../../http/console/viewer.ts';
import { createLog } from '../../log/index.ts';
import { authorizeAtTwenty, type Browser } from './browser.ts';
import { ADMIN, type Desk, openDesk, path, type Person } from './desk.ts';

const KEY = `switchboard-session-${TEST_TENANT}`;
let hub: TestHub;
let desk: Desk;
let pat: Person;
let browser: Browser;

beforeAll(async () => {
  hub = await startTestHub();
  desk = openDesk(hub);
  await hub.hub.admin.auth.policies.change(hub.tenantId, { requireTwoFactor: false }, 'test');
}, 120_000);
afterAll(async () => await hub?.close());
beforeEach(async () => {
  hub.twenty.faults.clear();
  await sql`delete from auth_session`.execute(hub.hub.database.db);
  pat = await desk.join('Agent');
  browser = await desk.signedIn(pat);
});

const me = async (one = browser) => await one.ask(path('/me'));
const code = async (one = browser) => ((await me(one)).json() as { error?: { code: string } }).error?.code;
/** The roster is as old as it may be before Twenty is asked again. */
const later = async (interval = '41 seconds') => await desk.age('workspace_roster', 'read_at', interval);
const remove = async () => await hub.twenty.removeMember({ workspaceId: hub.workspaceId, ...pat });

describe('a session', () => {
  test('ends after hours without a person, and after its longest time whatever happens', async () => {
    await desk.age('auth_session', 'seen_at', '7 hours');
    expect((await me()).status).toBe(200);
    await desk.age('auth_session', 'seen_at', '8 hours 1 minute');
    expect(await code()).toBe('session-idle');
    expect(browser.cookies.has(KEY)).toBe(false);
    browser = await desk.signedIn(pat);
    await desk.age('auth_session', 'expires_at', '16 hours');
    expect(await code()).toBe('session-expired');
  });

  test('is kept awake by a person, and not by a page that asks again by itself', async () => {
    const page = async () => await browser.ask(path('/me'), { headers: { 'x-unattended': '1' } });
    const key = browser.cookies.get(KEY);
    await desk.age('auth_session', 'seen_at', '5 hours');
    await desk.age('auth_session', 'rotated_at', '16 minutes');
    expect((await page()).status).toBe(200);
    expect(browser.cookies.get(KEY)).toBe(key);
    await desk.age('auth_session', 'seen_at', '2 hours');
    expect((await me()).status).toBe(200);
    expect(browser.cookies.get(KEY)).not.toBe(key);
    await desk.age('auth_session', 'seen_at', '7 hours');
    expect((await page()).status).toBe(200);
    await desk.age('auth_session', 'seen_at', '1 hour 1 minute');
    expect((await page()).status).toBe(401);
    expect(await code()).toBe('session-idle');
  });

  test('gets a new key now and then; requests on their way with the old one still arrive', async () => {
    const old = browser.cookies.get(KEY);
    await desk.age('auth_session', 'rotated_at', '16 minutes');
    const tabs = await Promise.all([me(), me(), me()]);
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(tabs.filter(({ headers }) => headers.getSetCookie().length > 0)).toHaveLength(1);
    expect(browser.cookies.get(KEY)).not.toBe(old);
    expect((await me()).status).toBe(200);
    const late = desk.browser();
    late.cookies.set(KEY, String(old));
    expect((await me(late)).status).toBe(200);
  });

  test('survives that the answer with the new key is lost', async () => {
    const old = String(browser.cookies.get(KEY));
    await desk.age('auth_session', 'rotated_at', '16 minutes');
    await me();
    browser.cookies.set(KEY, old);
    await desk.age('auth_session', 'next_at', '61 seconds');
    expect((await me()).status).toBe(200);
    expect(browser.cookies.get(KEY)).not.toBe(old);
    expect((await me()).status).toBe(200);
  });

  test('is ended for everybody when a key is used that was replaced long ago', async () => {
    const old = String(browser.cookies.get(KEY));
    await desk.age('auth_session', 'rotated_at', '16 minutes');
    await me();
    await me();
    await desk.age('auth_session', 'previous_until', '2 minutes');
    const thief = desk.browser();
    thief.cookies.set(KEY, old);
    expect(await code(thief)).toBe('session-reused');
    expect(await code()).toBe('session-ended');
  });

  test('is listed, ended one by one, and everywhere at once', async () => {
    const phone = await desk.signedIn(pat, desk.browser('Telephone'));
    const tablet = await desk.signedIn(pat, desk.browser('Tablet'));
    const { sessions } = (await browser.ask(path('/sessions'))).json() as {
      sessions: { id: string; userAgent: string; isCurrent: boolean }[];
    };
    expect(sessions.map(({ userAgent, isCurrent }) => [userAgent, isCurrent]).toSorted()).toEqual([
      ['Tablet', false],
      ['Telephone', false],
      ['Test browser', true],
    ]);
    const ofPhone = sessions.find(({ userAgent }) => userAgent === 'Telephone')?.id;
    expect((await browser.ask(path(`/sessions/${ofPhone}`), { method: 'DELETE' })).status).toBe(200);
    expect(await code(phone)).toBe('session-ended');
    expect((await me(tablet)).status).toBe(200);
    const out = await browser.ask(path('/sign-out'), { method: 'POST', body: { everywhere: true } });
    expect(out.json()).toEqual({ count: 2 });
    expect(browser.cookies.has(KEY)).toBe(false);
    expect(await code(tablet)).toBe('session-ended');
  });

  test('ends with signing out, also for whoever kept the key', async () => {
    const copy = desk.browser();
    copy.cookies.set(KEY, String(browser.cookies.get(KEY)));
    await browser.ask(path('/sign-out'), { method: 'POST', body: {} });
    expect(await code(copy)).toBe('session-ended');
  });

  test("of somebody else cannot be ended or seen, and a stranger's key opens nothing", async () => {
    const other = await desk.signedIn(await desk.join());
    const { sessions } = (await other.ask(path('/sessions'))).json() as { sessions: { id: string }[] };
    expect((await browser.ask(path(`/sessions/${sessions[0]?.id}`), { method: 'DELETE' })).status).toBe(404);
    expect((await me(other)).status).toBe(200);
    const stranger = desk.browser();
    stranger.cookies.set(KEY, 'A'.repeat(43));
    expect(await code(stranger)).toBe('signed-out');
  });
});

describe('a member', () => {
  test('who was removed in Twenty is signed out within a minute', async () => {
    await remove();
    await later();
    expect(await code()).toBe('removed');
    expect(browser.cookies.has(KEY)).toBe(false);
  });

  test('who was given another role has its rights within a minute', async () => {
    const permissions = async () => ((await me()).json() as { permissions?: string[] }).permissions;
    expect(await permissions()).toContain('malfunctions.manage');
    const role = await desk.roleId('Member');
    const change = 'mutation($m:UUID!,$r:UUID!){updateWorkspaceMemberRole(workspaceMemberId:$m,roleId:$r){id}}';
    await desk.inTwenty(ADMIN, change, { m: pat.workspaceMemberId, r: role });
    await later();
    expect(await permissions()).toEqual(['calls.make', 'recordings.listen']);
  });

  test('stays while Twenty is down for a quarter of an hour, and no longer', async () => {
    hub.twenty.faults.set({ kind: 'down' });
    await later();
    expect((await me()).status).toBe(200);
    await later('15 minutes');
    expect(await code()).toBe('upstream');
    hub.twenty.faults.clear();
    // The session was not ended: who may come back goes on where he was, once Twenty is asked again.
    await waitFor('the roster', async () => (await me()).status === 200);
  });

  test('sees what happens now until the session ends, also after its key was replaced', async () => {
    const request = { headers: { cookie: `${KEY}=${browser.cookies.get(KEY)}` } } as Request;
    const { admin, crm } = hub.hub;
    const cookies = createCookies(hub.url, 16);
    const identify = consoleViewer({ admin, crm, cookies }, TEST_TENANT, {} as Response);
    expect(await identify(request)).toMatchObject({ tenantId: hub.tenantId, memberId: pat.workspaceMemberId });
    await desk.age('auth_session', 'rotated_at', '16 minutes');
    await me();
    await me();
    await desk.age('auth_session', 'previous_until', '2 minutes');
    expect(await identify(request)).toMatchObject({ memberId: pat.workspaceMemberId });
    await browser.ask(path('/sign-out'), { method: 'POST', body: {} });
    await expect(identify(request)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('another process of the hub', () => {
  const signal = AbortSignal.timeout(600_000);
  const token = (one = browser) => String(one.cookies.get(KEY));
  const log = createLog({ level: 'error', format: 'json' });
  /** As the sessions of a process that has heard nothing of what this one does. */
  const otherProcess = () => {
    const { admin, database } = hub.hub;
    const times = { idleMinutes: 480, longestHours: 16 };
    return createSessions({ db: database.db, roster: admin.auth.roster, times, log });
  };

  test('knows at the next request who signed out, in one browser and everywhere', async () => {
    const other = otherProcess();
    const phone = await desk.signedIn(pat);
    const [ownKey, phoneKey] = [token(), token(phone)];
    expect(await other.resume(TEST_TENANT, ownKey, true, signal)).toMatchObject({
      who: { member: { email: pat.email } },
    });
    const { who } = (await other.resume(TEST_TENANT, phoneKey, true, signal)) ?? {};
    await browser.ask(path('/sign-out'), { method: 'POST', body: {} });
    await expect(other.resume(TEST_TENANT, ownKey, true, signal)).rejects.toMatchObject({ code: 'session-ended' });
    await phone.ask(path('/sign-out'), { method: 'POST', body: { everywhere: true } });
    await expect(other.resume(TEST_TENANT, phoneKey, true, signal)).rejects.toMatchObject({ code: 'session-ended' });
    await expect(other.recheck(hub.tenantId, String(who?.sessionId), signal)).rejects.toMatchObject({
      code: 'session-ended',
    });
  });

  test('knows at the next request what a role may do since, and that the tenant is not served', async () => {
    const other = otherProcess();
    const { admin } = hub.hub;
    const may = async () => (await other.resume(TEST_TENANT, token(), true, signal))?.who.member.role.permissions;
    expect((await may())?.has('calls.make')).toBe(true);
    const { version } = await admin.auth.matrices.get(hub.tenantId);
    const change = { roleId: await desk.roleId('Agent'), permission: 'calls.make' } as const;
    await admin.auth.matrices.change(hub.tenantId, version, [{ ...change, granted: false }], 'test');
    expect((await may())?.has('calls.make')).toBe(false);
    await admin.auth.matrices.change(hub.tenantId, version + 1, [{ ...change, granted: true }], 'test');
    await admin.tenants.suspend(TEST_TENANT, 'test');
    expect(await may()).toBeUndefined();
    await admin.tenants.resume(TEST_TENANT, 'test');
    expect((await may())?.has('calls.make')).toBe(true);
  });

  test('takes nobody for somebody else of those who ask at the same moment', async () => {
    const sam = await desk.join('Member', 'Sam');
    const samBrowser = await desk.signedIn(sam);
    const asked = [token(), token(samBrowser), token(), 'A'.repeat(43), token(samBrowser)];
    const other = otherProcess();
    const found = await Promise.allSettled(
      asked.map(async (key) => (await other.resume(TEST_TENANT, key, true, signal))?.who.member.email),
    );
    expect(found.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code))).toEqual([
      pat.email,
      sam.email,
      pat.email,
      'signed-out',
      sam.email,
    ]);
  });
});

describe('other sites', () => {
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another host of the domain', { 'sec-fetch-site': 'same-site' }],
    ['a form opened by a link', { 'sec-fetch-site': 'none' }],
    ['an old browser on another page', { 'sec-fetch-site': '', origin: 'https://evil.example.com' }],
    ['a frame without an origin', { 'sec-fetch-site': '', origin: 'null' }],
    ['something that does not say where it comes from', { 'sec-fetch-site': '' }],
  ];

  test.each(attempts)('cannot act for the member: %s', async (_who, given) => {
    const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const response = await fetch(`${hub.url}${path('/sign-out')}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', cookie: `${KEY}=${browser.cookies.get(KEY)}`, ...headers },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'cross-site' } });
    expect((await me()).status).toBe(200);
  });

  test('an old browser on our own page can', async () => {
    const response = await fetch(`${hub.url}${path('/sign-out')}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', cookie: `${KEY}=${browser.cookies.get(KEY)}`, origin: hub.url },
    });
    expect(response.status).toBe(200);
  });

  test('may not read, frame or script pages of the console', async () => {
    const page = await browser.go(`${hub.url}/console/`);
    const policy = String(page.headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}'/);
    expect(policy).not.toContain('unsafe');
    const again = await browser.go(`${hub.url}/console/`);
    expect(again.headers.get('content-security-policy')).not.toBe(policy);
  });
});

describe('two workspaces in one browser', () => {
  test('are open at once, each with its own session, and tell nothing of each other', async () => {
    const { admin } = hub.hub;
    await admin.tenants.create({ slug: 'globex', name: 'Globex', country: 'NL' }, 'test');
    const globex = await hub.twenty.createWorkspace({
      name: 'Globex',
      subdomain: 'globex',
      admin: { email: 'gus@example.org', password: 'password-1', firstName: 'Gus', lastName: 'Other' },
    });
    const door = { url: hub.twenty.url, apiKey: globex.apiKey };
    await admin.crm.connect('globex', door, 'test', AbortSignal.timeout(60_000));
    const { id } = await admin.tenants.get('globex');
    await admin.auth.policies.change(id, { requireTwoFactor: false }, 'test');

    // Not there, and there but not signed in: the same answer.
    const [unknown, closed] = await Promise.all(['nowhere', 'globex'].map((slug) => browser.ask(path('/me', slug))));
    expect([unknown?.status, unknown?.text]).toEqual([closed?.status, closed?.text]);
    const strangers = await desk.browser().ask('/console/v1/sign-in');
    expect(strangers.json()).toEqual({ workspaces: [] });

    const { location = '' } = await browser.go(`${hub.url}/auth/sign-in?workspace=globex`);
    await browser.go(await authorizeAtTwenty(location, { email: 'gus@example.org', password: 'password-1' }));
    expect((await browser.ask(path('/me', 'globex'))).json()).toMatchObject({ member: { email: 'gus@example.org' } });
    expect((await me()).json()).toMatchObject({ member: { email: pat.email } });
    expect((await browser.ask('/console/v1/sign-in')).json()).toMatchObject({
      workspaces: [
        { slug: TEST_TENANT, name: 'Acme', isSignedIn: true },
        { slug: 'globex', name: 'Globex', isSignedIn: true },
      ],
    });

    // Gus is Admin in Globex, and nothing in Acme: neither his key nor the ids of one are of use in the other.
    const mixed = desk.browser();
    mixed.cookies.set(KEY, String(browser.cookies.get('switchboard-session-globex')));
    // Asked at once, the same key still opens the one and not the other.
    mixed.cookies.set(KEY, String(browser.cookies.get('switchboard-session-globex')));
    mixed.cookies.set('switchboard-session-globex', String(browser.cookies.get('switchboard-session-globex')));
    const both = await Promise.all([code(mixed), mixed.ask(path('/me', 'globex'))]);
    expect([both[0], both[1].status]).toEqual(['signed-out', 200]);
    const roleOfAcme = await desk.roleId('Agent');
    const members = await browser.ask(path(`/roles/${roleOfAcme}/members`, 'globex'));
    expect(members.json()).toEqual({ members: [] });
    expect((await browser.ask(path('/permissions'))).status).toBe(403);
    expect((await browser.ask(path('/permissions', id))).status).toBe(200);

    await browser.ask(path('/sign-out', 'globex'), { method: 'POST', body: {} });
    expect((await me()).status).toBe(200);
    expect((await browser.ask(path('/me', 'globex'))).status).toBe(401);
  });
});
