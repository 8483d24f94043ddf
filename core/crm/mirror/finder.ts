import { sql } from 'kysely';
import type { CrmRecord } from '../../contract/crm.ts';
import type { CrmFinder } from '../../contract/crm-find.ts';
import type { Executor } from '../../store/database.ts';
import { isTwentyId } from '../ids.ts';
import { newest } from './newest.ts';
import { findByKeyPart } from './search/by-key.ts';

/** A tenant's view of the mirror for whoever looks for something. */
export function createFinder(db: Executor, tenantId: string): CrmFinder {
  return {
    findByKeyPart: (part, { objects, limit = 20 }) =>
      findByKeyPart(db, tenantId, part, { objects, limit: Math.min(limit, 100) }),
    newest: (sources, page) => newest(db, tenantId, sources, page),
    deleted: (object, id) => findDeleted(db, tenantId, object, id),
  };
}

async function findDeleted(db: Executor, tenantId: string, object: string, id: string): Promise<CrmRecord | undefined> {
  if (!isTwentyId(id)) return undefined;
  const { rows } = await sql<{ data: CrmRecord }>`
    select data from crm_record
    where tenant_id = ${tenantId} and object = ${object} and id = ${id}::uuid and deleted_at is not null
  `.execute(db);
  return rows[0]?.data;
}
