import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectTenant, runWorker, startWorld, uuid } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

/** Members come by invitation: an API key may change one at a time and create none (Twenty 2.21, measured). */

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld();
  tenant = await connectTenant(world, { mirrors: [{ object: 'workspaceMember', fields: ['userEmail', 'name'] }] });
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
});
afterAll(async () => {
  await tenant?.retire();
  await stop?.();
  await world?.close();
});

type Member = { readonly id: string; readonly name: { readonly firstName: string; readonly lastName: string } };

async function members(): Promise<Member[]> {
  const answer = await tenant.api.graphql('{workspaceMembers{edges{node{id name{firstName lastName}}}}}');
  return (answer['workspaceMembers'] as { edges: { node: Member }[] }).edges.map(({ node }) => node);
}

test('a member is changed, part by part, and the mirror knows it', async () => {
  const [ada] = await members();
  const id = String(ada?.id);
  await tenant.stage([{ object: 'workspaceMember', id, fields: { name: { firstName: 'Adele' } } }]);
  await tenant.drained();
  expect(await members()).toEqual([{ id, name: { firstName: 'Adele', lastName: 'Example' } }]);
  expect(await tenant.crm.listParked(tenant.id)).toEqual([]);
  expect(await tenant.crm.reader(tenant.id).all('workspaceMember')).toMatchObject([
    { id, name: { firstName: 'Adele', lastName: 'Example' } },
  ]);
});

test('who is no member is not made one; the others are changed all the same', async () => {
  const [ada] = await members();
  const id = String(ada?.id);
  await tenant.stage([
    { object: 'workspaceMember', id: uuid(), fields: { name: { firstName: 'Nobody' } } },
    { object: 'workspaceMember', id, fields: { name: { firstName: 'Ada' } } },
  ]);
  await tenant.drained();
  expect((await members()).map(({ name }) => name.firstName)).toEqual(['Ada']);
  expect(await tenant.crm.listParked(tenant.id)).toHaveLength(1);
});
