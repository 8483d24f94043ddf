import { randomUUID } from 'node:crypto';
import type { FieldMetadata, FieldOption, ObjectMetadata, RelationEnd } from '../types.ts';
import { upperFirst } from '../values/composites.ts';
import { type Change, insertField, saveField } from './change.ts';
import { createFieldIndex, dropFieldIndexes } from './indexes.ts';
import { addColumns, addForeignKeys, createSearchColumn, dropColumns, renameColumns, replaceEnum } from './tables.ts';
import { checkNewField, metadataNotFound, updateTargetMissing } from './validation.ts';

export type NewRelation = {
  type: RelationEnd['type'];
  targetObjectId: string;
  onDelete?: RelationEnd['onDelete'];
  joinColumn?: string;
  /** The field made on the other object. */
  inverse: { name?: string; label: string; icon?: string | null; id?: string; universalIdentifier?: string };
};

export type NewField = Pick<FieldMetadata, 'objectMetadataId' | 'type' | 'name' | 'label'> &
  Partial<
    Pick<
      FieldMetadata,
      | 'id'
      | 'universalIdentifier'
      | 'applicationId'
      | 'description'
      | 'icon'
      | 'isActive'
      | 'isSystem'
      | 'isUIEditable'
      | 'isNullable'
      | 'isUnique'
      | 'isLabelSyncedWithName'
      | 'defaultValue'
      | 'settings'
    >
  > & {
    options?: (Omit<FieldOption, 'id' | 'color'> & Partial<FieldOption>)[] | null;
    /** One for RELATION, one per target for MORPH_RELATION. */
    relations?: NewRelation[];
  };

/** Adds a field with its columns, its unique index and, for a relation, the field on the other object. */
export async function createField(change: Change, input: NewField): Promise<FieldMetadata> {
  const object = objectOf(change, input.objectMetadataId);
  checkNewField(object, input);
  const field = buildField(change, input);
  const inverses = (input.relations ?? []).map((relation, index) =>
    linkInverse(change, object, field, relation, index),
  );
  if (input.type === 'RELATION' || input.type === 'MORPH_RELATION') {
    field.settings = { ...field.settings, ...relationSettings(field.relations[0]) };
  }
  await insertField(change.tx, field);
  const { recordSchema } = change.model().workspace;
  await addColumns(change.tx, recordSchema, object, field);
  for (const inverse of inverses) {
    const target = objectOf(change, inverse.objectMetadataId);
    checkNewField(target, inverse);
    await insertField(change.tx, inverse);
    await addColumns(change.tx, recordSchema, target, inverse);
  }
  await change.refresh([object.id, ...inverses.map((inverse) => inverse.objectMetadataId)]);
  for (const added of [field, ...inverses]) {
    await addForeignKeys(change.tx, change.model(), objectOf(change, added.objectMetadataId), [added]);
  }
  if (field.isUnique) await createFieldIndex(change, field);
  return field;
}

export type FieldUpdate = Partial<Omit<NewField, 'objectMetadataId' | 'type' | 'relations' | 'id'>>;

/** Changes a field. A changed type is not among what can be changed: Twenty 2.21 ignores it silently (measured). */
export async function updateField(change: Change, fieldId: string, update: FieldUpdate): Promise<FieldMetadata> {
  const before = change.model().fieldById.get(fieldId);
  if (before === undefined) throw updateTargetMissing('fieldMetadata', 'Field metadata to update not found');
  const object = objectOf(change, before.objectMetadataId);
  const after: FieldMetadata = {
    ...before,
    ...definedOnly(update),
    options: update.options === undefined ? before.options : (withOptionIds(update.options, before.options) ?? null),
  };
  const { recordSchema } = change.model().workspace;
  if (after.name !== before.name && before.relations.length === 0) {
    await renameColumns(change.tx, recordSchema, object, before, after);
  }
  if (JSON.stringify(after.options) !== JSON.stringify(before.options)) {
    await replaceEnum(change.tx, recordSchema, object, after);
  }
  await saveField(change.tx, after);
  await change.refresh([object.id]);
  if (after.isUnique && !before.isUnique) await createFieldIndex(change, after);
  if (!after.isUnique && before.isUnique) await dropFieldIndexes(change, after);
  return after;
}

/** Removes a field with its data and the other side of its relation. */
export async function deleteField(change: Change, fieldId: string): Promise<FieldMetadata> {
  const field = change.model().fieldById.get(fieldId);
  if (field === undefined)
    throw metadataNotFound('Field to delete not found', 'FIELD_METADATA_NOT_FOUND', 'Field not found.');
  await removeField(change, field);
  for (const end of field.relations) await detachInverse(change, field, end);
  await change.refresh([field.objectMetadataId, ...field.relations.map((end) => end.targetObjectId)]);
  return field;
}

/** What the settings of a relation field repeat of its relation. */
export function relationSettings(end: RelationEnd | undefined): Record<string, unknown> {
  if (end === undefined) return {};
  if (end.type === 'ONE_TO_MANY') return { relationType: end.type };
  return { onDelete: end.onDelete ?? 'SET_NULL', relationType: end.type, joinColumnName: end.joinColumn };
}

/** Adds a target to an existing morph relation, as every new custom object does to `target` of notes, tasks and so on. */
export async function addMorphTarget(
  change: Change,
  field: FieldMetadata,
  target: ObjectMetadata,
  inverse: NewRelation['inverse'],
): Promise<void> {
  const object = objectOf(change, field.objectMetadataId);
  const end: RelationEnd = {
    type: 'MANY_TO_ONE',
    name: field.name + upperFirst(target.nameSingular),
    targetObjectId: target.id,
    targetFieldId: inverse.id ?? randomUUID(),
    joinColumn: `${field.name}${upperFirst(target.nameSingular)}Id`,
    onDelete: 'SET_NULL',
  };
  const onlyThisEnd = { ...field, relations: [end] };
  await addColumns(change.tx, change.model().workspace.recordSchema, object, onlyThisEnd);
  await saveField(change.tx, { ...field, relations: [...field.relations, end] });
  await insertField(change.tx, inverseField(change, object, field, end, inverse, target));
  await change.refresh([object.id, target.id]);
  await addForeignKeys(change.tx, change.model(), object, [onlyThisEnd]);
}

function objectOf(change: Change, objectId: string): ObjectMetadata {
  const object = change.model().byId.get(objectId);
  if (object === undefined)
    throw metadataNotFound('Object metadata not found', 'OBJECT_METADATA_NOT_FOUND', 'Object not found.');
  return object;
}

function buildField(change: Change, input: NewField): FieldMetadata {
  const now = new Date();
  return {
    id: input.id ?? randomUUID(),
    universalIdentifier: input.universalIdentifier ?? randomUUID(),
    objectMetadataId: input.objectMetadataId,
    applicationId: input.applicationId ?? change.model().workspace.customApplicationId,
    type: input.type,
    name: input.name,
    label: input.label,
    description: input.description ?? null,
    icon: input.icon ?? null,
    isActive: input.isActive ?? true,
    isSystem: input.isSystem ?? false,
    isUIEditable: input.isUIEditable ?? true,
    isNullable: input.isNullable ?? true,
    isUnique: input.isUnique ?? false,
    isLabelSyncedWithName: input.isLabelSyncedWithName ?? false,
    defaultValue: input.defaultValue ?? null,
    options: input.type === 'RATING' ? ratingOptions() : (withOptionIds(input.options, null) ?? null),
    settings: input.settings ?? null,
    morphId: input.type === 'MORPH_RELATION' ? randomUUID() : null,
    relations: [],
    createdAt: now,
    updatedAt: now,
  };
}

/** Completes one end of the new relation and returns the field for the other object. */
function linkInverse(
  change: Change,
  object: ObjectMetadata,
  field: FieldMetadata,
  relation: NewRelation,
  index: number,
): FieldMetadata {
  const target = objectOf(change, relation.targetObjectId);
  const name = field.type === 'MORPH_RELATION' ? field.name + upperFirst(target.nameSingular) : field.name;
  const end: RelationEnd = {
    type: relation.type,
    name,
    targetObjectId: target.id,
    targetFieldId: relation.inverse.id ?? randomUUID(),
    joinColumn: relation.type === 'MANY_TO_ONE' ? (relation.joinColumn ?? `${name}Id`) : null,
    onDelete: relation.type === 'MANY_TO_ONE' ? (relation.onDelete ?? 'SET_NULL') : null,
  };
  field.relations[index] = end;
  return inverseField(change, object, field, end, relation.inverse, target);
}

function inverseField(
  change: Change,
  object: ObjectMetadata,
  field: FieldMetadata,
  end: RelationEnd,
  inverse: NewRelation['inverse'],
  target: ObjectMetadata,
): FieldMetadata {
  const isMany = end.type === 'MANY_TO_ONE';
  const name = inverse.name ?? nameFromLabel(inverse.label);
  const back: RelationEnd = {
    type: isMany ? 'ONE_TO_MANY' : 'MANY_TO_ONE',
    name,
    targetObjectId: object.id,
    targetFieldId: field.id,
    joinColumn: isMany ? null : `${name}Id`,
    onDelete: isMany ? null : 'SET_NULL',
  };
  return {
    ...buildField(change, {
      id: end.targetFieldId,
      objectMetadataId: target.id,
      type: 'RELATION',
      name,
      label: inverse.label,
      applicationId: field.applicationId,
      icon: inverse.icon ?? null,
      settings: relationSettings(back),
      ...(inverse.universalIdentifier !== undefined && { universalIdentifier: inverse.universalIdentifier }),
    }),
    relations: [back],
  };
}

async function removeField(change: Change, field: FieldMetadata): Promise<void> {
  const object = objectOf(change, field.objectMetadataId);
  const { recordSchema } = change.model().workspace;
  await dropColumns(change.tx, recordSchema, object, field);
  await change.tx.query('delete from field_metadata where id = $1', [field.id]);
  await change.tx.query(
    `delete from index_metadata where object_metadata_id = $1
       and jsonb_path_exists(definition, '$.fields[*] ? (@.fieldMetadataId == $id)', jsonb_build_object('id', $2::text))`,
    [object.id, field.id],
  );
  if (object.searchFieldIds.includes(field.id)) {
    await change.refresh([object.id]);
    await createSearchColumn(change.tx, recordSchema, objectOf(change, object.id));
  }
}

async function detachInverse(change: Change, field: FieldMetadata, end: RelationEnd): Promise<void> {
  const inverse = change.model().fieldById.get(end.targetFieldId);
  if (inverse === undefined) return;
  if (inverse.type === 'RELATION') return removeField(change, inverse);
  const [kept, removed] = partition(inverse.relations, (candidate) => candidate.targetFieldId !== field.id);
  const object = objectOf(change, inverse.objectMetadataId);
  await dropColumns(change.tx, change.model().workspace.recordSchema, object, { ...inverse, relations: removed });
  await saveField(change.tx, { ...inverse, relations: kept });
}

function partition<T>(items: readonly T[], keep: (item: T) => boolean): [T[], T[]] {
  return [items.filter(keep), items.filter((item) => !keep(item))];
}

function ratingOptions(): FieldOption[] {
  return [1, 2, 3, 4, 5].map(
    (stars) =>
      ({ id: randomUUID(), label: String(stars), value: `RATING_${stars}`, position: stars - 1 }) as FieldOption,
  );
}

function withOptionIds(options: NewField['options'], known: readonly FieldOption[] | null): FieldOption[] | null {
  if (options === undefined || options === null) return null;
  return options.map((option) => ({
    color: 'gray',
    ...option,
    id: option.id ?? known?.find((candidate) => candidate.value === option.value)?.id ?? randomUUID(),
  }));
}

function nameFromLabel(label: string): string {
  const words = label.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : upperFirst(word)))
    .join('');
}

function definedOnly(update: FieldUpdate): Partial<FieldMetadata> {
  const { options: _options, ...rest } = update;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}
