import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import type { CredentialKind, Limit } from '../budget.ts';

export type AccessFacts = {
  /** Our application in the workspace; undefined while it is not installed. */
  readonly applicationId: string | undefined;
  readonly limits: Partial<Record<CredentialKind, Limit>>;
};

export async function readAccess(db: Executor, tenantId: string): Promise<AccessFacts> {
  const { rows } = await sql<{ application_id: string | null; limits: AccessFacts['limits'] }>`
    select application_id, limits from crm_access where tenant_id = ${tenantId}
  `.execute(db);
  return { applicationId: rows[0]?.application_id ?? undefined, limits: rows[0]?.limits ?? {} };
}

/** @returns whether it was another one before */
export async function storeApplication(
  db: Executor,
  tenantId: string,
  applicationId: string | undefined,
): Promise<boolean> {
  const { rows } = await sql`
    insert into crm_access (tenant_id, application_id) values (${tenantId}, ${applicationId ?? null})
    on conflict (tenant_id) do update set application_id = excluded.application_id
    where crm_access.application_id is distinct from excluded.application_id
    returning tenant_id
  `.execute(db);
  return rows.length > 0;
}

export async function storeLimit(db: Executor, tenantId: string, kind: CredentialKind, limit: Limit): Promise<void> {
  await sql`
    insert into crm_access (tenant_id, limits) values (${tenantId}, ${JSON.stringify({ [kind]: limit })}::jsonb)
    on conflict (tenant_id) do update set limits = crm_access.limits || excluded.limits
  `.execute(db);
}
