import { sql } from 'kysely';
import type { CrmMatch } from '../../../contract/crm.ts';
import type { KeyPart } from '../../../contract/crm-find.ts';
import type { Executor } from '../../../store/database.ts';

/** Behind every character that a number or an address may hold. */
const last = '\u{10FFFF}';

/** Records of which a number or an address begins or ends so, each once; those with the shortest key first, then the latest changed. */
export async function findByKeyPart(
  db: Executor,
  tenantId: string,
  part: KeyPart,
  { objects, limit }: { readonly objects: readonly string[]; readonly limit: number },
): Promise<CrmMatch[]> {
  const { rows } = await sql<CrmMatch>`
    select object, data as record from (
      select distinct on (record.id) record.object, record.id, data, changed_at, length(value) as size
      from (
        select object, record_id, value from crm_key
        where tenant_id = ${tenantId} and ${condition(part)} and object = any(${objects}::text[])
        limit ${mostRanked}
      ) key join crm_record record on record.tenant_id = ${tenantId}
        and record.id = key.record_id and record.object = key.object
      where record.deleted_at is null
      order by record.id, size
    ) found
    order by size, changed_at desc, id limit ${limit}
  `.execute(db);
  return rows;
}

/** A few digits begin the numbers of half a town; of those it does not matter which are shown. */
const mostRanked = 1000;

function condition(part: KeyPart) {
  if ('phoneEnds' in part) {
    const end = sql`reverse(${part.phoneEnds.replaceAll(/\D/g, '')}::text)`;
    return sql`kind = 'phone' and reverse(value) >= ${end} and reverse(value) < ${end} || ${last}`;
  }
  const [kind, start] = 'phoneStarts' in part ? ['phone', part.phoneStarts] : ['email', storable(part.emailStarts)];
  return sql`kind = ${kind} and value >= ${start} and value < ${start + last}`;
}

/** As an address stands in the index; PostgreSQL takes no NUL and no half of a character. */
const storable = (text: string): string => text.toLowerCase().toWellFormed().replaceAll('\0', '');
