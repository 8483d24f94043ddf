import type { Change } from '../../metadata/change.ts';
import { createIndex, deleteIndex } from '../../metadata/indexes.ts';
import { textOf, type Entity } from '../manifest/entities.ts';
import { findObject } from './apply-objects.ts';
import type { EntityChange } from './diff.ts';

/** Creates and removes indexes; a changed one is made anew. */
export async function applyIndex(change: Change, applicationId: string, index: EntityChange): Promise<void> {
  if (index.type !== 'create') await remove(change, index.before.universalIdentifier);
  if (index.type !== 'delete') await create(change, applicationId, index.after);
}

async function create(change: Change, applicationId: string, entity: Entity): Promise<void> {
  const object = findObject(change, textOf(entity, 'objectMetadataUniversalIdentifier'));
  if (object === undefined) throw new Error(`The index ${entity.universalIdentifier} belongs to no object`);
  const fields = entity.definition['fields'] as {
    fieldMetadataUniversalIdentifier: string;
    subFieldName: string | null;
  }[];
  await createIndex(change, {
    objectMetadataId: object.id,
    applicationId,
    universalIdentifier: entity.universalIdentifier,
    isUnique: entity.definition['isUnique'] === true,
    indexType: entity.definition['indexType'] as 'BTREE' | 'GIN',
    fields: fields.map(({ fieldMetadataUniversalIdentifier, subFieldName }) => {
      const field = object.fields.find(
        (candidate) => candidate.universalIdentifier === fieldMetadataUniversalIdentifier,
      );
      if (field === undefined) throw new Error(`The index ${entity.universalIdentifier} has an unknown field`);
      return { fieldMetadataId: field.id, subFieldName };
    }),
  });
}

async function remove(change: Change, universalIdentifier: string): Promise<void> {
  const index = change
    .model()
    .objects.flatMap((object) => object.indexes)
    .find((candidate) => candidate.universalIdentifier === universalIdentifier);
  if (index !== undefined) await deleteIndex(change, index.id);
}
