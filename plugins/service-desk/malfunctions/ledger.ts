import { json, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import type { Author } from '../services.ts';
import type { Fields, Undoing } from './rules.ts';

/** What a flow did with a case: `noted`: it got the note alone. */
export type LineResult = 'changed' | 'noted' | 'left-out' | 'ended-on-its-own' | 'as-it-is' | 'gone';

export interface Line {
  readonly caseId: string;
  readonly result: LineResult;
  /** The fields that the flow set, before and after. */
  readonly was: Fields;
  readonly became: Fields;
  readonly undone: Undoing | null;
}

export interface Flow {
  readonly id: string;
  readonly folderId: string;
  readonly kind: 'status' | 'note';
  /** Of the folder itself. */
  readonly was: Fields;
  readonly became: Fields;
  readonly note: string;
  readonly at: Date;
  readonly by: string;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undone: Undoing | null;
}

type NewFlow = Pick<Flow, 'id' | 'folderId' | 'kind' | 'was' | 'became' | 'note' | 'at'> & { readonly author: Author };

export async function writeFlow(tables: PluginTables, flow: NewFlow, lines: readonly Omit<Line, 'undone'>[]) {
  const { id, folderId, kind, was, became, note, at, author } = flow;
  await tables.query(sql`
    insert into service_desk_flow (tenant_id, id, folder_id, kind, was, became, note, at, member_id, member_name)
    values (${thisTenant}, ${id}, ${folderId}, ${kind}, ${json(was)}::jsonb, ${json(became)}::jsonb, ${note}, ${at},
      ${author.id}, ${author.name})`);
  await tables.query(sql`
    insert into service_desk_flow_case (tenant_id, flow_id, case_id, folder_id, result, was, became, at)
    select ${thisTenant}, ${id}, line."caseId", ${folderId}, line.result, line.was, line.became, ${at}
    from jsonb_to_recordset(${json(lines)}::jsonb) as line ("caseId" uuid, result text, was jsonb, became jsonb)`);
}

/** What the flows of a folder have set last in each case, unless it was taken back. */
export async function leftByFlows(tables: PluginTables, folderId: string): Promise<ReadonlyMap<string, Fields>> {
  const rows = await tables.query<{ caseId: string; became: Fields }>(sql`
    select distinct on (case_id) case_id as "caseId", became from service_desk_flow_case
    where tenant_id = ${thisTenant} and folder_id = ${folderId} and result = 'changed'
      and undone is distinct from 'restored'
    order by case_id, at desc`);
  return new Map(rows.map(({ caseId, became }) => [caseId, became]));
}

const MOST_FLOWS = 50;

/** The newest first, each with what it did to how many cases. */
export async function flowsOf(
  tables: PluginTables,
  folderId: string,
): Promise<(Flow & { readonly lines: readonly Line[] })[]> {
  const flows = await tables.query<Flow>(sql`
    select id, folder_id as "folderId", kind, was, became, note, at, member_name as by, undone_at as "undoneAt",
      undone_by as "undoneBy", undone
    from service_desk_flow where tenant_id = ${thisTenant} and folder_id = ${folderId}
    order by at desc limit ${MOST_FLOWS}`);
  const lines = await tables.query<Line & { readonly flowId: string }>(sql`
    select flow_id as "flowId", case_id as "caseId", result, was, became, undone from service_desk_flow_case
    where tenant_id = ${thisTenant} and flow_id = any(${flows.map(({ id }) => id)}::uuid[]) order by case_id`);
  const byFlow = Map.groupBy(lines, ({ flowId }) => flowId);
  return flows.map((flow) => ({ ...flow, lines: byFlow.get(flow.id) ?? [] }));
}

export async function findFlow(tables: PluginTables, id: string): Promise<Flow | undefined> {
  const [flow] = await tables.query<Flow>(sql`
    select id, folder_id as "folderId", kind, was, became, note, at, member_name as by, undone_at as "undoneAt",
      undone_by as "undoneBy", undone
    from service_desk_flow where tenant_id = ${thisTenant} and id = ${id}`);
  return flow;
}

export async function linesOf(tables: PluginTables, flowId: string): Promise<Line[]> {
  return await tables.query<Line>(sql`
    select case_id as "caseId", result, was, became, undone from service_desk_flow_case
    where tenant_id = ${thisTenant} and flow_id = ${flowId} order by case_id`);
}

/** @returns false when somebody has taken it back already */
export async function claimUndo(tables: PluginTables, flowId: string, at: Date, { name }: Author): Promise<boolean> {
  const claimed = await tables.query(sql`
    update service_desk_flow set undone_at = ${at}, undone_by = ${name}
    where tenant_id = ${thisTenant} and id = ${flowId} and undone_at is null returning id`);
  return claimed.length > 0;
}

export async function noteUndone(
  tables: PluginTables,
  flowId: string,
  { folder, lines }: { readonly folder: Undoing; readonly lines: ReadonlyMap<string, Undoing> },
): Promise<void> {
  await tables.query(sql`
    update service_desk_flow set undone = ${folder} where tenant_id = ${thisTenant} and id = ${flowId}`);
  await tables.query(sql`
    update service_desk_flow_case set undone = line.value
    from jsonb_each_text(${json(Object.fromEntries(lines))}::jsonb) as line (key, value)
    where tenant_id = ${thisTenant} and flow_id = ${flowId} and case_id = line.key::uuid`);
}
