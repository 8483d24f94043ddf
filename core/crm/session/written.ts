import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';

/** The objects of which the gateway has written records. Jumps from one to the next by the index instead of reading all rows. */
export async function writtenObjects(db: Executor, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ object: string }>`
    with recursive found as (
      (select object from crm_record where tenant_id = ${tenantId} order by object limit 1)
      union all
      select (
        select object from crm_record where tenant_id = ${tenantId} and object > found.object order by object limit 1
      ) from found where found.object is not null
    )
    select object from found where object is not null
  `.execute(db);
  return rows.map(({ object }) => object);
}
