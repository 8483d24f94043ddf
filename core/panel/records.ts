import { sql } from 'kysely';
import type { CrmRecord } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';

/** The relation by which a call or a case belongs to the record of a page. */
export type Relation = 'personId' | 'companyId' | 'locationId' | 'serviceCaseId';

export type Belonging = {
  readonly tenantId: string;
  readonly relation: Relation;
  readonly id: string;
  readonly limit: number;
  /** The record beside which the list stands. */
  readonly except: string;
};

/**
 * Newest first. Parts of a call that were merged into another one are left out. The conditions repeat those of the indexes in
 * 050-panel.sql, literally, or PostgreSQL does not use them.
 */
export async function newestCalls(
  db: Executor,
  { tenantId, relation, id, limit, except }: Belonging,
): Promise<CrmRecord[]> {
  const owner = sql`data ->> ${sql.lit(relation)}`;
  const { rows } = await sql<{ data: CrmRecord }>`
    select data from crm_record
    where tenant_id = ${tenantId} and object = 'phoneCall' and deleted_at is null and ${owner} = ${id}
      and ${owner} is not null and data ->> 'mergedIntoId' is null and id <> ${except}
    order by data ->> 'startedAt' desc nulls last limit ${limit}
  `.execute(db);
  return rows.map(({ data }) => data);
}

/** What is due first comes first: the first response until there was one, then the solution. */
export async function openCases(
  db: Executor,
  { tenantId, relation, id, limit, except }: Belonging,
): Promise<(CrmRecord & { readonly dueAt: string | null })[]> {
  const owner = sql`data ->> ${sql.lit(relation)}`;
  const { rows } = await sql<{ data: CrmRecord; dueAt: string | null }>`
    select data, coalesce(
      case when data ->> 'firstResponseAt' is null then data ->> 'responseDueAt' end, data ->> 'resolveDueAt'
    ) as "dueAt"
    from crm_record
    where tenant_id = ${tenantId} and object = 'serviceCase' and deleted_at is null and ${owner} = ${id}
      and ${owner} is not null and coalesce(data ->> 'status', '') not in ('RESOLVED', 'CLOSED', 'CANCELLED')
      and id <> ${except}
    order by "dueAt" nulls last, id limit ${limit}
  `.execute(db);
  return rows.map(({ data, dueAt }) => ({ ...data, dueAt }));
}
