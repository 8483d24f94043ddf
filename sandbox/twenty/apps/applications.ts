import { randomUUID } from 'node:crypto';
import type { Queryable } from '../store.ts';
import type { Registration } from './registrations.ts';

export type ApplicationDefinition = {
  registrationId: string | null;
  description?: string | null;
  version?: string | null;
  /** Role of tokens that act for no user. */
  defaultRoleId?: string | null;
  packageJsonChecksum?: string | null;
};

/** An application installed in a workspace. */
export type Application = {
  id: string;
  workspaceId: string;
  universalIdentifier: string;
  name: string;
  definition: ApplicationDefinition;
};

const COLUMNS = `id, workspace_id as "workspaceId", universal_identifier as "universalIdentifier", name, definition`;

/** Installs the application in the workspace, empty, unless it is there already. */
export async function ensureApplication(
  db: Queryable,
  workspaceId: string,
  registration: Pick<Registration, 'id' | 'universalIdentifier' | 'name'>,
): Promise<Application> {
  const definition: ApplicationDefinition = { registrationId: registration.id };
  await db.query(
    `insert into application (id, workspace_id, universal_identifier, name, definition) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, universal_identifier) do nothing`,
    [randomUUID(), workspaceId, registration.universalIdentifier, registration.name, definition],
  );
  const application = await findApplication(db, workspaceId, registration.universalIdentifier);
  if (application === undefined) throw new Error(`Application ${registration.universalIdentifier} was not stored`);
  return application;
}

export function findApplication(db: Queryable, workspaceId: string, universalIdentifier: string) {
  return findOne(db, 'workspace_id = $1 and universal_identifier = $2', [workspaceId, universalIdentifier]);
}

export function findApplicationById(db: Queryable, workspaceId: string, id: string) {
  return findOne(db, 'workspace_id = $1 and id = $2', [workspaceId, id]);
}

export async function listApplications(db: Queryable, workspaceId: string): Promise<Application[]> {
  const { rows } = await db.query<Application>(
    `select ${COLUMNS} from application where workspace_id = $1 order by created_at, id`,
    [workspaceId],
  );
  return rows;
}

/** Installations of a registration on the whole server, whichever workspace they are in. */
export async function listInstallations(db: Queryable, registrationId: string): Promise<Application[]> {
  const { rows } = await db.query<Application>(
    `select ${COLUMNS} from application where definition->>'registrationId' = $1 order by created_at`,
    [registrationId],
  );
  return rows;
}

export async function updateApplication(
  db: Queryable,
  id: string,
  name: string,
  changes: Partial<ApplicationDefinition>,
): Promise<void> {
  await db.query('update application set name = $2, definition = definition || $3 where id = $1', [id, name, changes]);
}

async function findOne(db: Queryable, condition: string, values: unknown[]): Promise<Application | undefined> {
  const { rows } = await db.query<Application>(`select ${COLUMNS} from application where ${condition}`, values);
  return rows[0];
}
