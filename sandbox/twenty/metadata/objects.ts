import { randomUUID } from 'node:crypto';
import { quoteName } from '../store.ts';
import type { FieldMetadata, FieldType, ObjectMetadata } from '../types.ts';
import { type Change, insertObject, saveObject } from './change.ts';
import { qualified } from './columns.ts';
import { addMorphTarget, deleteField } from './fields.ts';
import { createSearchColumn, createTable, dropTable } from './tables.ts';
import { checkNewObject, updateTargetMissing } from './validation.ts';

export type NewObject = Pick<ObjectMetadata, 'nameSingular' | 'namePlural' | 'labelSingular' | 'labelPlural'> &
  Partial<
    Pick<
      ObjectMetadata,
      | 'id'
      | 'universalIdentifier'
      | 'applicationId'
      | 'description'
      | 'icon'
      | 'shortcut'
      | 'color'
      | 'isSearchable'
      | 'isLabelSyncedWithName'
    >
  > & {
    skipNameField?: boolean;
    /** Universal identifiers of the fields every object gets, by field name; random ones when not given. */
    fieldUniversalIdentifiers?: Readonly<Record<string, string>>;
  };

/** Objects whose `target` can be any custom object, with the field they give it. */
const TARGETED_BY = [
  { object: 'timelineActivity', field: 'timelineActivities', label: 'Timeline Activities', icon: 'IconTimelineEvent' },
  { object: 'attachment', field: 'attachments', label: 'Attachments', icon: 'IconFileImport' },
  { object: 'noteTarget', field: 'noteTargets', label: 'Notes', icon: 'IconNotes' },
  { object: 'taskTarget', field: 'taskTargets', label: 'Tasks', icon: 'IconCheckbox' },
] as const;

/** Adds a custom object with its table, its system fields and its links to notes, tasks, attachments and timeline. */
export async function createObject(change: Change, input: NewObject): Promise<ObjectMetadata> {
  checkNewObject(change.model(), input);
  const { workspace } = change.model();
  const object = buildObject(change, input);
  await insertObject(change.tx, workspace.id, object);
  await createTable(change.tx, workspace.recordSchema, object);
  await change.refresh([object.id]);
  for (const { object: owner, field, label, icon } of TARGETED_BY) {
    const target = change
      .model()
      .bySingular.get(owner)
      ?.fields.find((candidate) => candidate.name === 'target');
    if (target === undefined) continue;
    const universalIdentifier = input.fieldUniversalIdentifiers?.[field];
    await addMorphTarget(change, target, object, {
      name: field,
      label,
      icon,
      ...(universalIdentifier !== undefined && { universalIdentifier }),
    });
  }
  return existing(change, object.id);
}

export type ObjectUpdate = Partial<
  Pick<
    ObjectMetadata,
    | 'nameSingular'
    | 'namePlural'
    | 'labelSingular'
    | 'labelPlural'
    | 'description'
    | 'icon'
    | 'shortcut'
    | 'color'
    | 'isActive'
    | 'isSearchable'
    | 'isLabelSyncedWithName'
    | 'labelIdentifierFieldId'
    | 'imageIdentifierFieldId'
  >
>;

export async function updateObject(change: Change, objectId: string, update: ObjectUpdate): Promise<ObjectMetadata> {
  const before = change.model().byId.get(objectId);
  if (before === undefined) throw updateTargetMissing('objectMetadata', 'Object metadata to update not found');
  const defined = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
  const after: ObjectMetadata = { ...before, ...defined };
  const isRelabelled = after.labelIdentifierFieldId !== before.labelIdentifierFieldId;
  if (isRelabelled && after.labelIdentifierFieldId !== null) after.searchFieldIds = [after.labelIdentifierFieldId];
  if (after.nameSingular !== before.nameSingular) {
    after.tableName = `_${after.nameSingular}`;
    const table = qualified(change.model().workspace.recordSchema, before.tableName);
    await change.tx.query(`alter table ${table} rename to ${quoteName(after.tableName)}`);
  }
  await saveObject(change.tx, after);
  await change.refresh([objectId]);
  if (isRelabelled)
    await createSearchColumn(change.tx, change.model().workspace.recordSchema, existing(change, objectId));
  return existing(change, objectId);
}

/** Removes an object with its rows, and its relations from all other objects. */
export async function deleteObject(change: Change, objectId: string): Promise<ObjectMetadata> {
  const object = change.model().byId.get(objectId);
  if (object === undefined) {
    throw new Error('Could not find flat entity in maps');
  }
  for (const field of object.fields.filter((candidate) => candidate.relations.length > 0)) {
    // Of a relation of the object to itself the second side went with the first.
    if (change.model().fieldById.has(field.id)) await deleteField(change, field.id);
  }
  await dropTable(change.tx, change.model().workspace.recordSchema, existing(change, objectId));
  await change.tx.query('delete from object_metadata where id = $1', [objectId]);
  await change.refresh([objectId]);
  return object;
}

function existing(change: Change, objectId: string): ObjectMetadata {
  const object = change.model().byId.get(objectId);
  if (object === undefined) throw new Error(`Object ${objectId} was not stored`);
  return object;
}

function buildObject(change: Change, input: NewObject): ObjectMetadata {
  const now = new Date();
  const id = input.id ?? randomUUID();
  const applicationId = input.applicationId ?? change.model().workspace.customApplicationId;
  const fields = systemFields(id, applicationId, input);
  const label = fields.find((field) => field.name === 'name') ?? fields.find((field) => field.name === 'id');
  return {
    id,
    universalIdentifier: input.universalIdentifier ?? randomUUID(),
    applicationId,
    nameSingular: input.nameSingular,
    namePlural: input.namePlural,
    labelSingular: input.labelSingular,
    labelPlural: input.labelPlural,
    description: input.description ?? null,
    icon: input.icon ?? null,
    shortcut: input.shortcut ?? null,
    color: input.color ?? null,
    isActive: true,
    isSystem: false,
    isSearchable: input.isSearchable ?? true,
    isUICreatable: true,
    isUIEditable: true,
    isLabelSyncedWithName: input.isLabelSyncedWithName ?? false,
    labelIdentifierFieldId: label?.id ?? null,
    imageIdentifierFieldId: null,
    duplicateCriteria: null,
    tableName: `_${input.nameSingular}`,
    searchFieldIds: label?.name === 'name' ? [label.id] : [],
    fields,
    indexes: [],
    createdAt: now,
    updatedAt: now,
  };
}

const ACTOR_DEFAULT = { name: "'System'", source: "'MANUAL'", workspaceMemberId: null };

const SYSTEM_FIELDS: readonly (readonly [string, FieldType, string, unknown, boolean])[] = [
  ['id', 'UUID', 'Id', 'uuid', false],
  ['createdAt', 'DATE_TIME', 'Creation date', 'now', false],
  ['createdBy', 'ACTOR', 'Created by', ACTOR_DEFAULT, false],
  ['deletedAt', 'DATE_TIME', 'Deleted at', null, true],
  ['position', 'POSITION', 'Position', 0, false],
  ['updatedAt', 'DATE_TIME', 'Last update', 'now', false],
  ['updatedBy', 'ACTOR', 'Updated by', ACTOR_DEFAULT, false],
  ['searchVector', 'TS_VECTOR', 'Search vector', null, true],
];

function systemFields(objectMetadataId: string, applicationId: string, input: NewObject): FieldMetadata[] {
  const now = new Date();
  const build = (
    name: string,
    type: FieldType,
    label: string,
    defaultValue: unknown,
    isNullable: boolean,
    isSystem: boolean,
  ): FieldMetadata => ({
    id: randomUUID(),
    universalIdentifier: input.fieldUniversalIdentifiers?.[name] ?? randomUUID(),
    objectMetadataId,
    applicationId,
    type,
    name,
    label,
    description: null,
    icon: null,
    isActive: true,
    isSystem,
    isUIEditable: !isSystem,
    isNullable,
    isUnique: false,
    isLabelSyncedWithName: false,
    defaultValue,
    options: null,
    settings: null,
    morphId: null,
    relations: [],
    createdAt: now,
    updatedAt: now,
  });
  const system = SYSTEM_FIELDS.map(([name, type, label, defaultValue, isNullable]) =>
    build(name, type, label, defaultValue, isNullable, true),
  );
  return input.skipNameField === true ? system : [build('name', 'TEXT', 'Name', null, true, false), ...system];
}
