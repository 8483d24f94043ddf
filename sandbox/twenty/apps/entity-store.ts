import { randomUUID } from 'node:crypto';
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

export async function saveEntity(
  db: Queryable,
  application: { id: string; workspaceId: string },
  entity: Entity,
): Promise<void> {
  await db.query(
    `insert into application_entity (id, workspace_id, application_id, kind, universal_identifier, definition)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, kind, universal_identifier) do update set definition = excluded.definition`,
    [randomUUID(), application.workspaceId, application.id, entity.kind, entity.universalIdentifier, entity.definition],
  );
}

export async function deleteEntity(db: Queryable, workspaceId: string, entity: Entity): Promise<void> {
  await db.query('delete from application_entity where workspace_id = $1 and kind = $2 and universal_identifier = $3', [
    workspaceId,
    entity.kind,
    entity.universalIdentifier,
  ]);
}
