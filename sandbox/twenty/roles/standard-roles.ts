import { randomUUID } from 'node:crypto';
import type { Queryable } from '../store.ts';
import type { RoleDefinition } from './roles.ts';

const ADMIN: RoleDefinition = {
  label: 'Admin',
  description: 'Admin role',
  icon: 'IconUserCog',
  isEditable: false,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: true,
  canUpdateAllSettings: true,
  canAccessAllTools: true,
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: true,
};

const MEMBER: RoleDefinition = {
  ...ADMIN,
  label: 'Member',
  description: 'Member role',
  icon: 'IconUser',
  isEditable: true,
  canBeAssignedToApiKeys: false,
  canUpdateAllSettings: false,
};

/** Twenty's identifier of the role Admin, the same in every workspace (2.21, measured). */
const ADMIN_UNIVERSAL_IDENTIFIER = '20202020-02c2-43f2-b94d-cab1f2b532eb';

export type StandardRoles = { adminRoleId: string; memberRoleId: string };

/** The roles every new workspace has. */
export async function createStandardRoles(tx: Queryable, workspaceId: string): Promise<StandardRoles> {
  return {
    adminRoleId: await insertRole(tx, workspaceId, ADMIN, ADMIN_UNIVERSAL_IDENTIFIER),
    memberRoleId: await insertRole(tx, workspaceId, MEMBER),
  };
}

/** Stores a role and answers its id. */
export async function insertRole(
  tx: Queryable,
  workspaceId: string,
  definition: RoleDefinition,
  universalIdentifier: string = randomUUID(),
  applicationId?: string,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into role (id, workspace_id, application_id, universal_identifier, definition)
     values ($1, $2, $3, $4, $5) returning id`,
    [randomUUID(), workspaceId, applicationId ?? null, universalIdentifier, definition],
  );
  return rows[0]!.id;
}
