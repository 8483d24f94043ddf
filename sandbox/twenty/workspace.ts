import { randomUUID } from 'node:crypto';
import { insertApiKey, signApiKey } from './auth/api-keys.ts';
import { addMember } from './members.ts';
import { loadWorkspace } from './metadata/models.ts';
import { installStandardObjects } from './metadata/standard.ts';
import { createStandardRoles } from './roles/standard-roles.ts';
import type { Server } from './server.ts';
import { quoteName, type Queryable } from './store.ts';

export type NewWorkspace = {
  name: string;
  subdomain: string;
  admin: { email: string; password: string; firstName: string; lastName: string };
};

export type CreatedWorkspace = {
  workspaceId: string;
  /** Bearer token of an API key with the role Admin. */
  apiKey: string;
  adminUserId: string;
  adminWorkspaceMemberId: string;
};

/** Far enough that a sandbox that is kept for years still works. */
const KEY_EXPIRY = new Date('2100-01-01T00:00:00Z');

/** Sets up an empty workspace: standard objects, an admin, the roles Admin and Member and an API key. */
export async function createWorkspace(server: Server, input: NewWorkspace): Promise<CreatedWorkspace> {
  const workspaceId = randomUUID();
  const recordSchema = recordSchemaOf(workspaceId);
  const { admin, key } = await server.store.transaction(async (tx) => {
    await insertWorkspace(tx, workspaceId, recordSchema, input);
    await tx.query(`create schema ${quoteName(recordSchema)}`);
    await installStandardObjects(tx, await loadWorkspace(tx, workspaceId));
    const { adminRoleId, memberRoleId } = await createStandardRoles(tx, workspaceId);
    await tx.query(
      `update workspace set settings = settings || jsonb_build_object('defaultRoleId', $2::text) where id = $1`,
      [workspaceId, memberRoleId],
    );
    return {
      admin: await addMember(tx, recordSchema, { ...input.admin, workspaceId, roleId: adminRoleId }),
      key: await insertApiKey(tx, { workspaceId, name: 'hub', roleId: adminRoleId, expiresAt: KEY_EXPIRY }),
    };
  });
  return {
    workspaceId,
    apiKey: await signApiKey(server, workspaceId, key.id, KEY_EXPIRY),
    adminUserId: admin.userId,
    adminWorkspaceMemberId: admin.workspaceMemberId,
  };
}

async function insertWorkspace(tx: Queryable, id: string, recordSchema: string, input: NewWorkspace): Promise<void> {
  await tx.query(
    `insert into workspace (id, display_name, subdomain, record_schema, standard_application_id, custom_application_id)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, input.name, input.subdomain, recordSchema, randomUUID(), randomUUID()],
  );
}

/** Twenty's own naming: raw database messages carry it, as in `workspace_1wgvd...."_call_status_enum"`. */
function recordSchemaOf(workspaceId: string): string {
  return `workspace_${BigInt(`0x${workspaceId.replaceAll('-', '')}`).toString(36)}`;
}
