import { GraphqlError } from '../errors.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import type { Role } from './roles.ts';
import type { ObjectPermissionInput } from './role-store.ts';

export function roleNotFound(): GraphqlError {
  return new GraphqlError('Role not found', 'NOT_FOUND', {
    subCode: 'ROLE_NOT_FOUND',
    userFriendlyMessage: 'The role you are trying to modify could not be found.',
  });
}

export function labelTaken(label: string, universalIdentifier: string, type: 'create' | 'update'): GraphqlError {
  const verb = type === 'create' ? 'creating' : 'updating';
  const friendly = 'A role with this label already exists.';
  const failure = {
    status: 'fail',
    errors: [
      {
        code: 'ROLE_LABEL_ALREADY_EXISTS',
        message: 'A role with this label already exists',
        userFriendlyMessage: friendly,
      },
    ],
    flatEntityMinimalInformation: { universalIdentifier, label },
    metadataName: 'role',
    type,
  };
  return new GraphqlError(`Multiple validation errors occurred while ${verb} role`, 'METADATA_VALIDATION_FAILED', {
    userFriendlyMessage: friendly,
    extensions: {
      errors: { role: [failure] },
      summary: { totalErrors: 1, role: 1 },
      message: 'Validation failed for 1 role',
    },
  });
}

export function notEditable(): GraphqlError {
  return new GraphqlError('Role is not editable', 'FORBIDDEN', {
    subCode: 'ROLE_NOT_EDITABLE',
    userFriendlyMessage: 'This role cannot be modified because it is a system role.',
  });
}

/** Throws when a permission names no object, a system object, or gives more than reading to an unreadable one. */
export function checkObjectPermissions(role: Role, model: Model, input: readonly ObjectPermissionInput[]): void {
  for (const permission of input) {
    const canRead = permission.canReadObjectRecords ?? role.canReadAllObjectRecords;
    if (!canRead && mayWrite(permission)) {
      throw new GraphqlError('Cannot give update permission to non-readable object', 'BAD_USER_INPUT', {
        subCode: 'CANNOT_GIVE_WRITING_PERMISSION_ON_NON_READABLE_OBJECT',
        userFriendlyMessage:
          'You cannot grant edit permissions without also granting read permissions. Please enable read access first.',
      });
    }
    demandOrdinaryObject(model, permission.objectMetadataId, 'object');
  }
}

/** The object, when permissions can be set on it. */
export function demandOrdinaryObject(model: Model, id: string, what: 'object' | 'field'): ObjectMetadata {
  const object = model.byId.get(id);
  if (object === undefined) {
    throw new GraphqlError('Object metadata not found', 'NOT_FOUND', {
      subCode: 'OBJECT_METADATA_NOT_FOUND_PERMISSIONS',
      userFriendlyMessage:
        'The object you are trying to set permissions for could not be found. It may have been deleted.',
    });
  }
  if (!object.isSystem) return object;
  const kind = what === 'object' ? '' : 'field ';
  throw new GraphqlError(`Cannot add ${what} permission on system object`, 'FORBIDDEN', {
    subCode: `CANNOT_ADD_${what.toUpperCase()}_PERMISSION_ON_SYSTEM_OBJECT`,
    userFriendlyMessage: `You cannot set ${kind}permissions on system objects as they are managed by the platform.`,
  });
}

/** Without an enterprise licence a role cannot be given rules about single records (Twenty 2.21, measured). */
export function rulesPerRecordDisabled(): GraphqlError {
  const message = 'Row level permission predicate feature is disabled';
  return new GraphqlError(message, 'FORBIDDEN', {
    subCode: 'ROW_LEVEL_PERMISSION_FEATURE_DISABLED',
    userFriendlyMessage: `${message}.`,
  });
}

export function fieldNotFound(): GraphqlError {
  return new GraphqlError('Field metadata not found', 'NOT_FOUND', {
    subCode: 'FIELD_METADATA_NOT_FOUND',
    userFriendlyMessage:
      'The field you are trying to set permissions for could not be found. It may have been deleted.',
  });
}

function mayWrite(permission: ObjectPermissionInput): boolean {
  return (
    permission.canUpdateObjectRecords === true ||
    permission.canSoftDeleteObjectRecords === true ||
    permission.canDestroyObjectRecords === true
  );
}
