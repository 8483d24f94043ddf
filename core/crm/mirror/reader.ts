import { sql } from 'kysely';
import type { CrmMatch, CrmReader, CrmRecord } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';
import { isTwentyId, recordIdFor } from '../ids.ts';
import { createSearch } from './search/search.ts';
import type { Vocabulary } from './search/vocabulary.ts';
import { createFinder } from './finder.ts';

/** Records that carry one number or address: more than that say nothing. */
const mostMatches = 1000;

/** A tenant's view of the mirror. Deleted records are not there. */
export function createReader(db: Executor, tenantId: string, vocabulary: Vocabulary): CrmReader {
  const search = createSearch({ db, tenantId, vocabulary });
  const byKey = async (kind: 'phone' | 'email', value: string): Promise<CrmMatch[]> => {
    const { rows } = await sql<CrmMatch>`${prepared}
      select record.object, record.data as record
      from crm_key join crm_record record on record.tenant_id = crm_key.tenant_id
        and record.id = crm_key.record_id and record.object = crm_key.object
      where crm_key.tenant_id = ${tenantId} and kind = ${kind} and value = ${value} and record.deleted_at is null
      order by record.object, record.id
      limit ${sql.lit(mostMatches)}
    `.execute(db);
    return rows;
  };
  return {
    idFor: (object, key) => recordIdFor(tenantId, object, key),
    get: (object, id) => get(db, tenantId, object, id),
    getMany: (object, ids) => getMany(db, tenantId, object, ids),
    findByPhone: (e164) => byKey('phone', e164),
    findByEmail: (email) => byKey('email', asKey(email)),
    findByEmails: (emails) => findByEmails(db, tenantId, emails),
    search: async (text, { objects, limit = 20 } = {}) => {
      const scopes = (objects ?? (await objectsOf(db, tenantId))).map((object) => ({ object }));
      return await search(text, { scopes, limit: Math.min(limit, 100) });
    },
    findBy: (object, field, value, limit = 100) => findBy(db, tenantId, { object, field, value, limit }),
    all: (object, page) => pageOf(db, tenantId, object, page),
    count: (object) => countRecords(db, tenantId, object),
    ...createFinder(db, tenantId),
  };
}

/** By the id in Twenty, or by the id we gave a record that Twenty had already under another one. */
async function get(db: Executor, tenantId: string, object: string, id: string): Promise<CrmRecord | undefined> {
  if (!isTwentyId(id)) return undefined;
  const { rows } = await sql<{ data: CrmRecord }>`${prepared}
    select data from crm_record
    where tenant_id = ${tenantId} and object = ${object} and deleted_at is null and id = coalesce(
      (select crm_id from crm_link where tenant_id = ${tenantId} and our_id = ${id}), ${id}::uuid)
  `.execute(db);
  return rows[0]?.data;
}

/** An id is looked up in the links and then in the records, both by their keys: in one statement for all. */
async function getMany(
  db: Executor,
  tenantId: string,
  object: string,
  ids: readonly string[],
): Promise<Map<string, CrmRecord>> {
  const wanted = [...new Set(ids)].filter(isTwentyId);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; data: CrmRecord }>`${prepared}
    select asked.id, record.data
    from unnest(${wanted}::text[]) as asked (id)
    left join crm_link link on link.tenant_id = ${tenantId} and link.our_id = asked.id::uuid
    join crm_record record on record.tenant_id = ${tenantId} and record.object = ${object}
      and record.id = coalesce(link.crm_id, asked.id::uuid) and record.deleted_at is null
  `.execute(db);
  return new Map(rows.map(({ id, data }) => [id, data]));
}

/** How an address stands in the index. */
const asKey = (email: string): string => email.trim().toLowerCase();

async function findByEmails(
  db: Executor,
  tenantId: string,
  emails: readonly string[],
): Promise<Map<string, readonly CrmMatch[]>> {
  const wanted = [...new Set(emails)];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<CrmMatch & { readonly email: string }>`${prepared}
    select asked.email, found.object, found.data as record
    from unnest(${wanted}::text[], ${wanted.map(asKey)}::text[]) as asked (email, value)
    cross join lateral (
      select record.object, record.id, record.data
      from crm_key join crm_record record on record.tenant_id = crm_key.tenant_id
        and record.id = crm_key.record_id and record.object = crm_key.object
      where crm_key.tenant_id = ${tenantId} and kind = 'email' and value = asked.value and record.deleted_at is null
      order by record.object, record.id
      limit ${sql.lit(mostMatches)}
    ) found
    order by found.object, found.id
  `.execute(db);
  const found = Map.groupBy(rows, ({ email }) => email);
  return new Map([...found].map(([email, all]) => [email, all.map(({ object, record }) => ({ object, record }))]));
}

/** What the mirror has of a tenant. */
async function objectsOf(db: Executor, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ object: string }>`
    select object from crm_sync where tenant_id = ${tenantId} order by object
  `.execute(db);
  return rows.map(({ object }) => object);
}

type Equality = { readonly object: string; readonly field: string; readonly value: string; readonly limit: number };

async function findBy(db: Executor, tenantId: string, { object, field, value, limit }: Equality): Promise<CrmRecord[]> {
  const { rows } = await sql<{ data: CrmRecord }>`${prepared}
    select data from crm_record
    where tenant_id = ${tenantId} and object = ${object} and deleted_at is null
      and data @> ${JSON.stringify({ [field]: value })}::jsonb
    order by id limit ${Math.min(limit, 1000)}
  `.execute(db);
  return rows.map(({ data }) => data);
}

async function pageOf(
  db: Executor,
  tenantId: string,
  object: string,
  { after, limit = 100 }: { after?: string; limit?: number } = {},
): Promise<CrmRecord[]> {
  const { rows } = await sql<{ data: CrmRecord }>`
    select data from crm_record
    where tenant_id = ${tenantId} and object = ${object} and deleted_at is null
      and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${Math.min(limit, 1000)}
  `.execute(db);
  return rows.map(({ data }) => data);
}

/** Deleted records do not count. */
export async function countRecords(db: Executor, tenantId: string, object: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from crm_record where tenant_id = ${tenantId} and object = ${object} and deleted_at is null
  `.execute(db);
  return rows[0]?.count ?? 0;
}
