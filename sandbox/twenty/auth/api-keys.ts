import { randomUUID } from 'node:crypto';
import type { Server } from '../server.ts';
import type { Queryable } from '../store.ts';

export type ApiKeyRow = {
  id: string;
  name: string;
  roleId: string;
  expiresAt: Date;
  revokedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

const COLUMNS = `id, name, role_id as "roleId", expires_at as "expiresAt", revoked_at as "revokedAt",
  created_at as "createdAt", updated_at as "updatedAt"`;

export type NewApiKey = { workspaceId: string; name: string; roleId: string; expiresAt: Date };

export async function insertApiKey(db: Queryable, key: NewApiKey): Promise<ApiKeyRow> {
  const { rows } = await db.query<ApiKeyRow>(
    `insert into api_key (id, workspace_id, name, role_id, expires_at) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [randomUUID(), key.workspaceId, key.name, key.roleId, key.expiresAt],
  );
  return rows[0]!;
}

/** Keys that are not revoked; expired ones are listed too. */
export async function listApiKeys(db: Queryable, workspaceId: string): Promise<ApiKeyRow[]> {
  const { rows } = await db.query<ApiKeyRow>(
    `select ${COLUMNS} from api_key where workspace_id = $1 and revoked_at is null order by created_at`,
    [workspaceId],
  );
  return rows;
}

export async function findApiKey(db: Queryable, workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
  const { rows } = await db.query<ApiKeyRow>(`select ${COLUMNS} from api_key where workspace_id = $1 and id = $2`, [
    workspaceId,
    id,
  ]);
  return rows[0];
}

export async function revokeApiKey(
  db: Queryable,
  workspaceId: string,
  id: string,
  at: Date,
): Promise<ApiKeyRow | undefined> {
  const { rows } = await db.query<ApiKeyRow>(
    `update api_key set revoked_at = $3, updated_at = $3 where workspace_id = $1 and id = $2 returning ${COLUMNS}`,
    [workspaceId, id, at],
  );
  return rows[0];
}

export async function assignRoleToApiKey(
  db: Queryable,
  workspaceId: string,
  id: string,
  roleId: string,
): Promise<boolean> {
  const { rowCount } = await db.query('update api_key set role_id = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
    roleId,
  ]);
  return rowCount === 1;
}

/** The bearer token of a key. It can be made again at any time, and dies with the key. */
export async function signApiKey(server: Server, workspaceId: string, id: string, expiresAt: Date): Promise<string> {
  const claims = { type: 'API_KEY', sub: workspaceId, workspaceId, jti: id } as const;
  return (await server.tokens.sign(claims, expiresAt)).token;
}
