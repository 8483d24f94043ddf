import { randomUUID } from 'node:crypto';
import type { Queryable } from '../store.ts';
import { hashPassword } from './passwords.ts';

/** A person in one workspace: the account (user), the membership (userWorkspace) and the member's record. */
export type Member = {
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  locale: string;
  passwordHash: string;
  userCreatedAt: Date;
  userWorkspaceId: string;
  workspaceId: string;
  workspaceMemberId: string;
  roleId: string;
};

const MEMBER = `
  select account.id as "userId", email, first_name as "firstName", last_name as "lastName", locale,
         password_hash as "passwordHash", account.created_at as "userCreatedAt", membership.id as "userWorkspaceId",
         workspace_id as "workspaceId", workspace_member_id as "workspaceMemberId", role_id as "roleId"
    from membership join account on account.id = membership.account_id`;

export async function findMemberByEmail(db: Queryable, workspaceId: string, email: string) {
  return findOne(db, 'workspace_id = $1 and email = $2', [workspaceId, email.toLowerCase()]);
}

export async function findMember(db: Queryable, userWorkspaceId: string) {
  return findOne(db, 'membership.id = $1', [userWorkspaceId]);
}

export async function findMemberByRecord(db: Queryable, workspaceId: string, workspaceMemberId: string) {
  return findOne(db, 'workspace_id = $1 and workspace_member_id = $2', [workspaceId, workspaceMemberId]);
}

export async function listMembers(db: Queryable, workspaceId: string): Promise<Member[]> {
  const { rows } = await db.query<Member>(`${MEMBER} where workspace_id = $1 order by membership.created_at, email`, [
    workspaceId,
  ]);
  return rows;
}

export type NewMember = {
  workspaceId: string;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  roleId: string;
};

/**
 * Stores the account, if the address is new to the server, and the membership. The member's record is not written.
 * An account that exists keeps its password, as a person has one for all workspaces.
 */
export async function insertMember(tx: Queryable, member: NewMember): Promise<Member> {
  const email = member.email.toLowerCase();
  await tx.query(
    `insert into account (id, email, first_name, last_name, password_hash) values ($1, $2, $3, $4, $5)
     on conflict (email) do nothing`,
    [randomUUID(), email, member.firstName, member.lastName, await hashPassword(member.password)],
  );
  const userWorkspaceId = randomUUID();
  await tx.query(
    `insert into membership (id, workspace_id, account_id, workspace_member_id, role_id)
     select $1, $2, account.id, $3, $4 from account where email = $5`,
    [userWorkspaceId, member.workspaceId, randomUUID(), member.roleId, email],
  );
  const stored = await findMember(tx, userWorkspaceId);
  if (stored === undefined) throw new Error(`The member ${email} was not stored`);
  return stored;
}

async function findOne(db: Queryable, condition: string, values: unknown[]): Promise<Member | undefined> {
  const { rows } = await db.query<Member>(`${MEMBER} where ${condition}`, values);
  return rows[0];
}
