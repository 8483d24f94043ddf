import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckLine } from '../../contract/index.ts';
import { freePort } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';

let hub: TestHub;
let folder: string;
let apiKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-connect-'));
  hub = await startTestHub({ crm: false, env: { DATA_DIR: folder } });
  apiKey = hub.apiKey;
}, 120_000);
afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true, force: true });
});

type Request = { readonly url?: string; readonly apiKey?: string; readonly installApp?: boolean };

async function connect(request: Request = {}, tenant = TEST_TENANT): Promise<readonly CheckLine[]> {
  const answer = await hub.api('PUT', `/tenants/${tenant}/crm`, { url: hub.twenty.url, apiKey, ...request });
  expect(answer.status).toBe(200);
  return (answer.body as { lines: CheckLine[] }).lines;
}

const states = (lines: readonly CheckLine[]) => Object.fromEntries(lines.map(({ name, state }) => [name, state]));
const failure = (lines: readonly CheckLine[]) => lines.find(({ state }) => state === 'failed');

/** A server that answers every request in one way. */
async function answering(status: number, headers: Record<string, string>, body: string) {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A key of a role of its own, made by the admin. */
async function makeKey(role: string, expiresAt: Date): Promise<string> {
  const admin = createTwentyClient(
    hub.twenty.url,
    await signIn(hub.twenty.url, { email: 'admin@example.com', password: 'password-1' }),
  );
  const input = { name: 'key', roleId: role, expiresAt: expiresAt.toISOString() };
  const made = (await admin.metadata('mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { id } }', {
    input,
  })) as { createApiKey: { id: string } };
  const { generateApiKeyToken } = (await admin.metadata(
    'mutation($id: UUID!, $expiresAt: String!) { generateApiKeyToken(apiKeyId: $id, expiresAt: $expiresAt) { token } }',
    { id: made.createApiKey.id, expiresAt: input.expiresAt },
  )) as { generateApiKeyToken: { token: string } };
  return generateApiKeyToken.token;
}

async function roleId(label: string): Promise<string> {
  const { getRoles } = (await hub.crm.metadata('{ getRoles { id label } }')) as {
    getRoles: { id: string; label: string }[];
  };
  return getRoles.find((role) => role.label === label)?.id ?? '';
}

const inAYear = () => new Date(Date.now() + 365 * 24 * 3_600_000);

describe('before anything is stored', () => {
  test('an address at which nobody answers', async () => {
    const lines = await connect({ url: `http://127.0.0.1:${await freePort()}` });
    expect(failure(lines)).toMatchObject({ name: 'Twenty', detail: expect.stringContaining('ECONNREFUSED') });
    expect(lines.at(-1)).toMatchObject({ name: 'Connection', detail: expect.stringContaining('Nothing was stored') });
    expect(await hub.hub.admin.tenants.get(TEST_TENANT)).toMatchObject({ crmUrl: undefined });
  });

  test.each([
    ['no Twenty', 200, { 'content-type': 'text/html' }, '<html></html>', /not as Twenty does/, /without a path/],
    [
      'a way elsewhere',
      301,
      { location: 'https://crm.example.com/client-config' },
      '',
      /leads to https:\/\/crm\.example\.com/,
      /--url https:\/\/crm\.example\.com/,
    ],
    [
      'an old Twenty',
      200,
      { 'content-type': 'application/json' },
      '{"appVersion":"2.20.9"}',
      /version 2\.20\.9.*2\.21/,
      /upgrade/,
    ],
  ])('an address with %s', async (_what, status, headers, body, detail, remedy) => {
    const server = await answering(status, headers, body);
    const line = failure(await connect({ url: server.url }));
    await server.close();
    expect(line).toMatchObject({ name: 'Twenty' });
    expect(line?.detail).toMatch(detail);
    expect(line?.remedy).toMatch(remedy);
  });

  test('a key that is none, one that has expired, and the token of a member', async () => {
    const expired = await makeKey(await roleId('Admin'), new Date(Date.now() + 1500));
    const member = await signIn(hub.twenty.url, { email: 'admin@example.com', password: 'password-1' });
    expect(failure(await connect({ apiKey: 'not-a-key' }))).toMatchObject({
      name: 'API key',
      remedy: expect.stringContaining('new API key'),
    });
    expect(failure(await connect({ apiKey: member }))).toMatchObject({
      name: 'API key',
      detail: expect.stringContaining('another kind'),
    });
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(failure(await connect({ apiKey: expired }))).toMatchObject({
      name: 'API key',
      detail: 'The API key has expired.',
    });
  });

  test('a key of a lesser role, with what it lacks', async () => {
    const { createOneRole } = (await hub.crm.metadata(
      'mutation($input: CreateRoleInput!) { createOneRole(createRoleInput: $input) { id } }',
      { input: { label: 'Reader', canReadAllObjectRecords: true, canBeAssignedToApiKeys: true } },
    )) as { createOneRole: { id: string } };
    const line = failure(await connect({ apiKey: await makeKey(createOneRole.id, inAYear()) }));
    expect(line).toMatchObject({ name: 'Permissions', remedy: expect.stringContaining('Admin') });
    expect(line?.detail).toMatch(/manage applications, manage webhooks, read roles/);
  });
});

describe('connecting', () => {
  test('without leave leaves the workspace as it is, and tells what is missing', async () => {
    const lines = await connect();
    expect(states(lines)).toMatchObject({
      Twenty: 'ok',
      'API key': 'ok',
      Permissions: 'ok',
      Limits: 'ok',
      'Switchboard app': 'warning',
    });
    expect(lines.find(({ name }) => name === 'Limits')?.detail).toContain('100 operations in 60 s to begin with');
    const { findManyApplications } = await hub.crm.metadata('{ findManyApplications { id } }');
    expect(findManyApplications).toEqual([]);
  }, 120_000);

  test('with leave installs the app, has webhooks come and begins to copy; doing it again changes nothing', async () => {
    const lines = await connect({ installApp: true });
    expect(states(lines)).toEqual({
      Twenty: 'ok',
      'API key': 'ok',
      Permissions: 'ok',
      Limits: 'ok',
      'Sign-in with Twenty': 'ok',
      'Switchboard app': 'ok',
      Objects: 'ok',
      Webhooks: 'ok',
      Copy: 'ok',
    });
    const found = async () => await hub.crm.metadata('{ findManyApplications { id } webhooks { id } }');
    const before = await found();
    expect(states(await connect({ installApp: true }))).toEqual(states(lines));
    expect(await found()).toEqual(before);
    expect(await hub.hub.admin.tenants.get(TEST_TENANT)).toMatchObject({ crmUrl: hub.twenty.url });
  }, 240_000);

  test('is refused for a second tenant of the same workspace', async () => {
    await hub.api('POST', '/tenants', { slug: 'second', name: 'Second', country: 'NL' });
    expect(failure(await connect({}, 'second'))).toMatchObject({
      name: 'Workspace',
      detail: expect.stringContaining(`"${TEST_TENANT}"`),
    });
    expect(await hub.hub.admin.tenants.get('second')).toMatchObject({ crmUrl: undefined });
  });

  test('that fails leaves a connection that works as it was', async () => {
    expect(failure(await connect({ apiKey: 'mistyped' }))).toMatchObject({ name: 'API key' });
    expect(states(await hub.hub.admin.crm.check(TEST_TENANT, AbortSignal.timeout(60_000)))).toMatchObject({
      'API key': 'ok',
      Webhooks: 'ok',
    });
  }, 120_000);

  test('leaves a newer app alone and says so', async () => {
    const { findManyApplications } = (await hub.crm.metadata('{ findManyApplications { universalIdentifier } }')) as {
      findManyApplications: { universalIdentifier: string }[];
    };
    const applicationUniversalIdentifier = findManyApplications[0]?.universalIdentifier;
    await hub.crm.upload(
      `mutation($file: Upload!, $applicationUniversalIdentifier: String!) {
        uploadApplicationFile(file: $file, applicationUniversalIdentifier: $applicationUniversalIdentifier, fileFolder: Dependencies, filePath: "package.json") { path }
      }`,
      { applicationUniversalIdentifier },
      new Blob([JSON.stringify({ name: 'switchboard-crm', version: '99.0.0' })]),
    );
    const manifest = await keptManifest();
    await hub.crm.metadata(
      'mutation($manifest: JSON!) { syncApplication(manifest: $manifest) { applicationUniversalIdentifier } }',
      { manifest },
    );
    const line = (await connect({ installApp: true })).find(({ name }) => name === 'Switchboard app');
    expect(line).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('99.0.0'),
      remedy: expect.stringContaining('Update the hub'),
    });
  }, 120_000);
});

/** Of the app as the hub has built it. */
async function keptManifest(): Promise<unknown> {
  const kept = JSON.parse(await readFile(join(folder, 'crm-app.json'), 'utf8')) as { artifact: { manifest: unknown } };
  return kept.artifact.manifest;
}
