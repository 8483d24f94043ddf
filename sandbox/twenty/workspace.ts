import { randomUUID } from 'node:crypto';
import type { Server } from './server.ts';

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

/** Sets up an empty workspace: standard objects, an admin, the role Admin and an API key. */
export async function createWorkspace(server: Server, input: NewWorkspace): Promise<CreatedWorkspace> {
  const workspaceId = randomUUID();
  const apiKeyId = randomUUID();
  await server.store.transaction(async (tx) => {
    await tx.query(
      `insert into workspace (id, display_name, subdomain, record_schema, standard_application_id, custom_application_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        workspaceId,
        input.name,
        input.subdomain,
        `${server.store.schema}_${workspaceId.slice(0, 8)}`,
        randomUUID(),
        randomUUID(),
      ],
    );
    await tx.query('insert into api_key (id, workspace_id, name, expires_at) values ($1, $2, $3, $4)', [
      apiKeyId,
      workspaceId,
      'hub',
      '2100-01-01',
    ]);
  });
  return { workspaceId, apiKey: apiKeyId, adminUserId: randomUUID(), adminWorkspaceMemberId: randomUUID() };
}
