import { type Kysely, sql } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { AsMember } from '../crm/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { endWithoutFactor } from './session-store.ts';

/** What a tenant decides about signing in. */
export interface Policy {
  /** Members without a verified second factor in Twenty are turned away, unless the workspace enforces one itself. Default true. */
  readonly requireTwoFactor: boolean;
  /** Whether the sign-in page names the workspace to strangers. Default false; the only workspace of a hub is always named. */
  readonly isListed: boolean;
}

export interface Policies {
  readonly get: (tenantId: string) => Promise<Policy>;
  /** Where two factors are required from now on, and Twenty does not see to it, members who were seen without one are signed out with it. */
  readonly change: (tenantId: string, changes: Partial<Policy>, actor: string) => Promise<Policy>;
}

/** The page waits for it. */
const patienceMs = 2500;

export function createPolicies(db: Kysely<Tables>, crm: Pick<AsMember, 'workspaceDoor'>, audit: AuditLog): Policies {
  /** Of a workspace that cannot be asked nobody knows: whoever is signed out for it gets in again where it is enforced. */
  async function isEnforced(tenantId: string): Promise<boolean> {
    const door = crm.workspaceDoor(tenantId, AbortSignal.timeout(patienceMs));
    return await door.then(({ isTwoFactorEnforced }) => isTwoFactorEnforced).catch(() => false);
  }

  return {
    get: (tenantId) => read(db, tenantId),
    change: async (tenantId, changes, actor) => {
      const endsSessions = changes.requireTwoFactor === true && !(await isEnforced(tenantId));
      return await db.transaction().execute(async (transaction) => {
        await write(transaction, tenantId, changes);
        const ended = endsSessions ? { sessionsEnded: await endWithoutFactor(transaction, tenantId) } : {};
        const details = { ...changes, ...ended };
        await audit.append(transaction, { tenantId, actor, action: 'sign-in.policy', subject: 'sign-in', details });
        return await read(transaction, tenantId);
      });
    },
  };
}

/** Nothing but what is given: two changes at once do not undo each other. */
async function write(db: Executor, tenantId: string, { requireTwoFactor, isListed }: Partial<Policy>): Promise<void> {
  const [required, listed] = [requireTwoFactor ?? null, isListed ?? null];
  await sql`
    insert into auth_policy (tenant_id, require_two_factor, is_listed)
    values (${tenantId}, coalesce(${required}::boolean, true), coalesce(${listed}::boolean, false))
    on conflict (tenant_id) do update set
      require_two_factor = coalesce(${required}::boolean, auth_policy.require_two_factor),
      is_listed = coalesce(${listed}::boolean, auth_policy.is_listed)
  `.execute(db);
}

async function read(db: Executor, tenantId: string): Promise<Policy> {
  const { rows } = await sql<{ require_two_factor: boolean; is_listed: boolean }>`
    select require_two_factor, is_listed from auth_policy where tenant_id = ${tenantId}
  `.execute(db);
  const { require_two_factor: requireTwoFactor = true, is_listed: isListed = false } = rows[0] ?? {};
  return { requireTwoFactor, isListed };
}
