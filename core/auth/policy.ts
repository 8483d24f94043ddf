import { type Kysely, sql } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

/** What a tenant decides about signing in. */
export interface Policy {
  /** Members without a verified second factor in Twenty are turned away, unless the workspace enforces one itself. Default true. */
  readonly requireTwoFactor: boolean;
  /** Whether the sign-in page names the workspace to strangers. Default false; the only workspace of a hub is always named. */
  readonly isListed: boolean;
}

export interface Policies {
  readonly get: (tenantId: string) => Promise<Policy>;
  readonly change: (tenantId: string, changes: Partial<Policy>, actor: string) => Promise<Policy>;
}

export function createPolicies(db: Kysely<Tables>, audit: AuditLog): Policies {
  return {
    get: (tenantId) => read(db, tenantId),
    change: async (tenantId, changes, actor) =>
      await db.transaction().execute(async (transaction) => {
        const next = { ...(await read(transaction, tenantId)), ...changes };
        await sql`
          insert into auth_policy (tenant_id, require_two_factor, is_listed)
          values (${tenantId}, ${next.requireTwoFactor}, ${next.isListed})
          on conflict (tenant_id) do update
            set require_two_factor = excluded.require_two_factor, is_listed = excluded.is_listed
        `.execute(transaction);
        const entry = { tenantId, actor, action: 'sign-in.policy', subject: 'sign-in', details: { ...changes } };
        await audit.append(transaction, entry);
        return next;
      }),
  };
}

async function read(db: Executor, tenantId: string): Promise<Policy> {
  const { rows } = await sql<{ require_two_factor: boolean; is_listed: boolean }>`
    select require_two_factor, is_listed from auth_policy where tenant_id = ${tenantId}
  `.execute(db);
  const { require_two_factor: requireTwoFactor = true, is_listed: isListed = false } = rows[0] ?? {};
  return { requireTwoFactor, isListed };
}
