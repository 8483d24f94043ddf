import { GraphqlError } from '../errors.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import { columnsOf } from './columns.ts';

type Finding = { code: string; message: string; userFriendlyMessage: string; value?: unknown };

/** The refusal of a metadata change, in the shape of METADATA_VALIDATION_FAILED (Twenty 2.21, measured). */
export function validationFailed(
  message: string,
  metadataName: string,
  type: 'create' | 'update' | 'delete',
  entity: Record<string, unknown>,
  findings: readonly Finding[],
): GraphqlError {
  return new GraphqlError(message, 'METADATA_VALIDATION_FAILED', {
    extensions: {
      errors: {
        [metadataName]: [
          { status: 'fail', errors: findings, flatEntityMinimalInformation: entity, metadataName, type },
        ],
      },
      summary: { totalErrors: 1, [metadataName]: 1 },
      userFriendlyMessage: findings[0]?.userFriendlyMessage,
      message: `Validation failed for 1 ${metadataName}`,
    },
  });
}

export function metadataNotFound(message: string, subCode: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'NOT_FOUND', { subCode, userFriendlyMessage });
}

/** An update of something that does not exist is a failed validation, unlike a deletion (Twenty 2.21, measured). */
export function updateTargetMissing(metadataName: 'fieldMetadata' | 'objectMetadata', message: string): GraphqlError {
  const code = metadataName === 'fieldMetadata' ? 'FIELD_METADATA_NOT_FOUND' : 'OBJECT_METADATA_NOT_FOUND';
  const kind = metadataName === 'fieldMetadata' ? 'field' : 'object';
  return validationFailed(`Validation errors occurred while updating ${kind}`, metadataName, 'update', { id: '' }, [
    { code, message, userFriendlyMessage: message },
  ]);
}

export function checkNewField(
  object: ObjectMetadata,
  field: { name: string; type: string; universalIdentifier?: string | undefined },
): void {
  const findings = fieldFindings(object, field);
  if (findings.length === 0) return;
  throw validationFailed(
    'Multiple validation errors occurred while creating fields',
    'fieldMetadata',
    'create',
    {
      universalIdentifier: field.universalIdentifier ?? '',
      name: field.name,
      objectMetadataUniversalIdentifier: object.universalIdentifier,
    },
    findings,
  );
}

export function checkNewObject(
  model: Model,
  object: { nameSingular: string; namePlural: string; universalIdentifier?: string | undefined },
): void {
  const exists = model.bySingular.has(object.nameSingular) || model.byPlural.has(object.namePlural);
  if (!exists) return;
  const { nameSingular, namePlural, universalIdentifier = '' } = object;
  throw validationFailed(
    'Multiple validation errors occurred while creating object',
    'objectMetadata',
    'create',
    { universalIdentifier, namePlural, nameSingular },
    [
      {
        code: 'OBJECT_ALREADY_EXISTS',
        message: 'Object already exists',
        userFriendlyMessage: 'Object already exists',
      },
    ],
  );
}

function fieldFindings(object: ObjectMetadata, field: { name: string; type: string }): Finding[] {
  if (field.type === 'NUMERIC') {
    return [
      {
        code: 'INVALID_FIELD_INPUT',
        message: 'Field type NUMERIC is not supported for field creation. Use NUMBER instead.',
        value: 'NUMERIC',
        userFriendlyMessage: 'Field type NUMERIC is not supported. Use Number instead.',
      },
    ];
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(field.name)) {
    const message = 'Name is not valid: it must start with lowercase letter and contain only alphanumeric letters';
    return [{ code: 'INVALID_FIELD_INPUT', message, userFriendlyMessage: message, value: field.name }];
  }
  if (isTaken(object, field.name)) {
    const message = `Name "${field.name}" is not available as it is already used by another field`;
    return [{ code: 'NOT_AVAILABLE', value: field.name, message, userFriendlyMessage: message }];
  }
  return [];
}

function isTaken(object: ObjectMetadata, name: string): boolean {
  return object.fields.some(
    (field) => field.name === name || columnsOf(object, field).some((column) => column.name === name),
  );
}
