import type { Queryable } from '../store.ts';

/** What a role may do with every object that has no permission of its own. */
export type RoleDefinition = {
  label: string;
  description: string | null;
  icon: string | null;
  isEditable: boolean;
  canBeAssignedToUsers: boolean;
  canBeAssignedToAgents: boolean;
  canBeAssignedToApiKeys: boolean;
  canUpdateAllSettings: boolean;
  canAccessAllTools: boolean;
  canReadAllObjectRecords: boolean;
  canUpdateAllObjectRecords: boolean;
  canSoftDeleteAllObjectRecords: boolean;
  canDestroyAllObjectRecords: boolean;
};

/** `null` or absent: the role's own default holds. */
export type ObjectPermission = {
  objectMetadataId: string;
  canReadObjectRecords: boolean | null;
  canUpdateObjectRecords: boolean | null;
  canSoftDeleteObjectRecords: boolean | null;
  canDestroyObjectRecords: boolean | null;
};

export type FieldPermission = {
  id: string;
  roleId: string;
  objectMetadataId: string;
  fieldMetadataId: string;
  canReadFieldValue: boolean | null;
  canUpdateFieldValue: boolean | null;
};

export type Role = RoleDefinition & {
  id: string;
  universalIdentifier: string;
  permissionFlags: string[];
  objectPermissions: ObjectPermission[];
  fieldPermissions: FieldPermission[];
};

/** The roles of every workspace, kept in memory because every request needs one. */
export interface Roles {
  /** By id, in the order of their creation. */
  get(workspaceId: string): Promise<ReadonlyMap<string, Role>>;
  /** Call after every committed change of a workspace's roles or metadata. */
  invalidate(workspaceId: string): void;
}

export function createRoles(store: Queryable): Roles {
  const cache = new Map<string, Promise<ReadonlyMap<string, Role>>>();
  return {
    get: (workspaceId) => {
      const known = cache.get(workspaceId);
      if (known !== undefined) return known;
      const loading = loadRoles(store, workspaceId);
      cache.set(workspaceId, loading);
      loading.catch(() => cache.delete(workspaceId));
      return loading;
    },
    invalidate: (workspaceId) => {
      cache.delete(workspaceId);
    },
  };
}

type RoleRow = { id: string; universal_identifier: string; definition: RoleDefinition; permission_flags: string[] };
type OfRole<P> = P & { roleId: string };

async function loadRoles(db: Queryable, workspaceId: string): Promise<ReadonlyMap<string, Role>> {
  const roles = await db.query<RoleRow>(
    `select id, universal_identifier, definition, permission_flags from role
      where workspace_id = $1 order by sequence`,
    [workspaceId],
  );
  const ofWorkspace = 'role_id in (select id from role where workspace_id = $1)';
  const objects = await db.query<OfRole<ObjectPermission>>(
    `select role_id as "roleId", object_metadata_id as "objectMetadataId", can_read as "canReadObjectRecords",
            can_update as "canUpdateObjectRecords", can_soft_delete as "canSoftDeleteObjectRecords",
            can_destroy as "canDestroyObjectRecords"
       from object_permission where ${ofWorkspace} order by object_metadata_id`,
    [workspaceId],
  );
  const fields = await db.query<FieldPermission>(
    `select id, role_id as "roleId", object_metadata_id as "objectMetadataId", field_metadata_id as "fieldMetadataId",
            can_read as "canReadFieldValue", can_update as "canUpdateFieldValue"
       from field_permission where ${ofWorkspace} order by field_metadata_id`,
    [workspaceId],
  );
  return new Map(
    roles.rows.map((row) => [
      row.id,
      {
        ...row.definition,
        id: row.id,
        universalIdentifier: row.universal_identifier,
        permissionFlags: row.permission_flags,
        objectPermissions: objects.rows.filter((permission) => permission.roleId === row.id),
        fieldPermissions: fields.rows.filter((permission) => permission.roleId === row.id),
      },
    ]),
  );
}
