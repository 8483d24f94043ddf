import { randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import type { Queryable } from '../store.ts';

/**
 * PENDING until the bytes are here, UPLOADED until that is confirmed, CONFIRMED until a record lists the file, then ATTACHED;
 * DROPPED when that record lets go of it, until it is swept away.
 */
export type FileStatus = 'PENDING' | 'UPLOADED' | 'CONFIRMED' | 'ATTACHED' | 'DROPPED';

export type StoredFile = {
  id: string;
  workspaceId: string;
  /** Last part of the download address, e.g. `files-field`. */
  folder: string;
  path: string;
  mimeType: string;
  declaredSize: number;
  status: FileStatus;
  createdAt: Date;
};

const COLUMNS = `id, workspace_id as "workspaceId", folder, path, mime_type as "mimeType",
  declared_size::float8 as "declaredSize", status, created_at as "createdAt"`;

export type NewFile = { workspaceId: string; folder: string; scope: string; filename: string; size: number };

/** Announces a file. `scope` is the part of the path between folder and name: the field it is for. */
export async function insertFile(db: Queryable, file: NewFile): Promise<StoredFile> {
  const id = randomUUID();
  const path = [file.folder, file.scope, `${id}${extname(file.filename)}`].filter(Boolean).join('/');
  const { rows } = await db.query<StoredFile>(
    `insert into file (id, workspace_id, folder, path, mime_type, declared_size, status)
     values ($1, $2, $3, $4, 'application/octet-stream', $5, 'PENDING') returning ${COLUMNS}`,
    [id, file.workspaceId, file.folder, path, file.size],
  );
  return rows[0]!;
}

export async function findFile(db: Queryable, workspaceId: string, id: string): Promise<StoredFile | undefined> {
  const { rows } = await db.query<StoredFile>(
    `select ${COLUMNS} from file where workspace_id = $1 and id::text = $2 and status <> 'DROPPED'`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Locks the files, so that of two records that want the same one only the first gets it. */
export async function lockFiles(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<StoredFile[]> {
  const { rows } = await db.query<StoredFile>(
    `select ${COLUMNS} from file where workspace_id = $1 and id::text = any($2) and status <> 'DROPPED' for update`,
    [workspaceId, ids],
  );
  return rows;
}

export async function setStatus(db: Queryable, ids: readonly string[], status: FileStatus): Promise<void> {
  await db.query('update file set status = $2 where id::text = any($1)', [ids, status]);
}

export async function setMimeType(db: Queryable, id: string, mimeType: string): Promise<void> {
  await db.query('update file set mime_type = $2 where id = $1', [id, mimeType]);
}

/** Forgets the dropped files of a workspace and answers their paths. */
export async function takeDropped(db: Queryable, workspaceId: string): Promise<string[]> {
  const { rows } = await db.query<{ path: string }>(
    "delete from file where workspace_id = $1 and status = 'DROPPED' returning path",
    [workspaceId],
  );
  return rows.map((row) => row.path);
}
