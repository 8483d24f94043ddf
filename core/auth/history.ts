import { sql } from 'kysely';
import type { SigningIn } from '../crm/twenty/who-is.ts';
import type { Executor } from '../store/database.ts';
import type { Refusal } from './refusals.ts';
import type { Origin } from './session-store.ts';

/** Who signed in or was turned away, and what the accounts of members told of their second factor. */
export interface History {
  readonly note: (entry: HistoryEntry) => Promise<void>;
  /** Newest first. */
  readonly list: (
    tenantId: string,
    page: { readonly before?: number; readonly limit: number },
  ) => Promise<SignInLine[]>;
  readonly noteTwoFactor: (tenantId: string, user: SigningIn) => Promise<void>;
  /** Every member, also those who have never signed in. */
  readonly twoFactor: (tenantId: string) => Promise<TwoFactorLine[]>;
}

export interface HistoryEntry {
  readonly tenantId: string;
  readonly result: 'signed-in' | Refusal;
  /** Undefined as long as nobody is known. */
  readonly user: Pick<SigningIn, 'workspaceMemberId' | 'email'> | undefined;
  readonly origin: Origin;
}

export interface SignInLine {
  readonly id: number;
  readonly at: Date;
  readonly memberId: string | null;
  readonly email: string | null;
  /** `signed-in`, or why not. */
  readonly result: string;
  readonly address: string;
  readonly userAgent: string;
}

export interface TwoFactorLine {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** `unknown` until the member signs in for the first time. */
  readonly state: 'on' | 'off' | 'unknown';
  readonly seenAt: Date | null;
}

export function createHistory(db: Executor): History {
  return {
    note: async ({ tenantId, result, user, origin }) => {
      await sql`
        insert into auth_sign_in (tenant_id, member_id, email, result, address, user_agent)
        values (${tenantId}, ${user?.workspaceMemberId ?? null}, ${user?.email ?? null}, ${result}, ${origin.address},
          ${origin.userAgent.slice(0, 300)})
      `.execute(db);
    },
    list: async (tenantId, { before = Number.MAX_SAFE_INTEGER, limit }) => {
      const { rows } = await sql<SignInLine>`
        select id, at, member_id as "memberId", email, result, address, user_agent as "userAgent" from auth_sign_in
        where tenant_id = ${tenantId} and id < ${before} order by id desc limit ${limit}
      `.execute(db);
      return rows;
    },
    noteTwoFactor: async (tenantId, { workspaceMemberId, twoFactor }) => {
      await sql`
        insert into auth_two_factor (tenant_id, member_id, has_method, seen_at)
        values (${tenantId}, ${workspaceMemberId}, ${twoFactor.hasMethod}, now())
        on conflict (tenant_id, member_id) do update set has_method = excluded.has_method, seen_at = excluded.seen_at
      `.execute(db);
    },
    twoFactor: async (tenantId) => {
      const { rows } = await sql<TwoFactorLine>`
        select member.id as "memberId", member.name, member.email, coalesce(role.label, '') as role,
          case when seen.has_method then 'on' when not seen.has_method then 'off' else 'unknown' end as state,
          seen.seen_at as "seenAt"
        from workspace_member member
        left join workspace_role role on role.tenant_id = member.tenant_id and role.id = member.role_id
        left join auth_two_factor seen on seen.tenant_id = member.tenant_id and seen.member_id = member.id
        where member.tenant_id = ${tenantId} order by member.name, member.id
      `.execute(db);
      return rows;
    },
  };
}
