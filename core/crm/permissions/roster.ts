import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import type { RoleAnswer } from './rights.ts';

/**
 * Replaces what was known of a tenant's members and their roles. A later reading is never replaced by an earlier one.
 * @param elapsedMs since Twenty was asked: a change that it makes meanwhile must not look as if it had been read
 */
export async function storeRoster(
  db: Kysely<Tables>,
  tenantId: string,
  roles: readonly RoleAnswer[],
  elapsedMs: number,
): Promise<void> {
  const roleRows = roles.map((role) => ({
    id: role.id,
    key: role.universalIdentifier ?? role.id,
    label: role.label,
    description: role.description ?? '',
    is_admin: role.canUpdateAllSettings && !role.isEditable,
    is_assignable: role.canBeAssignedToUsers,
  }));
  const memberRows = roles.flatMap((role) =>
    (role.workspaceMembers ?? []).map(({ id, userEmail, name }) => ({
      id,
      role_id: role.id,
      email: userEmail ?? '',
      name: `${name?.firstName ?? ''} ${name?.lastName ?? ''}`.trim() || (userEmail ?? ''),
    })),
  );
  await db.transaction().execute(async (transaction) => {
    await sql`select from tenant where id = ${tenantId} for update`.execute(transaction);
    const { numAffectedRows } = await sql`
      insert into workspace_roster (tenant_id, read_at)
      values (${tenantId}, now() - ${elapsedMs} * interval '1 millisecond')
      on conflict (tenant_id) do update set read_at = excluded.read_at
      where workspace_roster.read_at <= excluded.read_at
    `.execute(transaction);
    if (numAffectedRows === 0n) return;
    const newRoles = sql`
      select * from jsonb_to_recordset(${JSON.stringify(roleRows)}::jsonb)
        as role (id uuid, key text, label text, description text, is_admin boolean, is_assignable boolean)`;
    await sql`delete from workspace_role where tenant_id = ${tenantId} and id not in (select id from (${newRoles}) one)`.execute(
      transaction,
    );
    await sql`
      insert into workspace_role as known select ${tenantId}::uuid, one.* from (${newRoles}) one
      on conflict (tenant_id, id) do update set key = excluded.key, label = excluded.label,
        description = excluded.description, is_admin = excluded.is_admin, is_assignable = excluded.is_assignable
      where known is distinct from excluded
    `.execute(transaction);
    const newMembers = sql`
      select distinct on (id) * from jsonb_to_recordset(${JSON.stringify(memberRows)}::jsonb)
        as member (id uuid, role_id uuid, email text, name text) order by id, role_id`;
    await sql`delete from workspace_member where tenant_id = ${tenantId} and id not in (select id from (${newMembers}) one)`.execute(
      transaction,
    );
    await sql`
      insert into workspace_member as known select ${tenantId}::uuid, one.* from (${newMembers}) one
      on conflict (tenant_id, id) do update set role_id = excluded.role_id, email = excluded.email, name = excluded.name
      where known is distinct from excluded
    `.execute(transaction);
  });
}
