import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, page, permissionDenied, refusal, row, value } from './answers.ts';
import type { Client } from './client.ts';
import { company, needsExpendable, needsUser, openFixture, testWhen } from './fixture.ts';
import { createApiKey, revokeApiKey } from './keys.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { key, user, target, thing, withToken, name: run } = contract;
const whenUser = testWhen(user !== undefined, needsUser);
afterAll(() => contract.close());

type ObjectPermission = { objectMetadataId: string; canReadObjectRecords: boolean; canUpdateObjectRecords: boolean };
const { company: companyObject, person: personObject, opportunity: opportunityObject } = thing.standard;
const permission = (objectMetadataId: string, canRead: boolean, canUpdate: boolean) => ({
  objectMetadataId,
  canReadObjectRecords: canRead,
  canUpdateObjectRecords: canUpdate,
  canSoftDeleteObjectRecords: false,
  canDestroyObjectRecords: false,
});

const createRole = (client: Client, input: Record<string, unknown>) =>
  client.metadata(
    `mutation($i:CreateRoleInput!){createOneRole(createRoleInput:$i){id label canReadAllObjectRecords canUpdateAllObjectRecords
      isEditable canBeAssignedToUsers canBeAssignedToApiKeys}}`,
    { i: input },
  );
const deleteRole = (id: string) => key.metadata('mutation($r:UUID!){deleteOneRole(roleId:$r)}', { r: id });

/** A role that may read and update, removed when the test file ends. */
async function newRole(label: string): Promise<string> {
  const input = {
    label: `Contract ${run} ${label}`,
    canReadAllObjectRecords: true,
    canUpdateAllObjectRecords: true,
    canSoftDeleteAllObjectRecords: false,
    canDestroyAllObjectRecords: false,
    canUpdateAllSettings: false,
    canBeAssignedToUsers: true,
    canBeAssignedToApiKeys: true,
  };
  const { id } = value(await createRole(key, input)) as { id: string };
  contract.onClose(async () => value(await deleteRole(id)));
  return id;
}

const setPermissions = (roleId: string, objectPermissions: object[]) =>
  key.metadata(
    `mutation($i:UpsertObjectPermissionsInput!){upsertObjectPermissions(upsertObjectPermissionsInput:$i){
      objectMetadataId canReadObjectRecords canUpdateObjectRecords canSoftDeleteObjectRecords canDestroyObjectRecords}}`,
    { i: { roleId, objectPermissions } },
  );

async function permissionsOf(roleId: string): Promise<ObjectPermission[]> {
  const query = '{getRoles{id objectPermissions{objectMetadataId canReadObjectRecords canUpdateObjectRecords}}}';
  const roles = value(await key.metadata(query)) as { id: string; objectPermissions: ObjectPermission[] }[];
  return roles.find((role) => role.id === roleId)?.objectPermissions ?? [];
}

const hide = (roleId: string, objectMetadataId: string, fieldMetadataId: string) =>
  key.metadata(
    'mutation($i:UpsertFieldPermissionsInput!){upsertFieldPermissions(upsertFieldPermissionsInput:$i){canReadFieldValue canUpdateFieldValue}}',
    {
      i: {
        roleId,
        fieldPermissions: [{ objectMetadataId, fieldMetadataId, canReadFieldValue: false, canUpdateFieldValue: false }],
      },
    },
  );

async function fieldOf(objectId: string, name: string): Promise<string> {
  const query = 'query($id:UUID!){object(id:$id){fieldsList{id name}}}';
  const { fieldsList } = value(await key.metadata(query, { id: objectId })) as {
    fieldsList: { id: string; name: string }[];
  };
  return String(fieldsList.find((field) => field.name === name)?.id);
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
    expect(value(await deleteRole(id))).toBe(id);
  });

  test('needs a label of its own', async () => {
    await newRole('label');
    const reply = await createRole(key, { label: `Contract ${run} label` });
    expect(refusal(reply).code).toBe('METADATA_VALIDATION_FAILED');
    expect(reply.errors[0]?.extensions?.['errors']).toMatchObject({
      role: [{ errors: [{ code: 'ROLE_LABEL_ALREADY_EXISTS', message: 'A role with this label already exists' }] }],
    });
  });

  test('object permissions are replaced as a whole by every call', async () => {
    const roleId = await newRole('replaced');
    const readOnly = permission(personObject, true, false);
    const hidden = permission(opportunityObject, false, false);
    expect(value(await setPermissions(roleId, [readOnly]))).toEqual([readOnly]);
    expect(value(await setPermissions(roleId, [hidden]))).toEqual([hidden]);
    expect(await permissionsOf(roleId)).toEqual([
      { objectMetadataId: opportunityObject, canReadObjectRecords: false, canUpdateObjectRecords: false },
    ]);
    value(await setPermissions(roleId, [readOnly, hidden]));
    expect(await permissionsOf(roleId)).toHaveLength(2);
  });

  test('cannot update what it cannot read', async () => {
    const roleId = await newRole('blind');
    const reply = await setPermissions(roleId, [
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
    const roleId = await newRole('relation');
    const [mine, other] = [await fieldOf(personObject, 'company'), await fieldOf(companyObject, 'people')];
    value(await hide(roleId, personObject, mine));
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
    const field = await fieldOf(memberObject, 'userEmail');
    expect(refusal(await hide(await newRole('system'), memberObject, field))).toEqual({
      code: 'FORBIDDEN',
      subCode: 'CANNOT_ADD_FIELD_PERMISSION_ON_SYSTEM_OBJECT',
      message: 'Cannot add field permission on system object',
    });
  });

  test('cannot have rules about single records without an enterprise licence', async () => {
    const input = {
      roleId: await newRole('rules'),
      objectMetadataId: companyObject,
      predicates: [{ fieldMetadataId: await fieldOf(companyObject, 'name'), operand: 'CONTAINS', value: 'x' }],
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
    const roleId = await newRole('flags');
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
    expect(refusal(await assign(user, workspaceMember.id, await newRole('self')))).toEqual({
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

describe('a key of a restricted role', () => {
  const whenExpendable = testWhen(target.expendable && user !== undefined, needsExpendable);
  const companyId = contract.own(company);
  let client: Client;
  const hidden = (action: string) => ({
    ...permissionDenied,
    message: `${permissionDenied.message}: no permission to ${action} field "address" on "company"`,
  });

  beforeAll(async () => {
    row(
      await recordsOf(key, company).create({
        id: companyId,
        name: `Contract ${run} roles`,
        address: { addressCity: 'Denver' },
      }),
    );
    if (!target.expendable || !user) return;
    const roleId = await newRole('restricted');
    value(
      await setPermissions(roleId, [
        permission(personObject, true, false),
        permission(opportunityObject, false, false),
      ]),
    );
    const reply = await hide(roleId, companyObject, await fieldOf(companyObject, 'address'));
    expect(value(reply)).toEqual([{ canReadFieldValue: false, canUpdateFieldValue: false }]);
    value(await hide(roleId, companyObject, await fieldOf(companyObject, 'name')));
    value(await hide(roleId, companyObject, await fieldOf(companyObject, 'accountOwner')));
    const made = await createApiKey(user, `Contract ${run} restricted`, roleId, new Date(Date.now() + 3_600_000));
    contract.onClose(() => revokeApiKey(user, made.id));
    client = withToken(made.token);
  });

  whenExpendable('reads what it may, and fails only the root field of what it may not', async () => {
    const reply = await client.graphql('{companies(first:1){edges{node{id}}} opportunities(first:1){edges{node{id}}}}');
    expect(reply.data).toMatchObject({ companies: { edges: [expect.anything()] }, opportunities: null });
    expect(
      reply.errors.map(({ message, extensions }) => ({
        message,
        code: extensions?.code,
        subCode: extensions?.subCode,
      })),
    ).toEqual([permissionDenied]);
  });

  whenExpendable('does not write, delete or destroy what it may only read', async () => {
    expect(refusal(await client.graphql('mutation{createPerson(data:{name:{firstName:"x"}}){id}}'))).toEqual(
      permissionDenied,
    );
    const update = 'mutation{updatePeople(filter:{name:{firstName:{eq:"contract nobody"}}},data:{jobTitle:"y"}){id}}';
    expect(refusal(await client.graphql(update))).toEqual(permissionDenied);
    const companies = recordsOf(client, company);
    expect(refusal(await companies.delete(companyId))).toEqual(permissionDenied);
    expect(refusal(await companies.destroy(companyId))).toEqual(permissionDenied);
  });

  whenExpendable('over REST a refused write is 400 with a code', async () => {
    const reply = await client.rest('POST', '/people', { name: { firstName: 'x' } });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      statusCode: 400,
      error: 'Error',
      messages: [permissionDenied.message],
      code: 'PERMISSION_DENIED',
    });
  });

  whenExpendable('a hidden field cannot be selected, ordered by or written', async () => {
    const companies = recordsOf(client, company);
    const filter = { id: { eq: companyId } };
    expect(refusal(await companies.findMany({ filter }, 'edges{node{id address{addressCity}}}'))).toEqual(
      hidden('read'),
    );
    expect(
      refusal(
        await companies.findMany(
          { filter, orderBy: [{ address: { addressCity: 'AscNullsLast' } }] },
          'edges{node{id}}',
        ),
      ),
    ).toEqual(hidden('read'));
    expect(refusal(await companies.update(companyId, { address: { addressCity: 'Vienna' } }))).toEqual(hidden('write'));
  });

  whenExpendable('with a hidden relation goes its column; what a record is called by stays', async () => {
    const companies = recordsOf(client, company);
    const filter = { id: { eq: companyId } };
    expect(refusal(await companies.findMany({ filter }, 'edges{node{id accountOwnerId}}'))).toMatchObject({
      message: expect.stringContaining('no permission to read field "accountOwner" on "company"'),
    });
    const { edges } = page(await companies.findMany({ filter }, 'edges{node{id name}}'));
    expect(edges[0]?.node).toEqual({ id: companyId, name: `Contract ${run} roles` });
  });

  whenExpendable('workflows are for those who may manage them', async () => {
    expect(refusal(await client.graphql('{workflows(first:1){totalCount}}'))).toEqual(permissionDenied);
  });

  whenExpendable('but can be filtered on, and REST leaves it out without an error', async () => {
    const filter = { id: { eq: companyId }, address: { addressCity: { eq: 'Denver' } } };
    expect(value(await recordsOf(client, company).findMany({ filter }, 'totalCount'))).toEqual({ totalCount: 1 });
    const reply = await client.rest('GET', `/companies/${companyId}?depth=0`);
    expect(reply.body).toMatchObject({ data: { company: { id: companyId } } });
    expect(reply.body).not.toHaveProperty('data.company.address');
  });

  whenExpendable('a relation to a hidden object, and a search that names one, fail as a whole', async () => {
    const relation = await client.graphql('{companies(first:1){edges{node{id opportunities{edges{node{id}}}}}}}');
    expect(refusal(relation)).toEqual(permissionDenied);
    const search =
      '{search(searchInput:"",limit:3,includedObjectNameSingulars:["opportunity","company"]){edges{node{recordId}}}}';
    expect(refusal(await client.graphql(search))).toEqual(permissionDenied);
  });

  whenExpendable('settings need their flags; some refusals have another code', async () => {
    expect(refusal(await client.metadata('{getRoles{id}}'))).toEqual(permissionDenied);
    expect(refusal(await client.metadata('mutation{createOneRole(createRoleInput:{label:"x"}){id}}'))).toEqual(
      permissionDenied,
    );
    const webhook =
      'mutation{createWebhook(input:{targetUrl:"https://hub.example/x",operations:["nothing.created"]}){id}}';
    expect(refusal(await client.metadata(webhook))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: permissionDenied.message,
    });
    const registration = 'mutation{createApplicationRegistration(input:{name:"x"}){applicationRegistration{id}}}';
    expect(refusal(await client.metadata(registration))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: permissionDenied.message,
    });
  });
});
