import { randomUUID } from 'node:crypto';
import type { FieldMetadata, IndexMetadata } from '../types.ts';
import { type Change, insertIndex } from './change.ts';
import { hashedName } from './columns.ts';
import { createIndex as createTableIndex, dropIndex as dropTableIndex } from './tables.ts';
import { metadataNotFound } from './validation.ts';

export type NewIndex = {
  objectMetadataId: string;
  fields: { fieldMetadataId: string; subFieldName?: string | null }[];
  isUnique?: boolean;
  indexType?: IndexMetadata['indexType'];
  whereClause?: string | null;
  applicationId?: string;
  universalIdentifier?: string;
};

export async function createIndex(change: Change, input: NewIndex): Promise<IndexMetadata> {
  const object = change.model().byId.get(input.objectMetadataId);
  if (object === undefined)
    throw metadataNotFound('Object metadata not found', 'OBJECT_METADATA_NOT_FOUND', 'Object not found.');
  const now = new Date();
  const isUnique = input.isUnique ?? false;
  const keys = input.fields.map((field) => `${field.fieldMetadataId}${field.subFieldName ?? ''}`);
  const index: IndexMetadata = {
    id: randomUUID(),
    universalIdentifier: input.universalIdentifier ?? randomUUID(),
    objectMetadataId: object.id,
    applicationId: input.applicationId ?? change.model().workspace.customApplicationId,
    name: hashedName(isUnique ? 'IDX_UNIQUE' : 'IDX', object.tableName, ...keys),
    isUnique,
    isCustom: true,
    indexType: input.indexType ?? 'BTREE',
    whereClause: input.whereClause ?? null,
    fields: input.fields.map((field, order) => ({
      id: randomUUID(),
      fieldMetadataId: field.fieldMetadataId,
      subFieldName: field.subFieldName ?? null,
      order,
    })),
    createdAt: now,
    updatedAt: now,
  };
  await insertIndex(change.tx, index);
  await createTableIndex(change.tx, change.model().workspace.recordSchema, object, index);
  await change.refresh([object.id]);
  return index;
}

export async function deleteIndex(change: Change, indexId: string): Promise<IndexMetadata> {
  const index = change
    .model()
    .objects.flatMap((object) => object.indexes)
    .find((candidate) => candidate.id === indexId);
  if (index === undefined)
    throw metadataNotFound('Index to delete not found', 'INDEX_METADATA_NOT_FOUND', 'Index not found.');
  await removeIndex(change, index);
  await change.refresh([index.objectMetadataId]);
  return index;
}

/** The unique index of a field with isUnique. */
export async function createFieldIndex(change: Change, field: FieldMetadata): Promise<void> {
  await createIndex(change, {
    objectMetadataId: field.objectMetadataId,
    fields: [{ fieldMetadataId: field.id }],
    isUnique: true,
    applicationId: field.applicationId,
  });
}

export async function dropFieldIndexes(change: Change, field: FieldMetadata): Promise<void> {
  const indexes = change.model().byId.get(field.objectMetadataId)?.indexes ?? [];
  for (const index of indexes) {
    const [only, ...others] = index.fields;
    if (index.isUnique && only?.fieldMetadataId === field.id && others.length === 0) await removeIndex(change, index);
  }
  await change.refresh([field.objectMetadataId]);
}

async function removeIndex(change: Change, index: IndexMetadata): Promise<void> {
  await dropTableIndex(change.tx, change.model().workspace.recordSchema, index);
  await change.tx.query('delete from index_metadata where id = $1', [index.id]);
}
