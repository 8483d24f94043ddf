import { sql } from 'kysely';
import type { CrmReader, CrmRecord } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import { recordIdFor } from '../ids.ts';
import { findByKeys, findEqual, findRecords } from './find.ts';
import { createSearch } from './search/search.ts';
import type { Vocabulary } from './search/vocabulary.ts';
import { createFinder } from './finder.ts';

/** A tenant's view of the mirror. Deleted records are not there. */
export function createReader(db: Executor, tenantId: string, vocabulary: Vocabulary): CrmReader {
  const search = createSearch({ db, tenantId, vocabulary });
  return {
    idFor: (object, key) => recordIdFor(tenantId, object, key),
    get: async (object, id) => (await findRecords(db, tenantId, [{ object, id }]))[0],
    getMany: async (object, ids) =>
      await byQuestion(ids, async (asked) => {
        const wanted = asked.map((id) => ({ object, id }));
        return await findRecords(db, tenantId, wanted);
      }),
    findByPhone: async (e164) => (await findByKeys(db, tenantId, 'phone', [e164]))[0] ?? [],
    findByEmail: async (email) => (await findByKeys(db, tenantId, 'email', [asKey(email)]))[0] ?? [],
    findByEmails: async (emails) =>
      await byQuestion(emails, async (asked) => {
        const found = await findByKeys(db, tenantId, 'email', asked.map(asKey));
        return found.map((matches) => (matches.length === 0 ? undefined : matches));
      }),
    search: async (text, { objects, limit = 20 } = {}) => {
      const scopes = (objects ?? (await objectsOf(db, tenantId))).map((object) => ({ object }));
      return await search(text, { scopes, limit: Math.min(limit, 100) });
    },
    findBy: async (object, field, value, limit = 100) =>
      (await findEqual(db, tenantId, [{ object, field, value, limit }]))[0] ?? [],
    all: (object, page) => pageOf(db, tenantId, object, page),
    count: (object) => countRecords(db, tenantId, object),
    ...createFinder(db, tenantId),
  };
}

/** How an address stands in the index. */
const asKey = (email: string): string => email.trim().toLowerCase();

/** Asks once for each; those without an answer are missing. */
async function byQuestion<Answer>(
  questions: readonly string[],
  ask: (questions: readonly string[]) => Promise<readonly (Answer | undefined)[]>,
): Promise<Map<string, Answer>> {
  const asked = [...new Set(questions)];
  const answers = asked.length === 0 ? [] : await ask(asked);
  return new Map(
    asked.flatMap((one, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : [[one, answer] as const];
    }),
  );
}

/** What the mirror has of a tenant. */
async function objectsOf(db: Executor, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ object: string }>`
    select object from crm_sync where tenant_id = ${tenantId} order by object
  `.execute(db);
  return rows.map(({ object }) => object);
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
