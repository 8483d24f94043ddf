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
      from crm_key join crm_record record on record.tenant_id = crm_key.tenant_id
        and record.id = crm_key.record_id and record.object = crm_key.object
      where crm_key.tenant_id = ${tenantId} and ${condition(part)} and record.deleted_at is null
        and record.object = any(${objects}::text[])
      order by record.id, size limit ${mostRanked}
    ) found
    order by size, changed_at desc, id limit ${limit}
  `.execute(db);
  return rows;
}

const mostRanked = 2000;

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
