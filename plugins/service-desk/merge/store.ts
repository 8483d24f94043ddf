import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Fields } from '../malfunctions/rules.ts';
import type { Author } from '../services.ts';

export interface Merge {
  readonly id: string;
  readonly caseId: string;
  readonly intoId: string;
  readonly was: Fields;
  readonly became: Fields;
  readonly folderId: string | null;
  readonly reminders: readonly string[];
  readonly at: Date;
  readonly by: string;
}

const columns = sql`id, case_id as "caseId", into_id as "intoId", was, became, folder_id as "folderId", reminders, at,
  member_name as by`;

/** Merges of a tenant wait for each other until the transaction has ended: of several that would make a circle, the last one sees it. */
export async function lockMerges(tables: PluginTables): Promise<void> {
  await tables.query(
    sql`select pg_advisory_xact_lock(hashtextextended('service-desk/merge/' || ${thisTenant}::text, 0))`,
  );
}

export async function keepMerge(tables: PluginTables, merge: Omit<Merge, 'by'>, author: Author): Promise<void> {
  const { id, caseId, intoId, was, became, folderId, reminders, at } = merge;
  await tables.query(sql`
    insert into service_desk_merge (tenant_id, id, case_id, into_id, was, became, folder_id, reminders, at, member_id, member_name)
    values (${thisTenant}, ${id}, ${caseId}, ${intoId}, ${json(was)}::jsonb, ${json(became)}::jsonb, ${folderId},
      ${reminders}::uuid[], ${at}, ${author.id}, ${author.name})`);
}

/** The merge by which a case is part of another one. */
export async function mergeOf(tables: PluginTables, caseId: string): Promise<Merge | undefined> {
  const [merge] = await tables.query<Merge>(sql`
    select ${columns} from service_desk_merge
    where tenant_id = ${thisTenant} and case_id = ${caseId} and undone_at is null`);
  return merge;
}

export async function mergeById(
  tables: PluginTables,
  id: string,
): Promise<(Merge & { readonly isUndone: boolean }) | undefined> {
  const [merge] = await tables.query<Merge & { readonly isUndone: boolean }>(sql`
    select ${columns}, undone_at is not null as "isUndone" from service_desk_merge
    where tenant_id = ${thisTenant} and id = ${id}`);
  return merge;
}

/** The case in which this one goes on: itself, unless it was merged. */
export async function survivorOf(tables: PluginTables, caseId: string): Promise<string> {
  const [row] = await tables.query<{ id: string }>(sql`
    with recursive chain (id, step) as (
      select ${caseId}::uuid, 0
      union all
      select merge.into_id, chain.step + 1 from chain
      join service_desk_merge merge
        on merge.tenant_id = ${thisTenant} and merge.case_id = chain.id and merge.undone_at is null
      where chain.step < 100
    ) select id from chain order by step desc limit 1`);
  return row?.id ?? caseId;
}

/** The cases that go on in this one, also those that went on in another one before; the case itself is not among them. */
export async function mergedInto(tables: PluginTables, caseId: string): Promise<Merge[]> {
  return await tables.query<Merge>(sql`
    with recursive part (id, step) as (
      select ${caseId}::uuid, 0
      union
      select merge.case_id, part.step + 1 from part
      join service_desk_merge merge
        on merge.tenant_id = ${thisTenant} and merge.into_id = part.id and merge.undone_at is null
      where part.step < 100
    )
    select ${columns} from service_desk_merge
    where tenant_id = ${thisTenant} and undone_at is null and case_id in (select part.id from part where part.step > 0)
    order by at desc limit ${MOST_MERGED}`);
}

const MOST_MERGED = 200;

/** @returns false when somebody has taken it back already */
export async function endMerge(tables: PluginTables, id: string, at: Date, by: string): Promise<boolean> {
  const ended = await tables.query(sql`
    update service_desk_merge set undone_at = ${at}, undone_by = ${by}
    where tenant_id = ${thisTenant} and id = ${id} and undone_at is null returning id`);
  return ended.length > 0;
}

/** Has what somebody wants to be reminded of be about another case. @returns those that were moved */
export async function moveReminders(tables: PluginTables, from: string, to: string): Promise<string[]> {
  const moved = await tables.query<{ id: string }>(sql`
    update service_desk_reminder set record_id = ${to}
    where tenant_id = ${thisTenant} and object = 'serviceCase' and record_id = ${from} and done_at is null returning id`);
  return moved.map(({ id }) => id);
}

export async function returnReminders(tables: PluginTables, { caseId, intoId, reminders }: Merge): Promise<void> {
  await tables.query(sql`
    update service_desk_reminder set record_id = ${caseId}
    where tenant_id = ${thisTenant} and id = any(${reminders}::uuid[]) and record_id = ${intoId}`);
}
