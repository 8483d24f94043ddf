import type { Change } from '../../metadata/change.ts';
import { createObject, deleteObject, updateObject } from '../../metadata/objects.ts';
import type { ObjectMetadata } from '../../types.ts';
import { textOf, type Entity } from '../manifest/entities.ts';
import type { EntityChange } from './diff.ts';

/** Creates, changes and removes objects. `fields` are all fields of the manifest: they name the ones every object gets. */
export async function applyObject(
  change: Change,
  applicationId: string,
  object: EntityChange,
  fields: readonly Entity[],
): Promise<void> {
  if (object.type === 'create') {
    await createObject(change, {
      ...labelsOf(object.after),
      applicationId,
      universalIdentifier: object.after.universalIdentifier,
      isSearchable: object.after.definition['isSearchable'] === true,
      fieldUniversalIdentifiers: identifiersByName(fields, object.after.universalIdentifier),
    });
    return;
  }
  const existing = findObject(change, object.before.universalIdentifier);
  if (existing === undefined) return;
  if (object.type === 'delete') await deleteObject(change, existing.id);
  else
    await updateObject(change, existing.id, {
      ...labelsOf(object.after),
      isSearchable: object.after.definition['isSearchable'] === true,
    });
}

/** The label field can only be set once it exists, after the fields. */
export async function applyLabelIdentifier(change: Change, entity: Entity): Promise<void> {
  const identifier = entity.definition['labelIdentifierFieldMetadataUniversalIdentifier'];
  const object = findObject(change, entity.universalIdentifier);
  const field = object?.fields.find((candidate) => candidate.universalIdentifier === identifier);
  if (object === undefined || field === undefined || object.labelIdentifierFieldId === field.id) return;
  await updateObject(change, object.id, { labelIdentifierFieldId: field.id });
}

export function findObject(change: Change, universalIdentifier: string): ObjectMetadata | undefined {
  return change.model().objects.find((object) => object.universalIdentifier === universalIdentifier);
}

function labelsOf(entity: Entity) {
  return {
    nameSingular: textOf(entity, 'nameSingular'),
    namePlural: textOf(entity, 'namePlural'),
    labelSingular: textOf(entity, 'labelSingular'),
    labelPlural: textOf(entity, 'labelPlural'),
    description: entity.definition['description'] as string | null,
    icon: entity.definition['icon'] as string | null,
  };
}

function identifiersByName(fields: readonly Entity[], objectIdentifier: string): Record<string, string> {
  const own = fields.filter((field) => field.definition['objectMetadataUniversalIdentifier'] === objectIdentifier);
  return Object.fromEntries(own.map((field) => [textOf(field, 'name'), field.universalIdentifier]));
}
