import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Queryable } from '../store.ts';
import type { FieldMetadata, FieldOption, IndexMetadata, ObjectMetadata, RelationEnd, Workspace } from '../types.ts';
import { insertObject, openChange } from './change.ts';
import { hashedName } from './columns.ts';
import { relationSettings } from './fields.ts';
import { addForeignKeys, createIndex, createTable } from './tables.ts';

type StandardRelation = Pick<RelationEnd, 'type' | 'name'> & {
  target: string;
  targetField: string;
  joinColumn?: string;
  onDelete?: RelationEnd['onDelete'];
};

type StandardField = Pick<FieldMetadata, 'name' | 'type' | 'label' | 'universalIdentifier'> &
  Partial<Omit<FieldMetadata, 'options' | 'relations'>> & {
    options?: Omit<FieldOption, 'id'>[];
    relations?: StandardRelation[];
  };

type StandardObject = Pick<
  ObjectMetadata,
  'nameSingular' | 'namePlural' | 'labelSingular' | 'labelPlural' | 'universalIdentifier'
> &
  Partial<Omit<ObjectMetadata, 'fields'>> & {
    labelIdentifier?: string;
    imageIdentifier?: string;
    uniqueIndexes: (string | { where: string })[][];
    searchFields: string[];
    fields: StandardField[];
  };

/** Gives a new workspace the 28 standard objects of Twenty 2.21, with their tables. */
export async function installStandardObjects(tx: Queryable, workspace: Workspace): Promise<void> {
  const file = await readFile(new URL('../standard-objects.json', import.meta.url), 'utf8');
  const { objects } = JSON.parse(file) as { objects: StandardObject[] };
  const ids = assignIds(objects);
  for (const standard of objects) {
    const object = buildObject(standard, workspace, ids);
    await insertObject(tx, workspace.id, object);
    await createTable(tx, workspace.recordSchema, object);
    for (const index of object.indexes) await createIndex(tx, workspace.recordSchema, object, index);
  }
  const model = (await openChange(tx, workspace.id)).model();
  for (const object of model.objects) {
    await addForeignKeys(tx, model, object, object.fields);
  }
}

type Ids = { object: (name: string) => string; field: (object: string, field: string) => string };

function assignIds(objects: readonly StandardObject[]): Ids {
  const known = new Map<string, string>();
  for (const object of objects) {
    known.set(object.nameSingular, randomUUID());
    for (const field of object.fields) known.set(`${object.nameSingular}.${field.name}`, randomUUID());
  }
  const get = (key: string): string => {
    const id = known.get(key);
    if (id === undefined) throw new Error(`standard-objects.json names ${key}, which it does not define`);
    return id;
  };
  return { object: get, field: (object, field) => get(`${object}.${field}`) };
}

function buildObject(standard: StandardObject, workspace: Workspace, ids: Ids): ObjectMetadata {
  const name = standard.nameSingular;
  const now = new Date();
  const fieldId = (field: string | undefined) => (field === undefined ? null : ids.field(name, field));
  return {
    id: ids.object(name),
    universalIdentifier: standard.universalIdentifier,
    applicationId: workspace.standardApplicationId,
    nameSingular: name,
    namePlural: standard.namePlural,
    labelSingular: standard.labelSingular,
    labelPlural: standard.labelPlural,
    description: standard.description ?? null,
    icon: standard.icon ?? null,
    shortcut: null,
    color: null,
    isActive: standard.isActive ?? true,
    isSystem: standard.isSystem ?? false,
    isSearchable: standard.isSearchable ?? false,
    isUICreatable: standard.isUICreatable ?? true,
    isUIEditable: standard.isUIEditable ?? true,
    isLabelSyncedWithName: false,
    labelIdentifierFieldId: fieldId(standard.labelIdentifier),
    imageIdentifierFieldId: fieldId(standard.imageIdentifier),
    duplicateCriteria: standard.duplicateCriteria ?? null,
    tableName: name,
    searchFieldIds: standard.searchFields.map((field) => ids.field(name, field)),
    fields: standard.fields.map((field) => buildField(field, standard, workspace, ids)),
    indexes: standard.uniqueIndexes.map((entries) => buildIndex(entries, standard, workspace, ids)),
    createdAt: now,
    updatedAt: now,
  };
}

function buildField(field: StandardField, object: StandardObject, workspace: Workspace, ids: Ids): FieldMetadata {
  const now = new Date();
  const relations = (field.relations ?? []).map((relation) => ({
    type: relation.type,
    name: relation.name,
    targetObjectId: ids.object(relation.target),
    targetFieldId: ids.field(relation.target, relation.targetField),
    joinColumn: relation.joinColumn ?? null,
    onDelete: relation.onDelete ?? null,
  }));
  return {
    id: ids.field(object.nameSingular, field.name),
    universalIdentifier: field.universalIdentifier,
    objectMetadataId: ids.object(object.nameSingular),
    applicationId: workspace.standardApplicationId,
    type: field.type,
    name: field.name,
    label: field.label,
    description: field.description ?? null,
    icon: field.icon ?? null,
    isActive: true,
    isSystem: field.isSystem ?? false,
    isUIEditable: field.isUIEditable ?? true,
    isNullable: field.isNullable ?? true,
    isUnique: field.isUnique ?? false,
    isLabelSyncedWithName: false,
    defaultValue: field.defaultValue ?? null,
    options: field.options?.map((option) => ({ id: randomUUID(), ...option })) ?? null,
    settings: { ...field.settings, ...relationSettings(relations[0]) },
    morphId: field.type === 'MORPH_RELATION' ? randomUUID() : null,
    relations,
    createdAt: now,
    updatedAt: now,
  };
}

function buildIndex(
  entries: readonly (string | { where: string })[],
  object: StandardObject,
  workspace: Workspace,
  ids: Ids,
): IndexMetadata {
  const now = new Date();
  const names = entries.filter((entry) => typeof entry === 'string');
  const condition = entries.find((entry) => typeof entry !== 'string');
  return {
    id: randomUUID(),
    universalIdentifier: randomUUID(),
    objectMetadataId: ids.object(object.nameSingular),
    applicationId: workspace.standardApplicationId,
    name: hashedName('IDX_UNIQUE', object.nameSingular, ...names),
    isUnique: true,
    isCustom: false,
    indexType: 'BTREE',
    whereClause: condition?.where ?? null,
    fields: names.map((name, order) => ({
      id: randomUUID(),
      fieldMetadataId: ids.field(object.nameSingular, name),
      subFieldName: null,
      order,
    })),
    createdAt: now,
    updatedAt: now,
  };
}
