import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { definePlugin, defineTopic, live } from '@switchboard/core/contract';
import { openLive } from '@switchboard/core/live-client';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { endpoints } from '../../http/api/index.ts';
import { authorizeAtTwenty, type Browser } from './browser.ts';
import { ADMIN, type Desk, openDesk, path, type Person } from './desk.ts';

const pings = defineTopic('pings', z.object({ text: z.string() }));

/** A plugin with a door that not everybody may use. */
const plugin = definePlugin({
  id: 'sample',
  contract: 1,
  name: 'Sample',
  summary: 'Makes calls.',
  config: z.object({}),
  topics: [pings],
  memberRoutes: [
    {
      method: 'POST',
      path: '/call',
      summary: 'Calls',
      permission: 'calls.make',
      handle: async (_context, { member, headers, may }) => ({
        body: {
          calledBy: member.email,
          isImporter: await may('data.import'),
          hasCookie: headers['cookie'] !== undefined,
        },
      }),
    },
    {
      method: 'POST',
      path: '/ping',
      summary: 'Shows something',
      handle: async ({ commit }) => {
        await commit({ live: [live(pings, 'one', { text: 'Hello' })] });
        return { body: {} };
      },
    },
    {
      method: 'GET',
      path: '/people',
      summary: 'Reads',
      handle: async (_c, { crm }) => ({ body: { n: await crm.count('person') } }),
    },
  ],
  routes: [
    {
      method: 'GET',
      path: '/template',
      summary: 'For admins',
      audience: 'operator',
      handle: async () => ({ body: { is: 'template' } }),
    },
    {
      method: 'GET',
      path: '/letters',
      summary: 'For admins who may more',
      audience: 'operator',
      permission: 'mail.see-all',
      handle: async () => ({ body: { is: 'letters' } }),
    },
  ],
  check: async () => [],
});

let hub: TestHub;
let desk: Desk;
let agent: Person;
let admin: Browser;
let atDesk: Browser;

beforeAll(async () => {
  hub = await startTestHub({ plugins: [plugin] });
  desk = openDesk(hub);
  await hub.hub.admin.auth.policies.change(hub.tenantId, { requireTwoFactor: false }, 'test');
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'sample', {}, 'test');
  agent = await desk.join('Agent');
  [admin, atDesk] = [await desk.signedIn(ADMIN), await desk.signedIn(agent)];
}, 120_000);
afterAll(async () => await hub?.close());

interface Matrix {
  version: number;
  permissions: { name: string }[];
  roles: {
    id: string;
    label: string;
    members: number;
    isFixed: boolean;
    permissions: string[];
    defaults: string[];
    objects: object;
    changes: object;
  }[];
}
const matrix = async (one = admin) => (await one.ask(path('/permissions'))).json() as Matrix;
const role = async (label: string) => (await matrix()).roles.find((one) => one.label === label);
const change = async (version: number, ...changes: object[]) =>
  await admin.ask(path('/permissions'), { method: 'PATCH', body: { version, changes } });
const call = async (one = atDesk) => await one.ask(path('/plugins/sample/member/call'), { method: 'POST' });

describe('the matrix', () => {
  test('has the roles of the workspace with sensible defaults, and what each may read in Twenty', async () => {
    const { roles } = await matrix();
    const held = Object.fromEntries(roles.map(({ label, permissions }) => [label, permissions]));
    expect(Object.keys(held).toSorted()).toEqual(['Admin', 'Agent', 'Desk admin', 'Member', 'Team lead']);
    expect(held['Agent']).toEqual(['calls.make', 'recordings.listen', 'malfunctions.manage']);
    expect(held['Member']).toEqual(['calls.make', 'recordings.listen']);
    expect(held['Team lead']).toContain('mail.see-all');
    expect(held['Desk admin']).toContain('plugins.manage');
    expect(held['Desk admin']).not.toContain('permissions.manage');
    expect(held['Admin']).toHaveLength(13);
    expect(await role('Agent')).toMatchObject({ members: 1, isFixed: false, objects: { person: 'all' } });
    expect((await role('Agent'))?.objects).not.toHaveProperty('caseMessage');
    expect((await role('Agent'))?.changes).toMatchObject({ serviceCase: ['update'], contract: [], caseEntry: [] });
    expect((await role('Admin'))?.changes).toMatchObject({ person: ['update', 'delete', 'destroy'] });
  });

  test('offers only what opens something: of the hub, and of a plugin as long as it is enabled', async () => {
    const offered = async () => (await matrix()).permissions.map(({ name }) => name);
    const ofHub = [
      'data.export',
      'plugins.manage',
      'operations.see',
      'operations.manage',
      'audit.see',
      'security.manage',
      'permissions.manage',
    ];
    expect(await offered()).toEqual(['calls.make', 'mail.see-all', ...ofHub]);
    await hub.hub.admin.plugins.disable(TEST_TENANT, 'sample', 'test');
    expect(await offered()).toEqual(ofHub);
    await hub.hub.admin.plugins.enable(TEST_TENANT, 'sample', {}, 'test');
    const asked = new Set(
      endpoints.flatMap(({ access }) => (access === undefined || access === 'member' ? [] : [access])),
    );
    expect([...asked].filter((name) => !ofHub.includes(name))).toEqual([]);
  });

  test('is for those who may, and for the operator', async () => {
    const refused = await atDesk.ask(path('/permissions'));
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ error: { code: 'forbidden', field: 'permissions.manage' } });
    expect((await hub.api('GET', `/tenants/${TEST_TENANT}/permissions`)).status).toBe(200);
    expect((await atDesk.ask(path('/jobs'))).json()).toMatchObject({ error: { field: 'operations.see' } });
    expect((await admin.ask(path('/jobs'))).status).toBe(200);
    expect((await admin.ask(path('/jobs', 'other'))).status).toBe(401);
  });

  test('is changed by one of two who change it at once, at once for everybody, and noted', async () => {
    const { version } = await matrix();
    const roleId = String((await role('Agent'))?.id);
    const answers = await Promise.all([
      change(version, { roleId, permission: 'calls.make', granted: false }),
      change(version, { roleId, permission: 'data.import', granted: true }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const next = await matrix();
    await change(next.version, { roleId, permission: 'calls.make', granted: false });
    expect((await call()).status).toBe(403);
    const { entries } = (await admin.ask(path('/permissions/log'))).json() as { entries: object[] };
    expect(entries[0]).toMatchObject({
      actor: ADMIN.email,
      details: { changes: [{ role: 'Agent', permission: 'calls.make', granted: false }] },
    });
    await change((await matrix()).version, { roleId, permission: 'calls.make', granted: true });
    expect((await call()).status).toBe(200);
  });

  test('takes all changes or none, leaves Admin alone, and knows no foreign roles', async () => {
    const { version } = await matrix();
    const own = { roleId: String((await role('Member'))?.id), permission: 'data.export', granted: true };
    const ofAdmin = { roleId: String((await role('Admin'))?.id), permission: 'audit.see', granted: false };
    expect((await change(version, own, ofAdmin)).status).toBe(409);
    expect((await change(version, own, { ...own, roleId: '11111111-1111-4111-8111-111111111111' })).status).toBe(404);
    expect((await change(version, { ...own, permission: 'everything' })).status).toBe(400);
    expect((await role('Member'))?.permissions).not.toContain('data.export');
    expect((await matrix()).version).toBe(version);
  });

  test('names the members of a role', async () => {
    const answer = await admin.ask(path(`/roles/${(await role('Agent'))?.id}/members`));
    expect(answer.json()).toEqual({
      members: [{ id: agent.workspaceMemberId, name: 'Pat Example', email: agent.email }],
    });
  });
});

describe('doors of plugins', () => {
  test('ask for the permission inside Twenty as well as in the console', async () => {
    const token = await frontComponentToken({ url: hub.twenty.url, ...agent });
    const inPanel = async () =>
      (
        await fetch(`${hub.url}/panel/v1/plugins/sample/call`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect([await inPanel(), (await call()).status]).toEqual([200, 200]);
    const roleId = String((await role('Agent'))?.id);
    await change((await matrix()).version, { roleId, permission: 'calls.make', granted: false });
    expect([await inPanel(), (await call()).status]).toEqual([403, 403]);
    await change((await matrix()).version, { roleId, permission: 'calls.make', granted: true });
  });

  test('tell who it is and what else he may, and pass no key on', async () => {
    expect((await call(admin)).json()).toEqual({ calledBy: ADMIN.email, isImporter: true, hasCookie: false });
  });

  test('of the operator are open to those who manage plugins', async () => {
    const template = path('/plugins/sample/doors/template');
    expect((await admin.ask(template)).json()).toEqual({ is: 'template' });
    expect((await atDesk.ask(template)).status).toBe(403);
    expect((await desk.browser().ask(template)).status).toBe(401);
  });

  test('opens such a door to who manages plugins only with what the door asks for beside', async () => {
    const letters = path('/plugins/sample/doors/letters');
    const roleId = String((await role('Agent'))?.id);
    await change((await matrix()).version, { roleId, permission: 'plugins.manage', granted: true });
    expect((await atDesk.ask(path('/plugins/sample/doors/template'))).status).toBe(200);
    const refused = await atDesk.ask(letters);
    expect([refused.status, refused.json()]).toMatchObject([403, { error: { field: 'mail.see-all' } }]);
    expect((await admin.ask(letters)).status).toBe(200);
    expect((await hub.api('GET', `/tenants/${TEST_TENANT}/plugins/sample/doors/letters`)).status).toBe(200);
    await change((await matrix()).version, { roleId, permission: 'plugins.manage', granted: false });
  });
});

test('what happens now is shown to whom the session belongs, and to nobody else', async () => {
  const follow = (browser: Browser, states: string[]) =>
    openLive<{ pings: { text: string } }>({
      url: `${hub.url}${path('/live')}`,
      topics: ['pings'],
      headers: () => ({ cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') }),
      onState: (state) => void states.push(state.kind),
    });
  const refusals: string[] = [];
  const [own, stranger] = [follow(atDesk, []), follow(desk.browser(), refusals)];
  await atDesk.ask(path('/plugins/sample/member/ping'), { method: 'POST' });
  await waitFor('the ping', () => own.items('pings').get('one')?.text === 'Hello');
  await waitFor('the refusal', () => refusals.some((kind) => kind !== 'connecting'));
  expect(stranger.items('pings').size).toBe(0);
  await Promise.all([own.close(), stranger.close()]);
});

describe("the operator's doors in the console", () => {
  test('work for members by permission, under their own names', async () => {
    const paused = await admin.ask(path('/plugins/sample/pause'), { method: 'POST', body: { reason: 'Lunch.' } });
    expect(paused.json()).toMatchObject({ state: 'paused', detail: 'Lunch.' });
    await admin.ask(path('/plugins/sample/enable'), { method: 'POST', body: {} });
    const { entries } = (await admin.ask(path('/audit?limit=5'))).json() as {
      entries: { actor: string; action: string }[];
    };
    expect(entries.find(({ action }) => action === 'plugin.pause')?.actor).toBe(ADMIN.email);
    for (const door of [
      '/plugins',
      '/deliveries',
      '/dead-letters',
      '/audit',
      '/crm/status',
      '/sign-ins',
      '/two-factor',
    ])
      expect([door, (await atDesk.ask(path(door))).status, (await admin.ask(path(door))).status]).toEqual([
        door,
        403,
        200,
      ]);
  });

  test('give the audit log as a file to who may export and see it, and note that it went', async () => {
    const roleId = String((await role('Agent'))?.id);
    const file = path('/audit/file?action=plugin.pause&language=de');
    await change((await matrix()).version, { roleId, permission: 'data.export', granted: true });
    expect((await atDesk.ask(file)).json()).toMatchObject({ error: { field: 'audit.see' } });
    await change(
      (await matrix()).version,
      { roleId, permission: 'data.export', granted: false },
      { roleId, permission: 'audit.see', granted: true },
    );
    expect((await atDesk.ask(file)).json()).toMatchObject({ error: { field: 'data.export' } });
    await change((await matrix()).version, { roleId, permission: 'audit.see', granted: false });
    const { text } = await admin.ask(file);
    const [head, line] = text.split('\r\n');
    expect(head).toMatch(/Eintrag;Wann \(Europe\/Amsterdam\);Wer;Handlung;/);
    expect(line).toContain(`;${ADMIN.email};plugin.pause;`);
    const noted = (await admin.ask(path('/audit?action=list.exported'))).json() as { entries: object[] };
    expect(noted.entries).toMatchObject([
      { actor: ADMIN.email, subject: 'list/audit', details: { rows: 1, isWhole: true } },
    ]);
  });

  test('that are the operator alone are closed to every member', async () => {
    const body = { url: 'https://evil.example.com', apiKey: 'x' };
    expect((await admin.ask(path('/crm'), { method: 'PUT', body })).status).toBe(403);
    expect((await admin.ask(path(`?confirm=${TEST_TENANT}`), { method: 'DELETE' })).status).toBe(403);
    expect((await admin.ask('/console/v1/tenants')).status).toBe(401);
  });
});

describe('viewing as another role', () => {
  test('shows less and changes nothing, until it is ended', async () => {
    const roleId = String((await role('Agent'))?.id);
    expect((await admin.ask(path('/view'), { method: 'PUT', body: { roleId } })).status).toBe(200);
    const me = (await admin.ask(path('/me'))).json();
    expect(me).toMatchObject({ role: { label: 'Admin' }, viewing: { label: 'Agent' } });
    expect((me as { permissions: string[] }).permissions).not.toContain('plugins.manage');
    expect((await admin.ask(path('/plugins'))).status).toBe(403);
    const denied = await call(admin);
    expect(denied.json()).toMatchObject({ error: { code: 'forbidden', field: 'view' } });
    expect((await admin.ask(path('/plugins/sample/member/people'))).status).toBe(200);
    expect((await admin.ask(path('/view'), { method: 'DELETE' })).status).toBe(200);
    expect((await admin.ask(path('/plugins'))).status).toBe(200);
  });

  test('ends by itself after half an hour, and shows nobody more than the own role', async () => {
    const member = String((await role('Member'))?.id);
    await admin.ask(path('/view'), { method: 'PUT', body: { roleId: member } });
    await desk.age('auth_session', 'view_until', '31 minutes');
    expect((await admin.ask(path('/me'))).json()).toMatchObject({ viewing: null });

    const roleId = String((await role('Agent'))?.id);
    await change((await matrix()).version, { roleId, permission: 'permissions.manage', granted: true });
    // Agents may not read messages in Twenty; as Admin they would.
    const upwards = await atDesk.ask(path('/view'), { method: 'PUT', body: { roleId: (await role('Admin'))?.id } });
    expect(upwards.status).toBe(403);
    await change((await matrix()).version, { roleId, permission: 'permissions.manage', granted: false });
  });
});

describe("a member's role in Twenty", () => {
  const give = async (browser: Browser, to: string) =>
    await browser.ask(path(`/members/${agent.workspaceMemberId}/role`), {
      method: 'PUT',
      body: { roleId: String((await role(to))?.id), returnTo: '/console/roles' },
    });

  test('is changed with a token that the admin gives for this one thing', async () => {
    const { location } = (await give(admin, 'Team lead')).json() as { location: string };
    const back = await admin.go(await authorizeAtTwenty(location, ADMIN));
    expect(back).toMatchObject({ status: 302, location: '/console/roles' });
    expect((await atDesk.ask(path('/me'))).json()).toMatchObject({ role: { label: 'Team lead' } });
    const { entries } = (await admin.ask(path('/audit?action=twenty.change-role'))).json() as { entries: object[] };
    expect(entries[0]).toMatchObject({ actor: ADMIN.email, subject: `member/${agent.workspaceMemberId}` });
  });

  test('is not changed by whom Twenty does not allow it, nor with the account of somebody else', async () => {
    const roleId = String((await role('Team lead'))?.id);
    await change((await matrix()).version, { roleId, permission: 'permissions.manage', granted: true });
    const own = (await give(atDesk, 'Admin')).json() as { location: string };
    const refused = await atDesk.go(await authorizeAtTwenty(own.location, agent));
    // Still signed in, so back to the page and not to the entrance.
    expect(refused.location).toBe('/console/roles?refused=deed-refused');
    const borrowed = (await give(atDesk, 'Admin')).json() as { location: string };
    const answer = await atDesk.go(await authorizeAtTwenty(borrowed.location, ADMIN));
    expect(answer.location).toBe('/console/roles?refused=other-member');
    expect((await atDesk.ask(path('/me'))).json()).toMatchObject({ role: { label: 'Team lead' } });
  });
});
