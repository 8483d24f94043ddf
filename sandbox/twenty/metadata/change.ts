import type { Server } from '../server.ts';
import type { Queryable } from '../store.ts';
import type { FieldMetadata, IndexMetadata, Model, ObjectMetadata } from '../types.ts';
import { loadModel, reloadObjects } from './models.ts';

/** A change of a workspace's objects or fields under way: one transaction, together with the tables it alters. */
export type Change = {
  readonly tx: Queryable;
  /** The model as it is within the transaction. */
  readonly model: () => Model;
  /** Reads objects anew after rows of theirs were written. */
  readonly refresh: (objectIds: readonly string[]) => Promise<void>;
};

/** Runs a metadata change; changes of one workspace never overlap, and readers see the old model until it is committed. */
export async function changeMetadata<T>(
  server: Server,
  workspaceId: string,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  try {
    return await server.store.transaction(async (tx) => {
      await tx.query('select id from workspace where id = $1 for update', [workspaceId]);
      return work(await openChange(tx, workspaceId));
    });
  } finally {
    server.models.invalidate(workspaceId);
  }
}

export async function openChange(tx: Queryable, workspaceId: string): Promise<Change> {
  let model = await loadModel(tx, workspaceId);
  return {
    tx,
    model: () => model,
    refresh: async (objectIds) => {
      model = await reloadObjects(tx, model, objectIds);
    },
  };
}

export async function insertObject(tx: Queryable, workspaceId: string, object: ObjectMetadata): Promise<void> {
  const { id, fields, indexes, createdAt, updatedAt, ...definition } = object;
  await tx.query(
    `insert into object_metadata
       (id, workspace_id, name_singular, name_plural, universal_identifier, definition, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      workspaceId,
      object.nameSingular,
      object.namePlural,
      object.universalIdentifier,
      JSON.stringify(definition),
      createdAt,
      updatedAt,
    ],
  );
  await insertFields(tx, fields);
  for (const index of indexes) await insertIndex(tx, index);
}

export async function saveObject(tx: Queryable, object: ObjectMetadata): Promise<void> {
  const { id, fields: _fields, indexes: _indexes, createdAt: _created, updatedAt: _updated, ...definition } = object;
  await tx.query(
    `update object_metadata set name_singular = $2, name_plural = $3, universal_identifier = $4, definition = $5,
       updated_at = now() where id = $1`,
    [id, object.nameSingular, object.namePlural, object.universalIdentifier, JSON.stringify(definition)],
  );
}

export async function insertField(tx: Queryable, field: FieldMetadata): Promise<void> {
  await insertFields(tx, [field]);
}

async function insertFields(tx: Queryable, fields: readonly FieldMetadata[]): Promise<void> {
  await tx.query(
    `insert into field_metadata (id, object_metadata_id, name, universal_identifier, definition, created_at, updated_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[], $7::timestamptz[])`,
    [
      fields.map((field) => field.id),
      fields.map((field) => field.objectMetadataId),
      fields.map((field) => field.name),
      fields.map((field) => field.universalIdentifier),
      fields.map((field) => JSON.stringify(definitionOf(field))),
      fields.map((field) => field.createdAt),
      fields.map((field) => field.updatedAt),
    ],
  );
}

export async function saveField(tx: Queryable, field: FieldMetadata): Promise<void> {
  await tx.query(
    `update field_metadata set name = $2, universal_identifier = $3, definition = $4, updated_at = now() where id = $1`,
    [field.id, field.name, field.universalIdentifier, JSON.stringify(definitionOf(field))],
  );
}

export async function insertIndex(tx: Queryable, index: IndexMetadata): Promise<void> {
  await tx.query(
    `insert into index_metadata (id, object_metadata_id, universal_identifier, definition, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      index.id,
      index.objectMetadataId,
      index.universalIdentifier,
      JSON.stringify(definitionOf(index)),
      index.createdAt,
      index.updatedAt,
    ],
  );
}

function definitionOf(entity: FieldMetadata | IndexMetadata): object {
  const { id: _id, objectMetadataId: _object, createdAt: _created, updatedAt: _updated, ...definition } = entity;
  return definition;
}
