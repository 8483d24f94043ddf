import { type Kysely, sql } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import { ConflictError, NotFoundError, type Permission, permissionNames } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { defaultsOf, permissionsOf } from './defaults.ts';

/** What each role of a workspace may do in the hub. */
export interface Matrix {
  /** Grows with every change; a change names the one it was made from. */
  readonly version: number;
  readonly roles: readonly MatrixRole[];
}

export interface MatrixRole {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly members: number;
  /** Twenty's role Admin: it may everything. */
  readonly isFixed: boolean;
  /** Whether members may be given this role in Twenty. */
  readonly isAssignable: boolean;
  readonly permissions: readonly Permission[];
  /** What the role may do with records in Twenty beside reading them: `update`, `delete`, `destroy` by object. */
  readonly changes: Readonly<Record<string, readonly string[]>>;
  /** What the role may do as long as nobody decides otherwise. */
  readonly defaults: readonly Permission[];
}

export interface MatrixChange {
  readonly roleId: string;
  readonly permission: Permission;
  readonly granted: boolean;
}

export interface RoleMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface Matrices {
  readonly get: (tenantId: string) => Promise<Matrix>;
  /** All of them or none. @throws ConflictError when somebody changed the matrix meanwhile; NotFoundError for another workspace's role */
  readonly change: (
    tenantId: string,
    version: number,
    changes: readonly MatrixChange[],
    actor: string,
  ) => Promise<Matrix>;
  readonly members: (tenantId: string, roleId: string) => Promise<RoleMember[]>;
}

export function createMatrices(db: Kysely<Tables>, audit: AuditLog): Matrices {
  return {
    get: (tenantId) => readMatrix(db, tenantId),
    change: async (tenantId, version, changes, actor) => {
      await db.transaction().execute(async (transaction) => {
        await takeVersion(transaction, tenantId, version);
        const { roles } = await readMatrix(transaction, tenantId);
        for (const change of changes) {
          const role = roles.find(({ id }) => id === change.roleId);
          await store(transaction, tenantId, changeable(role), change);
        }
        const details = { version: version + 1, changes: changes.map((change) => inWords(change, roles)) };
        await audit.append(transaction, {
          tenantId,
          actor,
          action: 'permissions.change',
          subject: 'permissions',
          details,
        });
      });
      return await readMatrix(db, tenantId);
    },
    members: async (tenantId, roleId) => {
      const { rows } = await sql<RoleMember>`
        select id, email, name from workspace_member where tenant_id = ${tenantId} and role_id = ${roleId} order by name, id
      `.execute(db);
      return rows;
    },
  };
}

/** The row is locked until the commit, so that two changes at once are one after the other, and the second is refused. */
async function takeVersion(transaction: Executor, tenantId: string, version: number): Promise<void> {
  await sql`insert into role_matrix (tenant_id, version) values (${tenantId}, 0) on conflict do nothing`.execute(
    transaction,
  );
  const { numAffectedRows } = await sql`
    update role_matrix set version = version + 1 where tenant_id = ${tenantId} and version = ${version}
  `.execute(transaction);
  if (numAffectedRows === 1n) return;
  throw new ConflictError('Somebody else changed the permissions meanwhile', {
    field: 'body.version',
    remedy: 'Load them again and look at what was changed before you change more.',
  });
}

function changeable(role: MatrixRole | undefined): MatrixRole {
  if (role === undefined) {
    throw new NotFoundError('There is no such role in this workspace', {
      field: 'body.changes',
      remedy: 'Load the permissions again: the role may have been deleted in Twenty.',
    });
  }
  if (!role.isFixed) return role;
  throw new ConflictError(`The role "${role.label}" may do everything, and that cannot be changed`, {
    field: 'body.changes',
    remedy: 'Give the members another role in Twenty instead.',
  });
}

async function store(
  transaction: Executor,
  tenantId: string,
  { id }: MatrixRole,
  { permission, granted }: MatrixChange,
): Promise<void> {
  await sql`
    insert into role_permission (tenant_id, role_key, permission, granted)
    select ${tenantId}, key, ${permission}, ${granted} from workspace_role where tenant_id = ${tenantId} and id = ${id}
    on conflict (tenant_id, role_key, permission) do update set granted = excluded.granted
  `.execute(transaction);
}

function inWords({ roleId, permission, granted }: MatrixChange, roles: readonly MatrixRole[]) {
  return { role: roles.find(({ id }) => id === roleId)?.label ?? roleId, permission, granted };
}

type RoleRow = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly is_admin: boolean;
  readonly is_assignable: boolean;
  readonly members: number;
  readonly changed: Readonly<Record<string, boolean>> | null;
  readonly changes: MatrixRole['changes'] | null;
};

async function readMatrix(db: Executor, tenantId: string): Promise<Matrix> {
  const { rows: versions } = await sql<{ version: number }>`
    select version from role_matrix where tenant_id = ${tenantId}
  `.execute(db);
  // Roles that nobody can have, as the one of our application, are no columns of the matrix.
  const { rows } = await sql<RoleRow>`
    select * from (
      select role.id, role.key, role.label, role.description, role.is_admin, role.is_assignable,
        (select count(*) from workspace_member where tenant_id = role.tenant_id and role_id = role.id) as members,
        (select jsonb_object_agg(permission, granted) from role_permission
          where tenant_id = role.tenant_id and role_key = role.key) as changed,
        (select changes from crm_role where tenant_id = role.tenant_id and id = role.id) as changes
      from workspace_role role where role.tenant_id = ${tenantId}) one
    where is_assignable or members > 0 order by is_admin desc, label, id
  `.execute(db);
  return { version: versions[0]?.version ?? 0, roles: rows.map(toRole) };
}

function toRole({ key, is_admin: isAdmin, is_assignable: isAssignable, changed, ...row }: RoleRow): MatrixRole {
  const held = permissionsOf({ key, isAdmin }, changed ?? {});
  return {
    id: row.id,
    label: row.label,
    description: row.description,
    members: row.members,
    isFixed: isAdmin,
    isAssignable,
    permissions: permissionNames.filter((name) => held.has(name)),
    changes: row.changes ?? {},
    defaults: defaultsOf({ key, isAdmin }),
  };
}
