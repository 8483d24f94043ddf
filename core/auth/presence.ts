import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { type TenantRecord, tenantColumns, type TenantRow, toTenantRecord } from '../tenants/index.ts';
import { type RoleNow, type RoleRow, roleRows, toRole } from './roles.ts';
import type { MemberNow } from './roster.ts';
import { isOpenedBy, type SessionKey, type SessionRow, sessionColumns, type SessionTimes } from './session-store.ts';

/** Everything that a request needs to know of who makes it, as it is at this moment. */
export interface Presence {
  readonly tenant: TenantRecord;
  /** Undefined when the key opens no session of this tenant. */
  readonly session: SessionRow | undefined;
  /** Seconds since the members of the workspace were read from Twenty; infinite when they never were. */
  readonly rosterAge: number;
  /** Undefined for somebody who is no member, by that reading. */
  readonly member: MemberNow | undefined;
  /** As which role the member looks at the console, if as another. */
  readonly viewing: RoleNow | undefined;
}

/** Which tenant: by its name in the address, or by its id. */
export type TenantName = { readonly slug: string } | { readonly id: string };

type Row = TenantRow & {
  readonly session: SessionRow | null;
  readonly roster_age: number | null;
  readonly member: Omit<MemberNow, 'role'> | null;
  readonly role: RoleRow | null;
  readonly viewing: RoleRow | null;
};

/**
 * One statement, for it is made with every request: nothing of it is remembered, so that whatever ends a session or takes a right away, in whichever
 * process, holds from the next request on.
 */
export async function findPresence(
  db: Executor,
  key: SessionKey,
  name: TenantName,
  times: SessionTimes,
): Promise<Presence | undefined> {
  const named = 'id' in name ? sql`tenant.id = ${name.id}` : sql`tenant.slug = ${name.slug}`;
  const { rows } = await sql<Row>`${prepared}
    select ${tenantColumns}, to_jsonb(session) as session,
      extract(epoch from now() - roster.read_at)::float as roster_age,
      case when member.id is not null then
        jsonb_build_object('id', member.id, 'email', member.email, 'name', member.name) end as member,
      (select to_jsonb(one) from (${roleRows(sql`tenant.id`, sql`member.role_id`)}) one) as role,
      (select to_jsonb(one) from (${roleRows(sql`tenant.id`, sql`session.view_role_id`)}) one) as viewing
    from tenant
    left join crm_connection on crm_connection.tenant_id = tenant.id
    left join workspace_roster roster on roster.tenant_id = tenant.id
    left join lateral (
      select ${sessionColumns(key, times)} from auth_session where tenant_id = tenant.id and ${isOpenedBy(key)}
    ) session on true
    left join workspace_member member on member.tenant_id = tenant.id and member.id = session.member_id
    where ${named}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { session, member, role, viewing } = row;
  return {
    tenant: toTenantRecord(row),
    session: session ?? undefined,
    rosterAge: row.roster_age ?? Number.POSITIVE_INFINITY,
    member: member === null || role === null ? undefined : { ...member, role: toRole(role) },
    viewing: viewing === null ? undefined : toRole(viewing),
  };
}
