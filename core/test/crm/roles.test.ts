import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { sql } from 'kysely';
import { resolveRights } from '../../crm/permissions/rights.ts';
import type { NamedObject, RoleAnswer } from '../../crm/permissions/rights.ts';
import { connectTenant, runWorker, startWorld, uuid } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

type Row = Record<string, unknown>;
const number = '+442079460001';
const pat = {
  name: { firstName: 'Pat', lastName: 'Example' },
  jobTitle: 'Boss',
  emails: { primaryEmail: 'pat@example.com', additionalEmails: [] },
  phones: { primaryPhoneNumber: number, additionalPhones: [] },
};

let world: World;
let tenant: TestTenant;
let other: TestTenant;
let stop: () => Promise<void>;
let patId: string;
let fields: Map<string, { objectId: string; id: string }>;

beforeAll(async () => {
  world = await startWorld();
  tenant = await connectTenant(world, { timing: { rolesMs: 200 } });
  other = await connectTenant(world, { timing: { rolesMs: 200 } });
  patId = await tenant.api.createPerson(pat);
  await tenant.api.graphql('mutation{createCompany(data:{name:"Example Works"}){id}}');
  await other.api.createPerson(pat);
  fields = await readFields();
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
  await other.settledMirror();
}, 60_000);
afterAll(async () => {
  await tenant.retire();
  await other.retire();
  await stop();
  await world.close();
});

async function metadata(query: string, variables: Row = {}, apiKey = tenant.workspace.apiKey): Promise<Row> {
  const response = await fetch(`${world.url}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Row; errors?: { message: string }[] };
  if (errors?.[0] !== undefined) throw new Error(errors[0].message);
  return data;
}

async function readFields() {
  const { objects } = (await metadata(
    '{objects(paging:{first:1000}){edges{node{id nameSingular fieldsList{id name}}}}}',
  )) as {
    objects: { edges: { node: { id: string; nameSingular: string; fieldsList: { id: string; name: string }[] } }[] };
  };
  return new Map(
    objects.edges.flatMap(({ node }) =>
      node.fieldsList.map(({ id, name }) => [`${node.nameSingular}.${name}`, { objectId: node.id, id }]),
    ),
  );
}

/** A role of Twenty that may read everything but these; the hub has heard of it when this resolves. */
async function newRole(without: { objects?: string[]; fields?: string[]; locked?: string[] }): Promise<string> {
  const { createOneRole } = (await metadata('mutation($i:CreateRoleInput!){createOneRole(createRoleInput:$i){id}}', {
    i: { label: `Role ${Math.random()}`, canReadAllObjectRecords: true, canUpdateAllObjectRecords: true },
  })) as { createOneRole: { id: string } };
  const roleId = createOneRole.id;
  const closed = (name: string, rights: object) => ({
    objectMetadataId: fields.get(name)?.objectId,
    fieldMetadataId: fields.get(name)?.id,
    canUpdateFieldValue: false,
    ...rights,
  });
  const hide = [
    ...(without.fields ?? []).map((name) => closed(name, { canReadFieldValue: false })),
    ...(without.locked ?? []).map((name) => closed(name, {})),
  ];
  await metadata(
    'mutation($i:UpsertFieldPermissionsInput!){upsertFieldPermissions(upsertFieldPermissionsInput:$i){fieldMetadataId}}',
    { i: { roleId, fieldPermissions: hide } },
  );
  await setObjects(roleId, without.objects ?? []);
  await tenant.crm.refreshRoles(tenant.id, {}, AbortSignal.timeout(10_000));
  return roleId;
}

const setObjects = (roleId: string, hidden: string[]) =>
  metadata(
    'mutation($i:UpsertObjectPermissionsInput!){upsertObjectPermissions(upsertObjectPermissionsInput:$i){objectMetadataId}}',
    {
      i: {
        roleId,
        objectPermissions: hidden.map((object) => ({
          objectMetadataId: fields.get(`${object}.name`)?.objectId,
          canReadObjectRecords: false,
          canUpdateObjectRecords: false,
          canSoftDeleteObjectRecords: false,
          canDestroyObjectRecords: false,
        })),
      },
    },
  );

const readerOf = (roleId: string) => tenant.crm.readerFor(tenant.id, { roleId });

describe('a role', () => {
  test('that may read everything sees everything, of its own tenant only', async () => {
    const reader = readerOf(await newRole({}));
    const match = [{ object: 'person', record: { id: patId, jobTitle: 'Boss' } }];
    expect(await reader.findByPhone(number)).toMatchObject(match);
    expect(await reader.findByEmail('Pat@example.com')).toMatchObject(match);
    expect(await reader.search('pat exam')).toMatchObject(match);
    expect(await reader.get('person', patId)).toMatchObject({ phones: { primaryPhoneNumber: '2079460001' } });
    expect(await reader.count('person')).toBe(1);
    const foreign = tenant.crm.readerFor(other.id, { roleId: await newRole({}) });
    expect(await foreign.findByPhone(number)).toEqual([]);
    expect(await foreign.search('example')).toEqual([]);
  });

  test('does not see an object that is closed to it, in whatever way it is asked for', async () => {
    const reader = readerOf(await newRole({ objects: ['person'] }));
    expect(await reader.get('person', patId)).toBeUndefined();
    expect(await reader.findByPhone(number)).toEqual([]);
    expect(await reader.findByEmail('pat@example.com')).toEqual([]);
    expect(await reader.findByEmails(['pat@example.com'])).toEqual(new Map());
    expect(await reader.getMany('person', [patId])).toEqual(new Map());
    expect(await reader.search('pat')).toEqual([]);
    expect(await reader.search('pat', { objects: ['person'] })).toEqual([]);
    expect(await reader.findBy('person', 'jobTitle', 'Boss')).toEqual([]);
    expect(await reader.count('person')).toBe(0);
    expect(await reader.search('works')).toMatchObject([{ object: 'company' }]);
  });

  test('neither sees hidden fields nor finds anything by them', async () => {
    const reader = readerOf(await newRole({ fields: ['person.phones', 'person.jobTitle', 'person.company'] }));
    const record = await reader.get('person', patId);
    expect(record).toMatchObject({ id: patId, name: { firstName: 'Pat' } });
    for (const hidden of ['phones', 'jobTitle', 'companyId']) expect(record).not.toHaveProperty(hidden);
    expect(await reader.findByPhone(number)).toEqual([]);
    expect(await reader.findBy('person', 'jobTitle', 'Boss')).toEqual([]);
    const [byEmail] = await reader.findByEmail('pat@example.com');
    expect(byEmail?.record).not.toHaveProperty('phones');
    const [byEmails] = (await reader.findByEmails(['pat@example.com'])).get('pat@example.com') ?? [];
    expect(byEmails?.record).toEqual(byEmail?.record);
    expect((await reader.getMany('person', [patId])).get(patId)).toEqual(record);
    const [bySearch] = await reader.search('pat');
    expect(bySearch?.record).not.toHaveProperty('phones');
  });

  test('finds by the fields that it may see when others of the same kind are hidden', async () => {
    const reader = readerOf(await newRole({ fields: ['person.jobTitle'] }));
    expect(await reader.findByPhone(number)).toHaveLength(1);
    expect(await reader.search('exam pat')).toHaveLength(1);
    expect(await reader.search('exam boss')).toEqual([]);
  });

  test('may write what it sees, but for the fields that are locked to it', async () => {
    const reader = readerOf(
      await newRole({ fields: ['person.phones'], locked: ['person.jobTitle', 'person.company'] }),
    );
    expect(await reader.get('person', patId)).toMatchObject({ jobTitle: 'Boss' });
    expect(await reader.mayChange('person')).toBe(true);
    const asked = ['name', 'phones', 'jobTitle', 'companyId', 'noSuchField'];
    const may = await Promise.all(asked.map(async (field) => [field, await reader.mayChange('person', field)]));
    expect(Object.fromEntries(may)).toEqual({
      name: true,
      phones: false,
      jobTitle: false,
      companyId: false,
      noSuchField: false,
    });
    expect(await readerOf(await newRole({ objects: ['person'] })).mayChange('person', 'name')).toBe(false);
  });

  test('that the workspace does not have sees nothing', async () => {
    await newRole({});
    const reader = readerOf(uuid());
    expect(await reader.get('person', patId)).toBeUndefined();
    expect(await reader.findByPhone(number)).toEqual([]);
    expect(await reader.search('example')).toEqual([]);
  });

  test('that is restricted in Twenty is so in the hub soon after, without anybody asking', async () => {
    const roleId = await newRole({});
    expect(await readerOf(roleId).count('person')).toBe(1);
    await setObjects(roleId, ['person']);
    await waitFor('the restriction', async () => (await readerOf(roleId).count('person')) === 0);
  });
});

describe('nothing is shown, and the reason is told', () => {
  const because = (words: string) => ({
    code: 'upstream',
    message: expect.stringContaining(words),
    remedy: expect.stringContaining('API key'),
  });

  test('while the roles were never read', async () => {
    const reader = tenant.crm.readerFor(uuid(), { roleId: uuid() });
    await expect(reader.search('pat')).rejects.toMatchObject(because('have not been read'));
  });

  test('when they were read too long ago', async () => {
    const roleId = uuid();
    const old = await connectTenant(world);
    await old.retire();
    await sql`
      insert into crm_role (tenant_id, id, label, objects, read_at)
      values (${old.id}, ${roleId}, 'Old', '{"person": {"fields": "all"}}', now() - interval '16 minutes')
    `.execute(world.hub.db);
    await waitFor('the refusal', async () => {
      await sql`update crm_role set read_at = now() - interval '16 minutes' where tenant_id = ${old.id}`.execute(
        world.hub.db,
      );
      const reader = tenant.crm.readerFor(old.id, { roleId });
      return reader.search('pat').then(
        () => false,
        (error: unknown) => String(error).includes('too long ago'),
      );
    });
  });
});

describe('what a role may read', () => {
  const role: RoleAnswer = {
    id: 'role',
    universalIdentifier: null,
    label: 'Agent',
    description: null,
    isEditable: true,
    canBeAssignedToUsers: true,
    workspaceMembers: [],
    canReadAllObjectRecords: true,
    canUpdateAllObjectRecords: false,
    canSoftDeleteAllObjectRecords: false,
    canDestroyAllObjectRecords: false,
    canUpdateAllSettings: false,
    permissionFlags: [],
    objectPermissions: [],
    fieldPermissions: [],
    rowLevelPermissionPredicates: [],
  };
  const object = (name: string, more: Partial<NamedObject> = {}): NamedObject => ({
    id: `${name}-id`,
    name,
    isSystem: false,
    labelFieldId: `${name}-name`,
    fields: [
      { id: `${name}-name`, names: ['name'] },
      { id: `${name}-target`, names: ['targetPersonId', 'targetCompanyId'] },
    ],
    ...more,
  });
  const rule = (name: string, canReadObjectRecords: boolean | null) => ({
    objectMetadataId: `${name}-id`,
    canReadObjectRecords,
    canUpdateObjectRecords: null,
    canSoftDeleteObjectRecords: null,
    canDestroyObjectRecords: null,
  });
  const closed = (name: string) => rule(name, false);

  test('is what its own permission for an object says before what it says in general', () => {
    const objects = [object('person'), object('company')];
    const blind = { ...role, canReadAllObjectRecords: false };
    const open = rule('person', true);
    expect(resolveRights({ ...blind, objectPermissions: [open] }, objects).objects).toEqual({
      person: { fields: 'all' },
    });
    expect(resolveRights({ ...role, objectPermissions: [closed('person')] }, objects).objects).toEqual({
      company: { fields: 'all' },
    });
    const silent = rule('person', null);
    expect(resolveRights({ ...role, objectPermissions: [silent] }, objects).objects).toHaveProperty('person');
  });

  test('always includes system objects, and workflows only with their flag', () => {
    const objects = [object('attachment', { isSystem: true }), object('workflow')];
    const blind = { ...role, canReadAllObjectRecords: false, objectPermissions: [closed('attachment')] };
    expect(Object.keys(resolveRights(blind, objects).objects)).toEqual(['attachment']);
    expect(Object.keys(resolveRights(role, objects).objects)).toEqual(['attachment']);
    const flagged = { ...role, permissionFlags: [{ flag: 'WORKFLOWS' }] };
    expect(Object.keys(resolveRights(flagged, objects).objects)).toEqual(['attachment', 'workflow']);
  });

  test('leaves out every column of a hidden relation, and never what a record is called by', () => {
    const hidden = ['person-name', 'person-target'].map((id) => ({
      fieldMetadataId: id,
      canReadFieldValue: false,
      canUpdateFieldValue: false,
    }));
    expect(resolveRights({ ...role, fieldPermissions: hidden }, [object('person')]).objects).toEqual({
      person: { fields: ['name'] },
    });
  });

  test('is nothing of an object with rules that the hub cannot follow, and the reason is told', () => {
    const ruled = { ...role, rowLevelPermissionPredicates: [{ objectMetadataId: 'person-id' }] };
    expect(resolveRights(ruled, [object('person'), object('message', { isSystem: true })]).objects).toEqual({
      person: { withheld: expect.stringContaining('sees only some records of person') },
      message: { withheld: expect.stringContaining('mailbox') },
    });
  });
});
