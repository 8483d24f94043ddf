import type { Entity } from './entities.ts';
import type { Manifest, RoleManifest } from './manifest.ts';

const ROLE_DEFAULTS = {
  description: null,
  icon: null,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: true,
  canBeAssignedToApiKeys: true,
};

/** Roles with their permissions. */
export function flattenRoles(manifest: Manifest): Entity[] {
  return (manifest.roles ?? []).flatMap((role) => [roleEntity(role), ...permissionEntities(role)]);
}

function roleEntity(role: RoleManifest): Entity {
  const own = Object.entries(role).filter(([key]) => key in ROLE_DEFAULTS);
  return {
    kind: 'role',
    universalIdentifier: role.universalIdentifier,
    definition: { ...ROLE_DEFAULTS, label: role.label, ...Object.fromEntries(own), isEditable: true },
  };
}

function permissionEntities(role: RoleManifest): Entity[] {
  const roleUniversalIdentifier = role.universalIdentifier;
  return [
    ...(role.objectPermissions ?? []).map(({ objectUniversalIdentifier, ...permission }) => ({
      kind: 'objectPermission' as const,
      universalIdentifier: permission.universalIdentifier,
      definition: {
        ...permission,
        roleUniversalIdentifier,
        objectMetadataUniversalIdentifier: objectUniversalIdentifier,
      },
    })),
    ...(role.fieldPermissions ?? []).map(({ objectUniversalIdentifier, fieldUniversalIdentifier, ...permission }) => ({
      kind: 'fieldPermission' as const,
      universalIdentifier: permission.universalIdentifier,
      definition: {
        ...permission,
        roleUniversalIdentifier,
        objectMetadataUniversalIdentifier: objectUniversalIdentifier,
        fieldMetadataUniversalIdentifier: fieldUniversalIdentifier,
      },
    })),
    ...(role.permissionFlagUniversalIdentifiers ?? []).map((flag) => ({
      kind: 'rolePermissionFlag' as const,
      universalIdentifier: `${roleUniversalIdentifier}:${flag}`,
      definition: { roleUniversalIdentifier, permissionFlagUniversalIdentifier: flag },
    })),
  ];
}
