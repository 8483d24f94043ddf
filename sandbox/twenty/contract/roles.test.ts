import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, page, permissionDenied, refusal, value } from './answers.ts';
import type { Client } from './client.ts';
import { needsUser, openFixture, testWhen } from './fixture.ts';
import { recordsOf } from './records.ts';
import { createRole, deleteRole, fieldOf, hide, newRole, permission, setPermissions } from './roles.ts';

const contract = openFixture();
const { key, user, thing, name: run } = contract;
const whenUser = testWhen(user !== undefined, needsUser);
const { company: companyObject, person: personObject, opportunity: opportunityObject } = thing.standard;
afterAll(() => contract.close());

type ObjectPermission = { objectMetadataId: string; canReadObjectRecords: boolean; canUpdateObjectRecords: boolean };

async function permissionsOf(roleId: string): Promise<ObjectPermission[]> {
  const query = '{getRoles{id objectPermissions{objectMetadataId canReadObjectRecords canUpdateObjectRecords}}}';
  const roles = value(await key.metadata(query)) as { id: string; objectPermissions: ObjectPermission[] }[];
  return roles.find((role) => role.id === roleId)?.objectPermissions ?? [];
}

test('getRoles tells the roles with members, keys and permissions', async () => {
  const query = `{getRoles{id universalIdentifier label isEditable canBeAssignedToUsers canBeAssignedToApiKeys canUpdateAllSettings
    canReadAllObjectRecords canUpdateAllObjectRecords canSoftDeleteAllObjectRecords canDestroyAllObjectRecords
    permissionFlags{flag} objectPermissions{objectMetadataId canReadObjectRecords restrictedFields}
    fieldPermissions{fieldMetadataId canReadFieldValue} rowLevelPermissionPredicates{objectMetadataId} workspaceMembers{id userEmail name{firstName lastName}} apiKeys{id name}}}`;
  const roles = value(await key.metadata(query)) as { label: string }[];
  expect(roles.find((role) => role.label === 'Admin')).toMatchObject({
    isEditable: false,
    canBeAssignedToUsers: true,
    canBeAssignedToApiKeys: true,
    canUpdateAllSettings: true,
    canReadAllObjectRecords: true,
    canDestroyAllObjectRecords: true,
    objectPermissions: [],
    fieldPermissions: [],
    rowLevelPermissionPredicates: [],
    workspaceMembers: expect.arrayContaining([
      { id: expect.any(String), userEmail: expect.any(String), name: expect.anything() },
    ]),
    apiKeys: expect.arrayContaining([{ id: expect.any(String), name: expect.any(String) }]),
  });
});

describe('a role', () => {
  test('is created and deleted by an API key', async () => {
    const label = `Contract ${run} once`;
    const created = value(
      await createRole(key, {
        label,
        canReadAllObjectRecords: true,
        canBeAssignedToUsers: true,
        canBeAssignedToApiKeys: true,
      }),
    );
    expect(created).toMatchObject({
      label,
      isEditable: true,
      canReadAllObjectRecords: true,
      canBeAssignedToUsers: true,
      canBeAssignedToApiKeys: true,
    });
    const { id } = created as { id: string };
    expect(value(await deleteRole(key, id))).toBe(id);
  });

  test('needs a label of its own', async () => {
    await newRole(contract, 'label');
    const reply = await createRole(key, { label: `Contract ${run} label` });
    expect(refusal(reply).code).toBe('METADATA_VALIDATION_FAILED');
    expect(reply.errors[0]?.extensions?.['errors']).toMatchObject({
      role: [{ errors: [{ code: 'ROLE_LABEL_ALREADY_EXISTS', message: 'A role with this label already exists' }] }],
    });
  });

  test('object permissions are replaced as a whole by every call', async () => {
    const roleId = await newRole(contract, 'replaced');
    const readOnly = permission(personObject, true, false);
    const hidden = permission(opportunityObject, false, false);
    expect(value(await setPermissions(key, roleId, [readOnly]))).toEqual([readOnly]);
    expect(value(await setPermissions(key, roleId, [hidden]))).toEqual([hidden]);
    expect(await permissionsOf(roleId)).toEqual([
      { objectMetadataId: opportunityObject, canReadObjectRecords: false, canUpdateObjectRecords: false },
    ]);
    value(await setPermissions(key, roleId, [readOnly, hidden]));
    expect(await permissionsOf(roleId)).toHaveLength(2);
  });

  test('cannot update what it cannot read', async () => {
    const roleId = await newRole(contract, 'blind');
    const reply = await setPermissions(key, roleId, [
      { objectMetadataId: opportunityObject, canReadObjectRecords: false, canUpdateObjectRecords: true },
    ]);
    expect(refusal(reply)).toEqual(
      badInput(
        'CANNOT_GIVE_WRITING_PERMISSION_ON_NON_READABLE_OBJECT',
        'Cannot give update permission to non-readable object',
      ),
    );
  });

  test('that hides a relation hides it from both sides', async () => {
    const roleId = await newRole(contract, 'relation');
    const [mine, other] = [await fieldOf(key, personObject, 'company'), await fieldOf(key, companyObject, 'people')];
    value(await hide(key, roleId, personObject, mine));
    const query = '{getRoles{id fieldPermissions{fieldMetadataId canReadFieldValue}}}';
    const roles = value(await key.metadata(query)) as { id: string; fieldPermissions: unknown[] }[];
    const hidden = roles.find((role) => role.id === roleId)?.fieldPermissions;
    expect(hidden).toHaveLength(2);
    expect(hidden).toEqual(
      expect.arrayContaining([mine, other].map((fieldMetadataId) => ({ fieldMetadataId, canReadFieldValue: false }))),
    );
  });

  test('cannot hide fields of system objects', async () => {
    const objects = page(await key.metadata('{objects(paging:{first:1000}){edges{node{id nameSingular}}}}'));
    const member = objects.edges.find(({ node }) => node['nameSingular'] === 'workspaceMember');
    const memberObject = String(member?.node['id']);
    const field = await fieldOf(key, memberObject, 'userEmail');
    expect(refusal(await hide(key, await newRole(contract, 'system'), memberObject, field))).toEqual({
      code: 'FORBIDDEN',
      subCode: 'CANNOT_ADD_FIELD_PERMISSION_ON_SYSTEM_OBJECT',
      message: 'Cannot add field permission on system object',
    });
  });

  test('cannot have rules about single records without an enterprise licence', async () => {
    const input = {
      roleId: await newRole(contract, 'rules'),
      objectMetadataId: companyObject,
      predicates: [{ fieldMetadataId: await fieldOf(key, companyObject, 'name'), operand: 'CONTAINS', value: 'x' }],
      predicateGroups: [],
    };
    const reply = await key.metadata(
      'mutation($i:UpsertRowLevelPermissionPredicatesInput!){upsertRowLevelPermissionPredicates(input:$i){predicates{id}}}',
      { i: input },
    );
    expect(refusal(reply)).toEqual({
      code: 'FORBIDDEN',
      subCode: 'ROW_LEVEL_PERMISSION_FEATURE_DISABLED',
      message: 'Row level permission predicate feature is disabled',
    });
  });

  test('takes permission flags', async () => {
    const roleId = await newRole(contract, 'flags');
    const reply = await key.metadata(
      'mutation($i:UpsertPermissionFlagsInput!){upsertPermissionFlags(upsertPermissionFlagsInput:$i){flag}}',
      { i: { roleId, permissionFlagKeys: ['VIEWS'] } },
    );
    expect(value(reply)).toEqual([{ flag: 'VIEWS' }]);
  });
});

describe('assigning', () => {
  const assign = (client: Client, workspaceMemberId: string, roleId: string) =>
    client.metadata(
      'mutation($w:UUID!,$r:UUID!){updateWorkspaceMemberRole(workspaceMemberId:$w,roleId:$r){id userEmail roles{id label}}}',
      { w: workspaceMemberId, r: roleId },
    );

  test('a role to a member is forbidden to an API key', async () => {
    expect(refusal(await assign(key, randomUUID(), randomUUID()))).toEqual({
      code: 'FORBIDDEN',
      message: 'Forbidden resource',
    });
  });

  whenUser('a role to oneself is refused', async () => {
    if (!user) throw new Error('no user');
    const { workspaceMember } = value(await user.metadata('{currentUser{workspaceMember{id}}}')) as {
      workspaceMember: { id: string };
    };
    expect(refusal(await assign(user, workspaceMember.id, await newRole(contract, 'self')))).toEqual({
      code: 'FORBIDDEN',
      subCode: 'CANNOT_UPDATE_SELF_ROLE',
      message: 'Cannot update self role',
    });
  });

  test('a role to an API key needs a session', async () => {
    const reply = await key.metadata('mutation($a:UUID!,$r:UUID!){assignRoleToApiKey(apiKeyId:$a,roleId:$r)}', {
      a: randomUUID(),
      r: randomUUID(),
    });
    expect(refusal(reply)).toEqual({
      code: 'FORBIDDEN',
      subCode: 'FORBIDDEN_EXCEPTION',
      message: 'This endpoint requires a session access token',
    });
  });
});

describe('workspace members', () => {
  const members = recordsOf(key, { singular: 'workspaceMember', plural: 'workspaceMembers' });

  test('are records that everybody may read', async () => {
    const selection = 'totalCount edges{node{id userId userEmail name{firstName lastName} locale timeZone}}';
    const { edges } = page(await members.findMany({ first: 1 }, selection));
    expect(edges[0]?.node).toEqual({
      id: expect.any(String),
      userId: expect.any(String),
      userEmail: expect.stringContaining('@'),
      name: { firstName: expect.any(String), lastName: expect.any(String) },
      locale: expect.any(String),
      timeZone: expect.any(String),
    });
  });

  test('cannot be created', async () => {
    const data = {
      userEmail: `contract-${run}@example.com`,
      name: { firstName: 'X', lastName: 'Y' },
      userId: randomUUID(),
    };
    expect(refusal(await members.create(data))).toEqual(permissionDenied);
  });
});
