import { sql } from 'kysely';
import type { CrmMatch, CrmReader, CrmRecord } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';
import { createTogether } from '../../store/together.ts';
import { isTwentyId } from '../ids.ts';

/** Questions in one statement. */
const mostTogether = 200;
/** As the reader has it. */
const mostMatches = 1000;

type Gathered = Pick<CrmReader, 'get' | 'findByPhone' | 'findBy'>;

/**
 * A reader whose questions are one statement when they are asked at the same time: twenty telephones that ring at once ask the same few things of
 * twenty callers, and a statement costs more than what it finds.
 */
export function readTogether(db: Executor, tenantId: string, reader: CrmReader): CrmReader {
  const get = createTogether((asked: readonly Id[]) => findRecords(db, tenantId, asked), mostTogether);
  const byPhone = createTogether((numbers: readonly string[]) => findNumbers(db, tenantId, numbers), mostTogether);
  const byField = createTogether((asked: readonly Equality[]) => findEqual(db, tenantId, asked), mostTogether);
  const gathered: Gathered = {
    get: async (object, id) => (isTwentyId(id) ? await get('', { object, id }) : undefined),
    findByPhone: (e164) => byPhone('', e164),
    findBy: (object, field, value, limit = 100) =>
      byField(object, { object, limit: Math.min(limit, 1000), fields: JSON.stringify({ [field]: value }) }),
  };
  return { ...reader, ...gathered };
}

type Id = { readonly object: string; readonly id: string };

/** By the id in Twenty, or by the id we gave a record that Twenty had already under another one. */
async function findRecords(db: Executor, tenantId: string, asked: readonly Id[]): Promise<(CrmRecord | undefined)[]> {
  const { rows } = await sql<{ place: number; data: CrmRecord }>`${prepared}
    select asked.place, record.data
    from unnest(${asked.map(({ object }) => object)}::text[], ${asked.map(({ id }) => id)}::uuid[])
      with ordinality as asked (object, id, place)
    left join crm_link link on link.tenant_id = ${tenantId} and link.our_id = asked.id
    join crm_record record on record.tenant_id = ${tenantId} and record.object = asked.object
      and record.id = coalesce(link.crm_id, asked.id) and record.deleted_at is null
  `.execute(db);
  const found = new Map(rows.map(({ place, data }) => [place - 1, data]));
  return asked.map((_one, index) => found.get(index));
}

async function findNumbers(db: Executor, tenantId: string, numbers: readonly string[]): Promise<CrmMatch[][]> {
  const { rows } = await sql<CrmMatch & { readonly place: number }>`${prepared}
    select asked.place, found.object, found.data as record
    from unnest(${numbers}::text[]) with ordinality as asked (value, place)
    cross join lateral (
      select record.object, record.id, record.data
      from crm_key join crm_record record on record.tenant_id = crm_key.tenant_id
        and record.id = crm_key.record_id and record.object = crm_key.object
      where crm_key.tenant_id = ${tenantId} and kind = 'phone' and value = asked.value and record.deleted_at is null
      order by record.object, record.id
      limit ${sql.lit(mostMatches)}
    ) found
    order by asked.place, found.object, found.id
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place - 1);
  return numbers.map((_number, index) => (found.get(index) ?? []).map(({ object, record }) => ({ object, record })));
}

/** @param fields the equality as JSON: an object with one member */
type Equality = { readonly object: string; readonly fields: string; readonly limit: number };

/** The innermost question has no limit: with one, PostgreSQL may read the records in the order of their ids until it has found enough. */
async function findEqual(db: Executor, tenantId: string, asked: readonly Equality[]): Promise<CrmRecord[][]> {
  const { rows } = await sql<{ place: number; data: CrmRecord }>`${prepared}
    select asked.place, found.data
    from unnest(
        ${asked.map(({ object }) => object)}::text[], ${asked.map(({ fields }) => fields)}::jsonb[],
        ${asked.map(({ limit }) => limit)}::int[])
      with ordinality as asked (object, fields, most, place)
    cross join lateral (
      select id, data from (
        select id, data from crm_record
        where tenant_id = ${tenantId} and object = asked.object and deleted_at is null and data @> asked.fields
        offset 0
      ) equal
      order by id limit asked.most
    ) found
    order by asked.place, found.id
  `.execute(db);
  const found = Map.groupBy(rows, ({ place }) => place - 1);
  return asked.map((_one, index) => (found.get(index) ?? []).map(({ data }) => data));
}
