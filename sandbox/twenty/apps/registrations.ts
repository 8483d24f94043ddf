import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '../store.ts';

/** An application known to the server: an OAuth client, and the published package if there is one. */
export type Registration = {
  id: string;
  universalIdentifier: string;
  /** Null for a client that registered itself. */
  ownerWorkspaceId: string | null;
  name: string;
  clientId: string;
  clientSecretHash: string | null;
  redirectUris: string[];
  grantTypes: string[];
  scopes: string[];
  sourceType: 'LOCAL' | 'OAUTH_ONLY' | 'TARBALL';
  latestVersion: string | null;
  /** File of the published package, in the server's folder of files. */
  packagePath: string | null;
  createdAt: Date;
  updatedAt: Date;
};

export type NewRegistration = Pick<
  Registration,
  'universalIdentifier' | 'ownerWorkspaceId' | 'name' | 'redirectUris' | 'grantTypes' | 'scopes' | 'sourceType'
> & { clientSecret?: string };

const COLUMNS = `id, universal_identifier as "universalIdentifier", owner_workspace_id as "ownerWorkspaceId", name,
  client_id as "clientId", client_secret_hash as "clientSecretHash", redirect_uris as "redirectUris",
  grant_types as "grantTypes", scopes, source_type as "sourceType", latest_version as "latestVersion",
  package_path as "packagePath", created_at as "createdAt", updated_at as "updatedAt"`;

/** Stores a registration; undefined when the universal identifier is taken. */
export async function insertRegistration(db: Queryable, input: NewRegistration): Promise<Registration | undefined> {
  const { rows } = await db.query<Registration>(
    `insert into application_registration
       (id, universal_identifier, owner_workspace_id, name, client_id, client_secret_hash, redirect_uris, grant_types,
        scopes, source_type)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (universal_identifier) do nothing returning ${COLUMNS}`,
    [
      randomUUID(),
      input.universalIdentifier,
      input.ownerWorkspaceId,
      input.name,
      randomUUID(),
      input.clientSecret === undefined ? null : hashSecret(input.clientSecret),
      input.redirectUris,
      input.grantTypes,
      input.scopes,
      input.sourceType,
    ],
  );
  return rows[0];
}

export function findRegistration(db: Queryable, universalIdentifier: string) {
  return findOne(db, 'universal_identifier = $1', [universalIdentifier]);
}

export function findRegistrationById(db: Queryable, id: string) {
  return findOne(db, 'id::text = $1', [id]);
}

export function findRegistrationByClient(db: Queryable, clientId: string) {
  return findOne(db, 'client_id::text = $1', [clientId]);
}

export async function listRegistrations(db: Queryable, ownerWorkspaceId: string): Promise<Registration[]> {
  const { rows } = await db.query<Registration>(
    `select ${COLUMNS} from application_registration where owner_workspace_id = $1 order by created_at`,
    [ownerWorkspaceId],
  );
  return rows;
}

export async function rotateSecret(db: Queryable, id: string): Promise<string> {
  const secret = newSecret();
  await db.query('update application_registration set client_secret_hash = $2 where id = $1', [id, hashSecret(secret)]);
  return secret;
}

export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function secretMatches(registration: Registration, secret: string): boolean {
  if (registration.clientSecretHash === null) return false;
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(registration.clientSecretHash));
}

async function findOne(db: Queryable, condition: string, values: unknown[]): Promise<Registration | undefined> {
  const { rows } = await db.query<Registration>(
    `select ${COLUMNS} from application_registration where ${condition}`,
    values,
  );
  return rows[0];
}
