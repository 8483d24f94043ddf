import { type RawBuilder, sql } from 'kysely';
import type { Moment, MomentPage, MomentSource } from '../../contract/crm-find.ts';
import type { Executor } from '../../store/database.ts';

const mostOfPage = 200;

/** The newest records of several lists as one, page by page. */
export async function newest(
  db: Executor,
  tenantId: string,
  sources: readonly MomentSource[],
  { before, since, limit = 50 }: MomentPage = {},
): Promise<Moment[]> {
  if (sources.length === 0) return [];
  const page: Page = { tenantId, before, since, limit: Math.max(1, Math.min(limit, mostOfPage)) };
  const lists = sources.map((source) => sql`(${listOf(source, page)})`);
  const { rows } = await sql<Moment>`
    select object, data as record, at from (${sql.join(lists, sql` union all `)}) moment
    order by at desc, id desc limit ${page.limit}
  `.execute(db);
  return rows;
}

type Page = {
  readonly tenantId: string;
  readonly before: MomentPage['before'] | undefined;
  readonly since: string | undefined;
  readonly limit: number;
};

function listOf(source: MomentSource, page: Page): RawBuilder<unknown> {
  const { through } = source;
  if (through === undefined) return sql`${select(source, page)} ${end(source, page)}`;
  const link = sql`data ->> ${sql.lit(nameOf(through.field))}`;
  return sql`
    select own.* from (
      select id::text as link from crm_record
      where tenant_id = ${page.tenantId} and object = ${through.object} and deleted_at is null
        and data @> ${JSON.stringify(through.equal)}::jsonb
    ) linked cross join lateral (
      ${select(source, page)} and ${link} = linked.link and ${link} is not null ${end(source, page)}
    ) own order by own.at desc, own.id desc limit ${page.limit}`;
}

/**
 * The conditions repeat those of the indexes in 050-panel.sql, 070-desk.sql, 071-desk-notes.sql and 091-missed-calls.sql, literally, or PostgreSQL
 * does not use them.
 */
function select(source: MomentSource, { tenantId, before, since }: Page): RawBuilder<unknown> {
  const at = sql`data ->> ${sql.lit(nameOf(source.at))}`;
  const conditions = [
    ...equalities(source),
    ...(source.empty ?? []).map((name) => sql`nullif(data ->> ${sql.lit(nameOf(name))}, '') is null`),
    ...Object.entries(source.noneOf ?? {}).map(
      ([name, values]) =>
        sql`coalesce(data ->> ${sql.lit(nameOf(name))}, '') not in (${sql.join(values.map((value) => sql.lit(value)))})`,
    ),
    ...(before === undefined ? [] : [sql`${at} <= ${before.at} and (${at} < ${before.at} or id < ${before.id}::uuid)`]),
    ...(since === undefined ? [] : [sql`${at} >= ${since}`]),
  ];
  return sql`
    select object, id, data, ${at} as at from crm_record
    where tenant_id = ${tenantId} and object = ${sql.lit(nameOf(source.object))} and deleted_at is null
      and ${at} is not null ${sql.join(
        conditions.map((one) => sql` and ${one}`),
        sql``,
      )}`;
}

function end({ at }: MomentSource, { limit }: Page): RawBuilder<unknown> {
  return sql`order by data ->> ${sql.lit(nameOf(at))} desc nulls last, id desc limit ${limit}`;
}

function equalities({ object, equal = {}, starts, noneOf }: MomentSource): RawBuilder<unknown>[] {
  const entries = Object.entries(equal);
  const isOrdered = entries.some(([name]) => hasOrder(object, name, noneOf));
  const begins = Object.entries(starts ?? {}).map(([name, text]) => {
    const value = sql`(data ->> ${sql.lit(nameOf(name))}) collate "C"`;
    return sql`${value} >= ${text} and ${value} < ${text + last}`;
  });
  if (entries.length === 0) return begins;
  if (!isOrdered) return [sql`data @> ${JSON.stringify(equal)}::jsonb`, ...begins];
  const each = entries.map(([name, value]) => {
    const field = sql`data ->> ${sql.lit(nameOf(name))}`;
    return sql`${field} = ${value} and ${field} is not null`;
  });
  return [...each, ...begins];
}

/** Behind every character that a text may hold. */
const last = '\u{10FFFF}';

/**
 * Owners that may have hundreds of thousands of records have an index in the order of time. What others have, the index of all values finds, and it
 * is sorted.
 */
function hasOrder(object: string, field: string, noneOf: MomentSource['noneOf']): boolean {
  if (object === 'phoneCall') return callOwners.has(field);
  if (object === 'caseEntry') return field === 'kind';
  if (object === 'serviceCase') return field === 'assigneeId' && noneOf?.['status'] !== undefined;
  return false;
}

const callOwners = new Set(['personId', 'companyId', 'locationId', 'serviceCaseId', 'agentId', 'outcome']);

/** Names of fields become part of the statement. @throws Error for what is none */
function nameOf(name: string): string {
  if (!/^[A-Za-z]\w{0,62}$/.test(name)) throw new Error('A field is named as no field of Twenty can be');
  return name;
}
