import { invalidAuthContext, permissionDenied } from '../auth/errors.ts';
import type { Server } from '../server.ts';
import type { AuthContext, FieldMetadata, Model, ObjectMetadata } from '../types.ts';
import { isTool, PERMISSION_FLAGS, type PermissionFlag } from './flags.ts';
import type { ObjectPermission, Role } from './roles.ts';

/** What an operation does with an object's records. */
export type RecordAction = 'read' | 'update' | 'softDelete' | 'destroy';

/** What one role allows. */
export interface Permissions {
  can(action: RecordAction, object: ObjectMetadata): boolean;
  canReadField(field: FieldMetadata): boolean;
  canUpdateField(field: FieldMetadata): boolean;
  has(flag: PermissionFlag): boolean;
  /** Throws PERMISSION_DENIED when the action is not allowed. */
  demand(action: RecordAction, object: ObjectMetadata): void;
  /** Throws PERMISSION_DENIED naming the first field that may not be read. */
  demandReadable(fields: Iterable<FieldMetadata>, object: ObjectMetadata): void;
  /** Throws PERMISSION_DENIED naming the first field that may not be written. */
  demandWritable(fields: Iterable<FieldMetadata>, object: ObjectMetadata): void;
}

/** The permissions of a caller. Throws INVALID_AUTH_CONTEXT for an application without a role. */
export async function permissions(server: Server, auth: AuthContext): Promise<Permissions> {
  if (auth.roleId === undefined) throw invalidAuthContext();
  const role = (await server.roles.get(auth.workspaceId)).get(auth.roleId);
  if (role === undefined) throw invalidAuthContext();
  return permissionsOf(role, await server.models.get(auth.workspaceId));
}

const PERMISSION_KEYS = {
  read: ['canReadObjectRecords', 'canReadAllObjectRecords'],
  update: ['canUpdateObjectRecords', 'canUpdateAllObjectRecords'],
  softDelete: ['canSoftDeleteObjectRecords', 'canSoftDeleteAllObjectRecords'],
  destroy: ['canDestroyObjectRecords', 'canDestroyAllObjectRecords'],
} as const satisfies Record<RecordAction, readonly [keyof ObjectPermission, keyof Role]>;

/** Seen by nobody without the flag WORKFLOWS, whatever the object permissions say (Twenty 2.21, measured). */
const WORKFLOW_OBJECTS = new Set(['workflow', 'workflowRun', 'workflowVersion']);

function permissionsOf(role: Role, model: Model): Permissions {
  const ofObject = new Map(role.objectPermissions.map((permission) => [permission.objectMetadataId, permission]));
  const ofField = new Map(role.fieldPermissions.map((permission) => [permission.fieldMetadataId, permission]));
  const labels = new Set(model.objects.map((object) => object.labelIdentifierFieldId));
  const has = (flag: PermissionFlag): boolean =>
    role.permissionFlags.includes(flag) || (isTool(flag) ? role.canAccessAllTools : role.canUpdateAllSettings);
  const can = (action: RecordAction, object: ObjectMetadata): boolean => {
    if (WORKFLOW_OBJECTS.has(object.nameSingular)) return has('WORKFLOWS');
    const [own, general] = PERMISSION_KEYS[action];
    // System objects carry the links between the others; roles cannot take them away.
    return object.isSystem || (ofObject.get(object.id)?.[own] ?? role[general]);
  };
  // What a record is called by stays readable (Twenty 2.21, measured).
  const canReadField = (field: FieldMetadata): boolean =>
    labels.has(field.id) || (ofField.get(field.id)?.canReadFieldValue ?? true);
  const canUpdateField = (field: FieldMetadata): boolean => ofField.get(field.id)?.canUpdateFieldValue ?? true;
  return {
    can,
    canReadField,
    canUpdateField,
    has,
    demand: (action, object) => {
      if (!can(action, object)) throw permissionDenied();
    },
    demandReadable: (fields, object) => {
      for (const field of fields) {
        if (!canReadField(field)) throw fieldDenied('read', field, object);
      }
    },
    demandWritable: (fields, object) => {
      for (const field of fields) {
        if (!canUpdateField(field)) throw fieldDenied('write', field, object);
      }
    },
  };
}

export function grantedFlags(permissionsOfCaller: Permissions): PermissionFlag[] {
  return PERMISSION_FLAGS.filter((flag) => permissionsOfCaller.has(flag));
}

function fieldDenied(verb: 'read' | 'write', field: FieldMetadata, object: ObjectMetadata) {
  return permissionDenied(`no permission to ${verb} field "${field.name}" on "${object.nameSingular}"`);
}
