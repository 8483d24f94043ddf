import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTwentyClient as createApiClient, signIn } from '@switchboard/sandbox/demo';
import { waitFor } from '@switchboard/testing';
import { switchboardApp } from '../../crm/app.ts';
import { createCredentials } from '../../crm/credentials.ts';
import type { ApplicationTokens } from '../../crm/credentials.ts';
import { createTwentyClient } from '../../crm/twenty/client.ts';
import { bodyOf, connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

let world: World;
let tenant: TestTenant;
let stop: (() => Promise<void>) | undefined;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world, { mirrors: [] });
});
afterEach(async () => {
  await tenant.retire();
  await stop?.();
  stop = undefined;
});

const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));
const authors = async (): Promise<string[]> => {
  const answer = await tenant.api.graphql('{people(first:10000){edges{node{createdBy{source}}}}}');
  const { edges } = answer['people'] as { edges: { node: { createdBy: { source: string } } }[] };
  return edges.map(({ node }) => node.createdBy.source);
};
const admin = () => createApiClient(world.url, tenant.workspace.apiKey);
const credentialState = async () => (await tenant.crm.status(tenant.id)).session?.credentials;

/** Everything landed and nothing is parked. */
async function expectAllLanded(count: number): Promise<void> {
  await tenant.drained();
  expect(await tenant.crm.listParked(tenant.id)).toEqual([]);
  expect(await authors()).toHaveLength(count);
}

describe('writes by the token of our application', () => {
  test('carry its name', async () => {
    await tenant.installApp();
    stop = runWorker(tenant.crm);
    await tenant.stage(people(3));
    await expectAllLanded(3);
    expect(new Set(await authors())).toEqual(new Set(['APPLICATION']));
  });

  test('go by the API key when Twenty gives no token', async () => {
    await tenant.installApp();
    const denied = {
      message: 'Entity performing the request does not have permission',
      extensions: { code: 'FORBIDDEN' },
    };
    tenant.wire.answer = async (input, init) =>
      bodyOf(init).includes('generateApplicationToken')
        ? Response.json({ errors: [denied], data: null })
        : await fetch(input, init);
    stop = runWorker(tenant.crm);
    await tenant.stage(people(3));
    await expectAllLanded(3);
    expect(new Set(await authors())).toEqual(new Set(['API']));
    await waitFor('the state', async () => (await credentialState())?.application === 'refused');
  });

  test('go on with a new token when one expires in the middle', async () => {
    await tenant.installApp();
    let sent = 0;
    tenant.wire.answer = async (input, init) => {
      const isWrite = bodyOf(init).includes('mutation($data');
      if (isWrite) sent += 1;
      if (!isWrite || sent !== 2) return await fetch(input, init);
      const expired = {
        message: 'Token has expired.',
        extensions: { code: 'UNAUTHENTICATED', subCode: 'UNAUTHENTICATED' },
      };
      return Response.json({ errors: [expired] });
    };
    stop = runWorker(tenant.crm);
    await tenant.stage(people(900));
    await expectAllLanded(900);
    expect(new Set(await authors())).toEqual(new Set(['APPLICATION']));
  });

  test('go by the API key when the application is taken out of the workspace', async () => {
    await tenant.installApp();
    stop = runWorker(tenant.crm);
    await tenant.stage(people(3));
    await tenant.drained();
    await admin().metadata('mutation($id:String!){uninstallApplication(universalIdentifier:$id)}', {
      id: switchboardApp,
    });
    await tenant.stage(people(6));
    await expectAllLanded(6);
  });

  test('go by the API key when the application has no role, without asking for tokens for ever', async () => {
    await tenant.installApp(null);
    stop = runWorker(tenant.crm);
    await tenant.stage(people(3));
    await expectAllLanded(3);
    expect(new Set(await authors())).toEqual(new Set(['API']));
    expect(tenant.requests.filter((query) => query.includes('generateApplicationToken')).length).toBeLessThan(6);
    await waitFor('the state', async () => (await credentialState())?.application === 'refused');
  });

  test('go by the API key where only that may write the object', async () => {
    await tenant.installApp({ canUpdateAllObjectRecords: false });
    stop = runWorker(tenant.crm);
    await tenant.stage(people(3));
    await expectAllLanded(3);
    expect(new Set(await authors())).toEqual(new Set(['API']));
  });
});

describe('an API key that is revoked', () => {
  const minute = 60_000;

  /** Credentials with a clock of their own. */
  async function open(now: () => number, kept: { tokens?: ApplicationTokens }) {
    const { findManyApplications } = await admin().metadata('{findManyApplications{id universalIdentifier}}');
    const own = (findManyApplications as { id: string; universalIdentifier: string }[]).find(
      ({ universalIdentifier }) => universalIdentifier === switchboardApp,
    );
    const nothing = (): void => {};
    return createCredentials({
      client: createTwentyClient(world.url),
      apiKey: tenant.workspace.apiKey,
      applicationId: own?.id,
      clock: { now },
      log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
      kept: { get: async () => kept.tokens, set: async (tokens) => void (kept.tokens = tokens) },
    });
  }

  async function revokeKey(): Promise<void> {
    const { jti } = JSON.parse(Buffer.from(tenant.workspace.apiKey.split('.')[1] ?? '', 'base64url').toString()) as {
      jti: string;
    };
    // Only a member may do that.
    const member = { email: `admin@${tenant.slug}.example.com`, password: 'correct horse battery' };
    const asMember = createApiClient(world.url, await signIn(world.url, member));
    await asMember.metadata('mutation($id:UUID!){revokeApiKey(input:{id:$id}){id}}', { id: jti });
  }

  test('the application renews its token with the one it has, also after a restart, until the last has expired', async () => {
    await tenant.installApp();
    let now = Date.now();
    const kept: { tokens?: ApplicationTokens } = {};
    const signal = AbortSignal.timeout(30_000);
    const credentials = await open(() => now, kept);
    const first = await credentials.forRecords('person', signal);
    const reopened = await open(() => now, kept);
    await revokeKey();
    now += 28 * minute;
    const second = await credentials.forRecords('person', signal);
    expect(second.kind).toBe('application');
    expect(second.token).not.toBe(first.token);
    expect(credentials.state()).toEqual({ apiKey: 'refused', application: 'ok' });
    const count = { query: '{people(first:1){totalCount}}' };
    await createTwentyClient(world.url).records(second.token, count, signal);
    expect((await reopened.forRecords('person', signal)).kind).toBe('application');
    now += 90 * minute;
    await expect(credentials.forRecords('person', signal)).rejects.toMatchObject({
      code: 'credentials',
      remedy: expect.stringMatching(/connect the workspace again/),
    });
  });
});
