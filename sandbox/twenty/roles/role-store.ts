import { randomUUID } from 'node:crypto';
import type { Queryable } from '../store.ts';
import type { FieldPermission, ObjectPermission, RoleDefinition } from './roles.ts';

/** Permissions as a client sends them: what is left out falls back to the role's default. */
export type ObjectPermissionInput = { objectMetadataId: string } & Partial<Omit<ObjectPermission, 'objectMetadataId'>>;
export type FieldPermissionInput = Pick<FieldPermission, 'objectMetadataId' | 'fieldMetadataId'> &
  Partial<Pick<FieldPermission, 'canReadFieldValue' | 'canUpdateFieldValue'>>;

export async function updateRole(tx: Queryable, roleId: string, changes: Partial<RoleDefinition>): Promise<void> {
  await tx.query('update role set definition = definition || $2 where id = $1', [roleId, changes]);
}

/** Members and keys of the role go to the default role; a role without one has no default in the workspace. */
export async function deleteRole(tx: Queryable, roleId: string, defaultRoleId: string): Promise<void> {
  await tx.query('update membership set role_id = $2 where role_id = $1', [roleId, defaultRoleId]);
  await tx.query('delete from role where id = $1', [roleId]);
}

/** The list replaces all object permissions of the role (Twenty 2.21, measured). */
export async function replaceObjectPermissions(
  tx: Queryable,
  roleId: string,
  permissions: readonly ObjectPermissionInput[],
): Promise<void> {
  await tx.query('delete from object_permission where role_id = $1', [roleId]);
  for (const permission of permissions) {
    await tx.query(
      `insert into object_permission (role_id, object_metadata_id, can_read, can_update, can_soft_delete, can_destroy)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        roleId,
        permission.objectMetadataId,
        permission.canReadObjectRecords,
        permission.canUpdateObjectRecords,
        permission.canSoftDeleteObjectRecords,
        permission.canDestroyObjectRecords,
      ],
    );
  }
}

/** Adds to the field permissions of the role; one that restricts nothing any more is removed. */
export async function upsertFieldPermissions(
  tx: Queryable,
  roleId: string,
  permissions: readonly FieldPermissionInput[],
): Promise<void> {
  for (const permission of permissions) {
    await tx.query(
      `insert into field_permission (id, role_id, object_metadata_id, field_metadata_id, can_read, can_update)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (role_id, field_metadata_id) do update
         set can_read = excluded.can_read, can_update = excluded.can_update`,
      [
        randomUUID(),
        roleId,
        permission.objectMetadataId,
        permission.fieldMetadataId,
        permission.canReadFieldValue,
        permission.canUpdateFieldValue,
      ],
    );
  }
  await tx.query('delete from field_permission where role_id = $1 and can_read is null and can_update is null', [
    roleId,
  ]);
}

export async function replacePermissionFlags(tx: Queryable, roleId: string, flags: readonly string[]): Promise<void> {
  await tx.query('update role set permission_flags = $2 where id = $1', [roleId, flags]);
}
