import { value } from './answers.ts';
import type { Client, Reply } from './client.ts';
import type { Fixture } from './fixture.ts';

/** What a role may do with an object; it never deletes. */
export const permission = (objectMetadataId: string, canRead: boolean, canUpdate: boolean) => ({
  objectMetadataId,
  canReadObjectRecords: canRead,
  canUpdateObjectRecords: canUpdate,
  canSoftDeleteObjectRecords: false,
  canDestroyObjectRecords: false,
});

export const createRole = (client: Client, input: Record<string, unknown>): Promise<Reply> =>
  client.metadata(
    `mutation($i:CreateRoleInput!){createOneRole(createRoleInput:$i){id label canReadAllObjectRecords canUpdateAllObjectRecords
      isEditable canBeAssignedToUsers canBeAssignedToApiKeys}}`,
    { i: input },
  );

export const deleteRole = (client: Client, id: string): Promise<Reply> =>
  client.metadata('mutation($r:UUID!){deleteOneRole(roleId:$r)}', { r: id });

/** A role that may read and update, removed when the test file ends. */
export async function newRole(contract: Fixture, label: string): Promise<string> {
  const input = {
    label: `Contract ${contract.name} ${label}`,
    canReadAllObjectRecords: true,
    canUpdateAllObjectRecords: true,
    canSoftDeleteAllObjectRecords: false,
    canDestroyAllObjectRecords: false,
    canUpdateAllSettings: false,
    canBeAssignedToUsers: true,
    canBeAssignedToApiKeys: true,
  };
  const { id } = value(await createRole(contract.key, input)) as { id: string };
  contract.onClose(async () => value(await deleteRole(contract.key, id)));
  return id;
}

export const setPermissions = (client: Client, roleId: string, objectPermissions: object[]): Promise<Reply> =>
  client.metadata(
    `mutation($i:UpsertObjectPermissionsInput!){upsertObjectPermissions(upsertObjectPermissionsInput:$i){
      objectMetadataId canReadObjectRecords canUpdateObjectRecords canSoftDeleteObjectRecords canDestroyObjectRecords}}`,
    { i: { roleId, objectPermissions } },
  );

/** Takes a field away from a role, for reading and for writing. */
export function hide(
  client: Client,
  roleId: string,
  objectMetadataId: string,
  fieldMetadataId: string,
): Promise<Reply> {
  const hidden = { objectMetadataId, fieldMetadataId, canReadFieldValue: false, canUpdateFieldValue: false };
  return client.metadata(
    'mutation($i:UpsertFieldPermissionsInput!){upsertFieldPermissions(upsertFieldPermissionsInput:$i){canReadFieldValue canUpdateFieldValue}}',
    { i: { roleId, fieldPermissions: [hidden] } },
  );
}

export async function fieldOf(client: Client, objectId: string, name: string): Promise<string> {
  const query = 'query($id:UUID!){object(id:$id){fieldsList{id name}}}';
  const { fieldsList } = value(await client.metadata(query, { id: objectId })) as {
    fieldsList: { id: string; name: string }[];
  };
  return String(fieldsList.find((field) => field.name === name)?.id);
}
