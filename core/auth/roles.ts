import { type RawBuilder, sql } from 'kysely';
import type { Permission } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { permissionsOf } from './defaults.ts';

/** A role of a workspace as the hub knows it now. */
export interface RoleNow {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Which reading of its rights to records is the present one; null when they have not been read. */
  readonly rights: string | null;
}

export type RoleRow = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly is_admin: boolean;
  readonly changed: Readonly<Record<string, boolean>> | null;
  readonly rights: string | null;
};

/** Rows of the shape of RoleRow: the role with this id, or none. */
export function roleRows(tenantId: RawBuilder<unknown>, roleId: RawBuilder<unknown>): RawBuilder<RoleRow> {
  return sql`
    select role.id, role.key, role.label, role.is_admin,
      (select jsonb_object_agg(permission, granted) from role_permission
        where tenant_id = role.tenant_id and role_key = role.key) as changed,
      (select xmin::text from crm_role where tenant_id = role.tenant_id and id = role.id) as rights
    from workspace_role role where role.tenant_id = ${tenantId} and role.id = ${roleId}`;
}

export function toRole({ id, key, label, is_admin: isAdmin, changed, rights }: RoleRow): RoleNow {
  return { id, key, label, permissions: permissionsOf({ key, isAdmin }, changed ?? {}), rights };
}

export async function readRole(db: Executor, tenantId: string, roleId: string): Promise<RoleNow | undefined> {
  const { rows } = await sql<RoleRow>`${roleRows(sql`${tenantId}`, sql`${roleId}`)}`.execute(db);
  return rows[0] && toRole(rows[0]);
}
