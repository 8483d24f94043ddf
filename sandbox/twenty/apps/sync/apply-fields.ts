import type { Change } from '../../metadata/change.ts';
import {
  addMorphTarget,
  createField,
  deleteField,
  updateField,
  type FieldUpdate,
  type NewField,
  type NewRelation,
} from '../../metadata/fields.ts';
import { upperFirst } from '../../values/composites.ts';
import type { FieldMetadata, FieldType, ObjectMetadata, RelationEnd } from '../../types.ts';
import { textOf, type Entity } from '../manifest/entities.ts';
import { findObject } from './apply-objects.ts';
import type { EntityChange } from './diff.ts';

/** Creates, changes and removes fields. `fields` are all fields of the manifest: a relation is two of them. */
export async function applyField(
  change: Change,
  applicationId: string,
  field: EntityChange,
  fields: readonly Entity[],
): Promise<void> {
  if (field.type === 'create') return create(change, applicationId, field.after, fields);
  const existing = findField(change, field.before.universalIdentifier);
  // The two sides of a relation go together, and a removed object took its fields along.
  if (existing === undefined) return;
  if (field.type === 'delete') await deleteField(change, existing.id);
  else await updateField(change, existing.id, updateOf(field.after, field.changed));
}

async function create(change: Change, applicationId: string, entity: Entity, fields: readonly Entity[]): Promise<void> {
  const existing = findField(change, entity.universalIdentifier);
  // Every object got its name field and its links to notes, tasks, attachments and timeline when it was created.
  if (existing !== undefined) return refine(change, existing, entity);
  const relation = relationType(entity);
  if (relation === 'ONE_TO_MANY') return;
  if (entity.definition['type'] === 'MORPH_RELATION') return createMorphEnd(change, applicationId, entity, fields);
  const relations = relation === undefined ? [] : [relationOf(change, entity, fields)];
  await createField(change, { ...newField(change, applicationId, entity), ...(relations.length > 0 && { relations }) });
}

async function refine(change: Change, existing: FieldMetadata, entity: Entity): Promise<void> {
  if (existing.relations.length > 0) return;
  await updateField(change, existing.id, updateOf(entity, Object.keys(entity.definition)));
}

/** A morph relation is one field for the server and one per target in the manifest: `targetPerson`, `targetCompany`. */
async function createMorphEnd(
  change: Change,
  applicationId: string,
  entity: Entity,
  fields: readonly Entity[],
): Promise<void> {
  const owner = objectOf(change, entity, 'objectMetadataUniversalIdentifier');
  const target = objectOf(change, entity, 'relationTargetObjectMetadataUniversalIdentifier');
  if (owner.fields.some((field) => field.relations.some((end) => end.name === textOf(entity, 'name')))) return;
  const name = textOf(entity, 'name').replace(new RegExp(`${upperFirst(target.nameSingular)}$`), '');
  const shared = owner.fields.find((field) => field.name === name && field.type === 'MORPH_RELATION');
  const relation = relationOf(change, entity, fields);
  if (shared !== undefined) return addMorphTarget(change, shared, target, relation.inverse);
  await createField(change, { ...newField(change, applicationId, entity), name, relations: [relation] });
}

function relationOf(change: Change, entity: Entity, fields: readonly Entity[]): NewRelation {
  const inverse = fields.find(
    (candidate) =>
      candidate.universalIdentifier === entity.definition['relationTargetFieldMetadataUniversalIdentifier'],
  );
  if (inverse === undefined) throw new Error(`The relation ${textOf(entity, 'name')} has no field on its other side`);
  const settings = entity.definition['universalSettings'] as {
    onDelete?: RelationEnd['onDelete'];
    joinColumnName?: string;
  };
  return {
    type: 'MANY_TO_ONE',
    targetObjectId: objectOf(change, entity, 'relationTargetObjectMetadataUniversalIdentifier').id,
    onDelete: settings.onDelete ?? 'SET_NULL',
    joinColumn: settings.joinColumnName ?? `${textOf(entity, 'name')}Id`,
    inverse: {
      name: textOf(inverse, 'name'),
      label: textOf(inverse, 'label'),
      icon: inverse.definition['icon'] as string | null,
      universalIdentifier: inverse.universalIdentifier,
    },
  };
}

function newField(change: Change, applicationId: string, entity: Entity): NewField {
  return {
    objectMetadataId: objectOf(change, entity, 'objectMetadataUniversalIdentifier').id,
    applicationId,
    universalIdentifier: entity.universalIdentifier,
    type: textOf(entity, 'type') as FieldType,
    name: textOf(entity, 'name'),
    label: textOf(entity, 'label'),
    ...updateOf(entity, Object.keys(entity.definition)),
  };
}

const UPDATABLE = [
  'name',
  'label',
  'description',
  'icon',
  'options',
  'defaultValue',
  'isUIEditable',
  'isNullable',
  'isUnique',
] as const satisfies readonly (keyof FieldUpdate)[];

function updateOf(entity: Entity, changed: readonly string[]): FieldUpdate {
  const keys = UPDATABLE.filter((key) => changed.includes(key));
  const settings = entity.definition['universalSettings'];
  return {
    ...Object.fromEntries(keys.map((key) => [key, entity.definition[key]])),
    ...(changed.includes('universalSettings') &&
      settings !== null && { settings: settings as Record<string, unknown> }),
  };
}

function relationType(entity: Entity): string | undefined {
  return (entity.definition['universalSettings'] as { relationType?: string } | null)?.relationType;
}

function findField(change: Change, universalIdentifier: string): FieldMetadata | undefined {
  return [...change.model().fieldById.values()].find((field) => field.universalIdentifier === universalIdentifier);
}

function objectOf(change: Change, entity: Entity, key: string): ObjectMetadata {
  const object = findObject(change, textOf(entity, key));
  if (object === undefined) throw new Error(`The field ${textOf(entity, 'name')} belongs to no object`);
  return object;
}
