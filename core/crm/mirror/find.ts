import { sql } from 'kysely';
import type { CrmMatch, CrmRecord } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';
import { isTwentyId } from '../ids.ts';

/** Questions to the mirror, many in one statement: the answers are in the order of the questions. */

/** Records that carry one number or address: more than that say nothing. */
const mostMatches = 1000;

export type RecordId = { readonly object: string; readonly id: string };

/** By the id in Twenty, or by the id we gave a record that Twenty had already under another one. What is no id finds nothing. */
export async function findRecords(
  db: Executor,
  tenantId: string,
  asked: readonly RecordId[],
): Promise<(CrmRecord | undefined)[]> {
  const { rows } = await sql<{ place: number; data: CrmRecord }>`${prepared}
    select asked.place, record.data
    from unnest(${asked.map(({ object }) => object)}::text[], ${asked.map(({ id }) => (isTwentyId(id) ? id : null))}::uuid[])
      with ordinality as asked (object, id, place)
    left join crm_link link on link.tenant_id = ${tenantId} and link.our_id = asked.id
    join crm_record record on record.tenant_id = ${tenantId} and record.object = asked.object
      and record.id = coalesce(link.crm_id, asked.id) and record.deleted_at is null
  `.execute(db);
  const found = new Map(rows.map(({ place, data }) => [place - 1, data]));
  return asked.map((_one, index) => found.get(index));
}

/** Those who carry a number (E.164) or an address (lower case). */
export async function findByKeys(
  db: Executor,
  tenantId: string,
  kind: 'phone' | 'email',
  values: readonly string[],
): Promise<CrmMatch[][]> {
  const { rows } = await sql<CrmMatch & { readonly place: number }>`${prepared}
    select asked.place, found.object, found.data as record
    from unnest(${values}::text[]) with ordinality as asked (value, place)
    cross join lateral (
      select record.object, record.id, record.data
      from crm_key join crm_record record on record.tenant_id = crm_key.tenant_id
        and record.id = crm_key.record_id and record.object = crm_key.object
      where crm_key.tenant_id = ${tenantId} and kind = ${kind} and value = asked.value and record.deleted_at is null
      order by record.object, record.id
      limit ${sql.lit(mostMatches)}
    ) found
    order by asked.place, found.object, found.id
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place - 1);
  return values.map((_value, index) => (found.get(index) ?? []).map(({ object, record }) => ({ object, record })));
}

export type Equality = {
  readonly object: string;
  readonly field: string;
  readonly value: string;
  readonly limit: number;
};

/**
 * The innermost question has no limit: with one, PostgreSQL may read the records in the order of their ids until it has found enough. It does not name
 * the object either: PostgreSQL takes a hundred times too many records for equal and would narrow them down by the list of all records of the object, which
 * has a quarter of a million entries where three records are equal (136 ms against 0.1 ms, measured).
 */
export async function findEqual(db: Executor, tenantId: string, asked: readonly Equality[]): Promise<CrmRecord[][]> {
  const { rows } = await sql<{ place: number; data: CrmRecord }>`${prepared}
    select asked.place, found.data
    from unnest(
        ${asked.map(({ object }) => object)}::text[], ${asked.map(({ field, value }) => JSON.stringify({ [field]: value }))}::jsonb[],
        ${asked.map(({ limit }) => Math.min(limit, 1000))}::int[])
      with ordinality as asked (object, fields, most, place)
    cross join lateral (
      select id, data from (
        select tenant_id, object, id, data from crm_record where data @> asked.fields and deleted_at is null
        offset 0
      ) equal
      where tenant_id = ${tenantId} and object = asked.object
      order by id limit asked.most
    ) found
    order by asked.place, found.id
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place - 1);
  return asked.map((_one, index) => (found.get(index) ?? []).map(({ data }) => data));
}
