import { SystemPermissionFlag, type defineRole } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';
import { objectId, type OwnObject } from './objects.ts';

type Role = Parameters<typeof defineRole>[0];
type Access = 'none' | 'read' | 'update' | 'softDelete';

type DeskRole = {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly flags: readonly (keyof typeof SystemPermissionFlag)[];
  /** What differs from "read and update everything" per object. */
  readonly access: Partial<Record<OwnObject, Access>>;
};

const permission = (object: OwnObject, access: Access) => ({
  objectUniversalIdentifier: objectId(object),
  canReadObjectRecords: access !== 'none',
  canUpdateObjectRecords: access === 'update' || access === 'softDelete',
  canSoftDeleteObjectRecords: access === 'softDelete',
  canDestroyObjectRecords: false,
});

/**
 * A role for members of the desk. Nobody at the desk destroys records for good, and the journal is read-only for all:
 * only the hub writes it.
 */
export const deskRole = (role: DeskRole): Role => ({
  universalIdentifier: identifierOf('role', role.key),
  label: role.label,
  description: role.description,
  icon: role.icon,
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canAccessAllTools: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: true,
  permissionFlagUniversalIdentifiers: role.flags.map((flag) => SystemPermissionFlag[flag]),
  objectPermissions: Object.entries({ ...role.access, caseEntry: 'read' as const }).map(([object, access]) =>
    permission(object as OwnObject, access),
  ),
});
