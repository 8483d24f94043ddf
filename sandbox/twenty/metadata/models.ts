import type { GraphQLSchema } from 'graphql';
import { buildRecordSchema } from '../graphql/record-schema.ts';
import { buildOperations } from '../records/operations.ts';
import { buildShape } from '../records/shape.ts';
import type { Queryable } from '../store.ts';
import type { FieldMetadata, IndexMetadata, Model, ObjectMetadata, Workspace } from '../types.ts';

/** The metadata of every workspace, kept in memory because every request needs it. */
export interface Models {
  get(workspaceId: string): Promise<Model>;
  /** Call after every committed change of a workspace, its objects, fields or indexes. */
  invalidate(workspaceId: string): void;
}

export function createModels(store: Queryable): Models {
  const cache = new Map<string, Promise<Model>>();
  return {
    get: (workspaceId) => {
      const known = cache.get(workspaceId);
      if (known !== undefined) return known;
      const loading = loadModel(store, workspaceId);
      cache.set(workspaceId, loading);
      loading.catch(() => cache.delete(workspaceId));
      return loading;
    },
    invalidate: (workspaceId) => {
      cache.delete(workspaceId);
    },
  };
}

type ObjectDefinition = Omit<ObjectMetadata, 'id' | 'fields' | 'indexes' | 'createdAt' | 'updatedAt'>;
type Row<D> = { id: string; definition: D; created_at: Date; updated_at: Date };
type ChildRow<D> = Row<D> & { object_metadata_id: string };

/** Reads a workspace's model as the connection sees it: inside a transaction that includes its own changes. */
export async function loadModel(db: Queryable, workspaceId: string): Promise<Model> {
  return buildModel(await loadWorkspace(db, workspaceId), await loadObjects(db, workspaceId));
}

/** The model with only the named objects read anew: a change of hundreds of fields must not read everything each time. */
export async function reloadObjects(db: Queryable, model: Model, objectIds: readonly string[]): Promise<Model> {
  const fresh = new Map((await loadObjects(db, model.workspace.id, objectIds)).map((object) => [object.id, object]));
  const known = model.objects.flatMap((object) => {
    const current = objectIds.includes(object.id) ? fresh.get(object.id) : object;
    fresh.delete(object.id);
    return current === undefined ? [] : [current];
  });
  return buildModel(model.workspace, [...known, ...fresh.values()]);
}

async function loadObjects(
  db: Queryable,
  workspaceId: string,
  objectIds?: readonly string[],
): Promise<ObjectMetadata[]> {
  const parameters = [workspaceId, objectIds];
  const named = 'workspace_id = $1 and ($2::uuid[] is null or id = any($2))';
  const ofNamed = `object_metadata_id in (select id from object_metadata where ${named}) order by sequence`;
  const objects = await db.query<Row<ObjectDefinition>>(
    `select * from object_metadata where ${named} order by sequence`,
    parameters,
  );
  const fields = await db.query<ChildRow<FieldMetadata>>(`select * from field_metadata where ${ofNamed}`, parameters);
  const indexes = await db.query<ChildRow<IndexMetadata>>(`select * from index_metadata where ${ofNamed}`, parameters);
  const fieldsOf = Map.groupBy(fields.rows.map(toEntity), (field) => field.objectMetadataId);
  const indexesOf = Map.groupBy(indexes.rows.map(toEntity), (index) => index.objectMetadataId);
  return objects.rows.map((row) => ({
    ...row.definition,
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    fields: fieldsOf.get(row.id) ?? [],
    indexes: indexesOf.get(row.id) ?? [],
  }));
}

/** What only record operations need is worked out when one asks: a metadata change passes through many models. */
function buildModel(workspace: Workspace, objects: ObjectMetadata[]): Model {
  let recordSchema: GraphQLSchema | undefined;
  let shapes: Model['shapes'] | undefined;
  let operations: Model['operations'] | undefined;
  const model: Model = {
    workspace,
    objects,
    bySingular: new Map(objects.map((object) => [object.nameSingular, object])),
    byPlural: new Map(objects.map((object) => [object.namePlural, object])),
    byId: new Map(objects.map((object) => [object.id, object])),
    fieldById: new Map(objects.flatMap((object) => object.fields.map((field) => [field.id, field]))),
    get shapes() {
      return (shapes ??= new Map(objects.map((object) => [object.id, buildShape(object)])));
    },
    get operations() {
      return (operations ??= buildOperations(objects));
    },
    recordSchema: () => (recordSchema ??= buildRecordSchema(model)),
  };
  return model;
}

function toEntity<D extends object>(row: ChildRow<D>): D & { id: string; objectMetadataId: string } {
  return {
    ...row.definition,
    id: row.id,
    objectMetadataId: row.object_metadata_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type WorkspaceRow = {
  id: string;
  display_name: string;
  subdomain: string;
  record_schema: string;
  standard_application_id: string;
  custom_application_id: string;
  settings: Record<string, unknown>;
  created_at: Date;
};

export async function loadWorkspace(db: Queryable, workspaceId: string): Promise<Workspace> {
  const { rows } = await db.query<WorkspaceRow>('select * from workspace where id = $1', [workspaceId]);
  const row = rows[0];
  if (row === undefined) throw new Error(`No workspace ${workspaceId}`);
  return {
    id: row.id,
    displayName: row.display_name,
    subdomain: row.subdomain,
    recordSchema: row.record_schema,
    standardApplicationId: row.standard_application_id,
    customApplicationId: row.custom_application_id,
    settings: row.settings,
    createdAt: row.created_at,
  };
}
