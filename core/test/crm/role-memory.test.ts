import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import { createRoleMemory } from '../../crm/permissions/memory.ts';
import { findRole, storeRoles } from '../../crm/permissions/store.ts';
import { createTenants } from '../../tenants/index.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;

beforeAll(async () => {
  database = await hubDatabase();
});
afterAll(async () => await database?.close());

test('what was read of a role is read again once it has changed, and answers for no other tenant', async () => {
  const { db } = database;
  const tenants = createTenants({ db, audit: createAuditLog(db) });
  const [one, two] = (await Promise.all(
    ['red', 'blue'].map(async (slug) => (await tenants.create({ slug, name: slug, country: 'NL' }, 'test')).id),
  )) as [string, string];
  const known = createRoleMemory(db);
  const roleId = randomUUID();
  const readAt = new Date();
  const rights = (fields: 'all' | string[]) =>
    new Map([[roleId, { label: 'Role', objects: { person: { fields } }, changes: {}, locked: {} }]]);
  const now = async (tenant: string) => await known(tenant, roleId, (await findRole(db, tenant, roleId)).version);
  await storeRoles(db, one, rights('all'), readAt);
  await storeRoles(db, two, rights(['name']), readAt);

  const first = await now(one);
  expect(first.rights?.objects).toEqual({ person: { fields: 'all' } });
  expect(await now(one)).toBe(first);
  expect((await now(two)).rights?.objects).toEqual({ person: { fields: ['name'] } });
  // Read at the same moment by the clock, and yet another reading.
  await storeRoles(db, one, rights(['id']), readAt);
  expect((await now(one)).rights?.objects).toEqual({ person: { fields: ['id'] } });
  await storeRoles(db, one, new Map(), readAt);
  expect((await now(one)).rights).toBeUndefined();
});
