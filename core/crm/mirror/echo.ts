import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import type { RecordChange } from './store.ts';

/**
 * Of these records, those of which a write of ours is on its way, with the fields it sets: their news may be that write coming
 * back before its answer did. Ask before the mirror is changed: the answer takes the outbox row away and changes the
 * mirror in one transaction, so that afterwards one of the two tells.
 */
export async function fieldsOnTheirWay(
  db: Executor,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ id: string; fields: string[] }>`
    select record_id as id, array(select jsonb_object_keys(fields)) as fields from crm_outbox
    where tenant_id = ${tenantId} and record_id = any(${ids}::uuid[]) and sent_at is not null and state <> 'discarded'
    union all
    select crm_id, array(select jsonb_object_keys(fields))
    from crm_link join crm_outbox on crm_outbox.tenant_id = crm_link.tenant_id and record_id = our_id
    where crm_link.tenant_id = ${tenantId} and crm_id = any(${ids}::uuid[])
      and sent_at is not null and state <> 'discarded'
  `.execute(db);
  const byId = Map.groupBy(rows, ({ id }) => id);
  return new Map([...byId].map(([id, own]) => [id, new Set(own.flatMap(({ fields }) => fields))]));
}

/**
 * What of a change others have made. The gateway creates and changes records, it never deletes one.
 *
 * @param ours fields that a write of ours on its way sets; undefined when there is none
 * @param theirs fields that certainly somebody else has changed
 */
export function withoutEcho(
  change: RecordChange,
  ours: ReadonlySet<string> | undefined,
  theirs: readonly string[] = [],
): RecordChange[] {
  if (ours === undefined || change.kind === 'deleted') return [change];
  const updatedFields = change.updatedFields.filter((name) => !ours.has(name) || theirs.includes(name));
  if (updatedFields.length === 0) return [];
  const { values } = change;
  return [{ ...change, updatedFields, ...(values === undefined ? {} : { values: only(updatedFields, values) }) }];
}

/** Our write and theirs may be heard of at once, and are one change then: what we wrote is none of their news. */
function only<Value>(names: readonly string[], values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
