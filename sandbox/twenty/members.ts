import { findMemberByEmail, insertMember, type Member, type NewMember } from './auth/members.ts';
import type { Server } from './server.ts';
import { quoteName, type Queryable } from './store.ts';

export type NewWorkspaceMember = {
  workspaceId: string;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  /** Label of the member's role; default `Member`. */
  roleLabel?: string;
};

export type CreatedMember = { userId: string; workspaceMemberId: string };

/** Adds a person to a workspace. Throws when the role is unknown or the person is a member already. */
export async function createMember(server: Server, input: NewWorkspaceMember): Promise<CreatedMember> {
  const { roleLabel = 'Member', workspaceId } = input;
  const roles = await server.roles.get(workspaceId);
  const role = [...roles.values()].find((candidate) => candidate.label === roleLabel);
  if (role === undefined) throw new Error(`Workspace ${workspaceId} has no role "${roleLabel}"`);
  const { workspace } = await server.models.get(workspaceId);
  const member = await server.store.transaction(async (tx) => {
    if ((await findMemberByEmail(tx, workspaceId, input.email)) !== undefined) {
      throw new Error(`${input.email} is a member of workspace ${workspaceId} already`);
    }
    return addMember(tx, workspace.recordSchema, { ...input, roleId: role.id });
  });
  return { userId: member.userId, workspaceMemberId: member.workspaceMemberId };
}

export async function removeMember(server: Server, workspaceId: string, workspaceMemberId: string): Promise<void> {
  const { workspace } = await server.models.get(workspaceId);
  await server.store.transaction(async (tx) => {
    await tx.query('delete from membership where workspace_id = $1 and workspace_member_id = $2', [
      workspaceId,
      workspaceMemberId,
    ]);
    await tx.query(
      `update ${quoteName(workspace.recordSchema)}."workspaceMember" set "deletedAt" = now(), "updatedAt" = now()
        where id = $1`,
      [workspaceMemberId],
    );
  });
}

/** Stores the account, the membership and the workspaceMember record. */
export async function addMember(tx: Queryable, recordSchema: string, member: NewMember): Promise<Member> {
  const stored = await insertMember(tx, member);
  await tx.query(
    `insert into ${quoteName(recordSchema)}."workspaceMember"
       (id, "nameFirstName", "nameLastName", "userEmail", "userId", locale, "timeZone", "colorScheme",
        "dateFormat", "timeFormat", "numberFormat", "calendarStartDay", position, "createdBySource", "createdByName",
        "updatedBySource", "updatedByName")
     values ($1, $2, $3, $4, $5, $6, 'system', 'Light', 'SYSTEM', 'SYSTEM', 'SYSTEM', 7, 0, 'MANUAL', 'System',
        'MANUAL', 'System')`,
    [stored.workspaceMemberId, stored.firstName, stored.lastName, stored.email, stored.userId, stored.locale],
  );
  return stored;
}
