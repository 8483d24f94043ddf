import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import { configuredLimit, isSame } from '../limits.ts';
import type { CredentialKind, KnownLimit, Limit, Limits } from '../limits.ts';

export type AccessFacts = {
  /** Our application in the workspace; undefined while it is not installed. */
  readonly applicationId: string | undefined;
  /** As the last check found it. */
  readonly serverVersion: string | undefined;
  readonly limits: Partial<Record<CredentialKind, StoredLimit>>;
};

/** What was learnt, and under which circumstances. */
export type StoredLimit = {
  readonly known: KnownLimit;
  readonly configured: Limit;
  readonly serverVersion: string | undefined;
};

export async function readAccess(db: Executor, tenantId: string): Promise<AccessFacts> {
  const { rows } = await sql<{
    application_id: string | null;
    limits: AccessFacts['limits'] | null;
    server_version: string | null;
  }>`
    select application_id, limits, server_version
    from crm_connection left join crm_access on crm_access.tenant_id = crm_connection.tenant_id
    where crm_connection.tenant_id = ${tenantId}
  `.execute(db);
  const [row] = rows;
  return {
    applicationId: row?.application_id ?? undefined,
    serverVersion: row?.server_version ?? undefined,
    limits: row?.limits ?? {},
  };
}

/** What is believed about the limits now: what was learnt, as far as it still says something; another version or setting begins anew. */
export function presentLimits(
  { limits, serverVersion }: AccessFacts,
  configured: Limits,
): Readonly<Record<CredentialKind, KnownLimit>> {
  const present = (kind: CredentialKind): KnownLimit => {
    const stored = limits[kind];
    // Rows of earlier versions of the hub have another shape.
    const holds =
      stored?.known !== undefined &&
      stored.serverVersion === serverVersion &&
      isSame(stored.configured, configured[kind]);
    return holds ? stored.known : configuredLimit(configured[kind]);
  };
  return { apiKey: present('apiKey'), application: present('application') };
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

export async function storeLimit(
  db: Executor,
  tenantId: string,
  kind: CredentialKind,
  limit: StoredLimit,
): Promise<void> {
  await sql`
    insert into crm_access (tenant_id, limits) values (${tenantId}, ${JSON.stringify({ [kind]: limit })}::jsonb)
    on conflict (tenant_id) do update set limits = crm_access.limits || excluded.limits
  `.execute(db);
}
