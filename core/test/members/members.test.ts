import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT } from '@switchboard/testing/hub';
import type { TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';
import { createMembers } from '../../members/index.ts';
import type { Members } from '../../members/index.ts';
import { createTurnstile } from '../../members/turnstile.ts';

let hub: TestHub;
let members: Members;
let token: string;
let login: { url: string; email: string; password: string };
let clock: { now: () => number };
let waitedMs: number;
let questions: number;
let logged: string[];
const { signal } = new AbortController();

beforeAll(async () => {
  hub = await startTestHub();
}, 120_000);
afterAll(() => hub.close());

beforeEach(async () => {
  hub.twenty.faults.clear();
  waitedMs = 0;
  questions = 0;
  logged = [];
  clock = { now: () => Date.now() + waitedMs };
  const log = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const { crm } = hub.hub;
  members = createMembers({
    tenants: hub.hub.admin.tenants,
    crm: {
      ...crm,
      whoIs: (...question) => {
        questions += 1;
        return crm.whoIs(...question);
      },
    },
    log: { debug: log, info: log, warn: log, error: log },
    clock,
  });
  login = { url: hub.twenty.url, email: `pat-${randomUUID()}@example.com`, password: 'password-1' };
});

/** Somebody new, with a token as a front component of our app gets it. */
async function join(firstName = 'Pat') {
  const member = await hub.twenty.createMember({
    workspaceId: hub.workspaceId,
    firstName,
    lastName: 'Example',
    ...login,
  });
  token = await frontComponentToken(login);
  return member;
}

const identify = (given: string | undefined = token) => members.identify(given, signal);
const refusal = (words: string) => ({
  code: 'unauthorized',
  message: expect.stringContaining(words),
  remedy: expect.any(String),
});
const roleId = async (label: string): Promise<string> => {
  const { getRoles } = (await hub.crm.metadata('{getRoles{id label}}')) as {
    getRoles: { id: string; label: string }[];
  };
  return String(getRoles.find((role) => role.label === label)?.id);
};

describe('a member', () => {
  test('is told by the token of a front component, and may read what the role may', async () => {
    const { userId, workspaceMemberId } = await join();
    const member = await identify();
    expect(member).toEqual({
      tenant: expect.objectContaining({ id: hub.tenantId, slug: TEST_TENANT }),
      workspaceMemberId,
      userId,
      email: login.email,
      name: 'Pat Example',
      locale: expect.any(String),
      roleId: await roleId('Member'),
    });
    const reader = hub.hub.crm.readerFor(member.tenant.id, { roleId: member.roleId });
    expect(await reader.count('person')).toBe(0);
    expect((await reader.view()).readable.includes('person')).toBe(true);
  });

  test('is asked about every 40 seconds, however many requests come', async () => {
    await join();
    await Promise.all([identify(), identify(), identify()]);
    waitedMs += 39_000;
    await identify();
    expect(questions).toBe(1);
    waitedMs += 2000;
    await identify();
    expect(questions).toBe(2);
  });

  test('has the new role within a minute', async () => {
    const { workspaceMemberId } = await join();
    await identify();
    const { createOneRole } = (await hub.crm.metadata(
      'mutation($i:CreateRoleInput!){createOneRole(createRoleInput:$i){id}}',
      { i: { label: `Lead ${randomUUID()}`, canReadAllObjectRecords: false } },
    )) as { createOneRole: { id: string } };
    await asAdmin('mutation($w:UUID!,$r:UUID!){updateWorkspaceMemberRole(workspaceMemberId:$w,roleId:$r){id}}', {
      w: workspaceMemberId,
      r: createOneRole.id,
    });
    waitedMs += 41_000;
    const member = await identify();
    expect(member.roleId).toBe(createOneRole.id);
    // The hub reads a role that it does not know at once, so that the member is not refused for what the hub has missed.
    const reader = hub.hub.crm.readerFor(member.tenant.id, member);
    expect((await reader.view()).readable.includes('person')).toBe(false);
    expect((await reader.view()).readable.includes('attachment')).toBe(true);
  });

  test('who was removed is refused within a minute', async () => {
    const { workspaceMemberId } = await join();
    await identify();
    await hub.twenty.removeMember({ workspaceId: hub.workspaceId, workspaceMemberId });
    waitedMs += 61_000;
    await expect(identify()).rejects.toMatchObject(refusal('does not accept'));
  });

  test('is refused once the token has expired, without asking Twenty', async () => {
    await join();
    await identify();
    waitedMs += 31 * 60_000;
    await expect(identify()).rejects.toMatchObject(refusal('has expired'));
    expect(questions).toBe(1);
  });

  test('is known after the app was installed anew', async () => {
    await join();
    await sql`update crm_access set application_id = ${randomUUID()} where tenant_id = ${hub.tenantId}`.execute(
      hub.hub.database.db,
    );
    expect(await identify()).toMatchObject({ email: login.email });
  });
});

describe('refused is', () => {
  test.each([
    ['no token', undefined, 'No token'],
    ['an empty one', '', 'No token'],
    ['something else', 'not.a.token', 'not a token of Twenty'],
    ['something huge', 'x'.repeat(100_000), 'not a token of Twenty'],
  ])('%s', async (_what, given, words) => {
    await expect(members.identify(given, signal)).rejects.toMatchObject(refusal(words));
    expect(questions).toBe(0);
  });

  test('a token that somebody made up, asked about once', async () => {
    await join();
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`;
    for (let time = 0; time < 3; time += 1) {
      await expect(identify(forged)).rejects.toMatchObject(refusal('does not accept'));
    }
    expect(questions).toBe(1);
  });

  test('a token of the application itself, which stands for nobody', async () => {
    const { findManyApplications } = (await hub.crm.metadata('{findManyApplications{id name}}')) as {
      findManyApplications: { id: string; name: string }[];
    };
    const own = findManyApplications.find(({ name }) => name === 'Switchboard');
    const { generateApplicationToken } = (await hub.crm.metadata(
      'mutation($id:UUID!){generateApplicationToken(applicationId:$id){applicationAccessToken{token}}}',
      { id: own?.id },
    )) as { generateApplicationToken: { applicationAccessToken: { token: string } } };
    const { token: ofNobody } = generateApplicationToken.applicationAccessToken;
    await expect(identify(ofNobody)).rejects.toMatchObject(refusal('does not accept'));
  });

  test("a member's own session, which was not made for the hub", async () => {
    await join();
    await expect(identify(await sessionOf(login))).rejects.toMatchObject(refusal('not made for the Switchboard app'));
  });

  test('a workspace that is not connected', async () => {
    await join();
    const [head, body, tail] = token.split('.');
    const claims = JSON.parse(Buffer.from(String(body), 'base64url').toString()) as object;
    const moved = Buffer.from(JSON.stringify({ ...claims, workspaceId: randomUUID() })).toString('base64url');
    await expect(identify([head, moved, tail].join('.'))).rejects.toMatchObject(refusal('not connected'));
    expect(questions).toBe(0);
  });

  test('a workspace of a suspended tenant, at once', async () => {
    await join();
    await identify();
    await hub.hub.admin.tenants.suspend(TEST_TENANT, 'test');
    try {
      await expect(identify()).rejects.toMatchObject(refusal('does not serve'));
    } finally {
      await hub.hub.admin.tenants.resume(TEST_TENANT, 'test');
    }
  });

  test('a workspace of two tenants: whose Twenty sees the token must not be chance', async () => {
    await join();
    const slug = `twin-${randomUUID().slice(0, 8)}`;
    const place = { country: 'NL', timeZone: 'Europe/Amsterdam' };
    const { id } = await hub.hub.admin.tenants.create({ slug, name: slug, ...place }, 'test');
    const { db } = hub.hub.database;
    await sql`
      insert into crm_connection (tenant_id, url, workspace_id) values (${id}, 'http://127.0.0.1:1', ${hub.workspaceId})
    `.execute(db);
    await expect(identify()).rejects.toMatchObject(refusal('Several tenants'));
    expect(questions).toBe(0);
    await hub.hub.admin.tenants.delete(slug, slug, 'test');
    expect(await identify()).toMatchObject({ email: login.email });
  });
});

test('of unknown tokens a tenant has so many a minute, and others are not kept from theirs', () => {
  const turnstile = createTurnstile(2, clock);
  expect([turnstile('one'), turnstile('one'), turnstile('other')]).toEqual([0, 0, 0]);
  expect(turnstile('one')).toBeGreaterThan(0);
  waitedMs += 60_000;
  expect(turnstile('one')).toBe(0);
});

test('while Twenty is down nobody new is let in, and nobody is refused for it afterwards', async () => {
  await join();
  hub.twenty.faults.set({ kind: 'down' }, { path: '/metadata' });
  await expect(identify()).rejects.toMatchObject({ code: 'upstream' });
  hub.twenty.faults.clear();
  expect(await identify()).toMatchObject({ email: login.email });
});

test('a token is never logged', async () => {
  await join();
  await identify();
  await expect(identify(`${token}x`)).rejects.toMatchObject(refusal('does not accept'));
  hub.twenty.faults.set({ kind: 'down' }, { path: '/metadata' });
  waitedMs += 61_000;
  const error: unknown = await identify().catch((thrown: unknown) => thrown);
  const signature = token.slice(-40);
  expect(JSON.stringify([logged, error, String(error)])).not.toContain(signature);
});

async function sessionOf({ url, email, password }: typeof login): Promise<string> {
  const ask = async (query: string, variables: object) => {
    const response = await fetch(`${url}/metadata`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { ...variables, o: url } }),
    });
    return ((await response.json()) as { data: Record<string, never> }).data;
  };
  const { getLoginTokenFromCredentials: first } = (await ask(
    'mutation($e:String!,$p:String!,$o:String!){getLoginTokenFromCredentials(email:$e,password:$p,origin:$o){loginToken{token}}}',
    { e: email, p: password },
  )) as unknown as { getLoginTokenFromCredentials: { loginToken: { token: string } } };
  const { getAuthTokensFromLoginToken: second } = (await ask(
    'mutation($l:String!,$o:String!){getAuthTokensFromLoginToken(loginToken:$l,origin:$o){tokens{accessOrWorkspaceAgnosticToken{token}}}}',
    { l: first.loginToken.token },
  )) as unknown as {
    getAuthTokensFromLoginToken: { tokens: { accessOrWorkspaceAgnosticToken: { token: string } } };
  };
  return second.tokens.accessOrWorkspaceAgnosticToken.token;
}

async function asAdmin(query: string, variables: object): Promise<void> {
  const session = await sessionOf({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  const response = await fetch(`${hub.twenty.url}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
    body: JSON.stringify({ query, variables }),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
}
