import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Executor } from '../../store/database.ts';
import type { Tables } from '../../store/tables.ts';
import type { RecordChange, RoleRights } from './rights.ts';

/** Replaces what was known of a tenant's roles. A later reading is never replaced by an earlier one. */
export async function storeRoles(
  db: Kysely<Tables>,
  tenantId: string,
  roles: ReadonlyMap<string, RoleRights & { readonly changes: object; readonly locked: object }>,
  readAt: Date,
): Promise<void> {
  const rows = [...roles].map(([id, { label, objects, changes, locked }]) => ({ id, label, objects, changes, locked }));
  await db.transaction().execute(async (transaction) => {
    await sql`select from tenant where id = ${tenantId} for update`.execute(transaction);
    const { rows: newer } = await sql`
      select from crm_role where tenant_id = ${tenantId} and read_at > ${readAt} limit 1
    `.execute(transaction);
    if (newer.length > 0) return;
    await sql`delete from crm_role where tenant_id = ${tenantId}`.execute(transaction);
    await sql`
      insert into crm_role (tenant_id, id, label, objects, changes, locked, read_at)
      select ${tenantId}::uuid, id, label, objects, changes, locked, ${readAt}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as role (id uuid, label text, objects jsonb, changes jsonb, locked jsonb)
    `.execute(transaction);
  });
}

export type KnownRole = {
  /** When the tenant's roles were last read; undefined when never. */
  readonly readAt: Date | undefined;
  /** Another one for every reading that was stored; null when the workspace has no such role. */
  readonly version: string | null;
  /** Undefined when the workspace has no such role. */
  readonly rights: RoleRights | undefined;
  /** What it may do with records beside reading them, by object. */
  readonly changes: Readonly<Record<string, readonly RecordChange[]>>;
  /** Fields that it may not write all the same, by object. */
  readonly locked: Readonly<Record<string, readonly string[]>>;
};

export async function findRole(db: Executor, tenantId: string, roleId: string): Promise<KnownRole> {
  type Row = {
    read_at: Date | null;
    version: string | null;
    label: string | null;
    objects: RoleRights['objects'] | null;
    changes: KnownRole['changes'] | null;
    locked: KnownRole['locked'] | null;
  };
  const { rows } = await sql<Row>`
    select newest.read_at, role.xmin::text as version, role.label, role.objects, role.changes, role.locked
    from (select max(read_at) as read_at from crm_role where tenant_id = ${tenantId}) newest
    left join crm_role role on role.tenant_id = ${tenantId} and role.id::text = ${roleId.toLowerCase()}
  `.execute(db);
  const { read_at = null, version = null, label = null, objects = null, changes = null, locked = null } = rows[0] ?? {};
  return {
    readAt: read_at ?? undefined,
    version,
    rights: label === null || objects === null ? undefined : { label, objects },
    changes: changes ?? {},
    locked: locked ?? {},
  };
}
