import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectTenant, startWorld } from './harness.ts';
import type { World } from './harness.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const patience = () => AbortSignal.timeout(20_000);
const states = (lines: readonly { name: string; state: string }[]) =>
  Object.fromEntries(lines.map(({ name, state }) => [name, state]));

test('tells what is fine and what to do about the rest', async () => {
  const tenant = await connectTenant(world, { mirrors: [{ object: 'phoneCall', fields: ['startedAt'] }] });
  expect(states(tenant.checkLines)).toEqual({
    Twenty: 'ok',
    'API key': 'ok',
    Permissions: 'ok',
    Limits: 'ok',
    'Switchboard app': 'warning',
    Objects: 'warning',
    Webhooks: 'off',
    Copy: 'warning',
  });
  const remedies = tenant.checkLines.filter(({ state }) => state !== 'ok').map(({ remedy }) => remedy);
  expect(remedies).toEqual([
    expect.stringContaining('crm:install'),
    expect.stringContaining('crm:install'),
    expect.stringContaining('worker'),
    expect.stringContaining('npm start'),
  ]);
  await tenant.retire();
});

test('a wrong key and a wrong address fail with the next step', async () => {
  const tenant = await connectTenant(world);
  await tenant.useKey('not-a-key');
  expect(await tenant.crm.check(tenant.id, patience())).toMatchObject([
    { name: 'Twenty', state: 'ok' },
    { name: 'API key', state: 'failed', remedy: expect.stringMatching(/new API key/) as unknown },
  ]);
  await tenant.useUrl('http://127.0.0.1:9');
  expect(await tenant.crm.check(tenant.id, patience())).toMatchObject([
    { name: 'Twenty', state: 'failed', remedy: expect.stringMatching(/reachable/) as unknown },
  ]);
  await tenant.retire();
});

test('the key of another workspace is refused', async () => {
  const [tenant, other] = [await connectTenant(world), await connectTenant(world)];
  await tenant.useKey(other.workspace.apiKey);
  expect((await tenant.crm.connect(tenant.id, patience())).at(-1)).toMatchObject({
    name: 'Workspace',
    state: 'failed',
    detail: expect.stringMatching(/another workspace/) as unknown,
  });
  await tenant.retire();
  await other.retire();
});
