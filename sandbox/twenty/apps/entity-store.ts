import type { Queryable } from '../store.ts';
import type { Entity, MetadataKind } from './manifest/entities.ts';

/** An entity of an installed application, with its id in this workspace. */
export type StoredEntity = Entity & { id: string; applicationId: string };

const SELECT = `select id, application_id as "applicationId", kind, universal_identifier as "universalIdentifier",
  definition from application_entity where workspace_id = $1`;

export async function listEntities(
  db: Queryable,
  workspaceId: string,
  kinds?: readonly MetadataKind[],
): Promise<StoredEntity[]> {
  const { rows } = await db.query<StoredEntity>(`${SELECT} and ($2::text[] is null or kind = any($2))`, [
    workspaceId,
    kinds,
  ]);
  return rows;
}

export async function saveEntities(
  db: Queryable,
  application: { id: string; workspaceId: string },
  entities: readonly Entity[],
): Promise<void> {
  await db.query(
    `insert into application_entity (id, workspace_id, application_id, kind, universal_identifier, definition)
     select gen_random_uuid(), $1, $2, kind, "universalIdentifier", definition
       from jsonb_to_recordset($3) as entity (kind text, "universalIdentifier" text, definition jsonb)
     on conflict (workspace_id, kind, universal_identifier) do update set definition = excluded.definition`,
    [application.workspaceId, application.id, JSON.stringify(entities)],
  );
}

export async function deleteEntities(db: Queryable, workspaceId: string, entities: readonly Entity[]): Promise<void> {
  await db.query(
    `delete from application_entity stored
      using jsonb_to_recordset($2) as entity (kind text, "universalIdentifier" text)
      where workspace_id = $1 and stored.kind = entity.kind
        and stored.universal_identifier = entity."universalIdentifier"`,
    [workspaceId, JSON.stringify(entities.map(({ kind, universalIdentifier }) => ({ kind, universalIdentifier })))],
  );
}
