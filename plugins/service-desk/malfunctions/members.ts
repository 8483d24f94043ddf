import { type CrmReader, type CrmRecord, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { type CaseRow, withPending } from '../cases/pending.ts';
import { callFolder, callRows, linkOf } from './call-state.ts';

/** More members than that a page does not show and a flow does not reach: 1,000 is what the mirror answers at once. */
const MOST_MEMBERS = 1000;

interface Sources {
  readonly tables: PluginTables;
  /** Of the member: what the role may not read is not in the folder. */
  readonly crm: Pick<CrmReader, 'findBy' | 'getMany'>;
  readonly now: number;
}

/** The cases of a folder as they will be, by id. */
export async function casesIn(sources: Sources, folderId: string): Promise<Map<string, CrmRecord>> {
  const { tables, crm } = sources;
  const mirrored = await crm.findBy('serviceCase', 'malfunctionId', folderId, MOST_MEMBERS);
  const coming = await comingCases(tables, folderId);
  const known = new Map(mirrored.map((record) => [record.id, record]));
  const cases = await casesOf(sources, [...known.keys(), ...coming], known);
  return new Map([...cases].filter(([, one]) => linkOf(one, 'malfunctionId') === folderId));
}

/** Cases that were put into the folder at the desk, as far as Twenty may not have taken it yet; some of them may have left it since. */
export async function comingCases(tables: PluginTables, folderId: string): Promise<string[]> {
  const coming = await tables.query<{ id: string }>(sql`
    select case_id as id from service_desk_case
    where tenant_id = ${thisTenant} and pending -> 'malfunctionId' ->> 'value' = ${folderId}
      and pending -> 'malfunctionId' is not null`);
  return coming.map(({ id }) => id);
}

/** Cases as they will be, by id; those that are not there, or not for the member to see, are missing. @param known records that were read already */
export async function casesOf(
  { tables, crm, now }: Sources,
  ids: readonly string[],
  known: ReadonlyMap<string, CrmRecord> = new Map(),
): Promise<Map<string, CrmRecord>> {
  const asked = [...new Set(ids)];
  const [rows, read] = await Promise.all([
    caseRows(tables, asked),
    crm.getMany(
      'serviceCase',
      asked.filter((id) => !known.has(id)),
    ),
  ]);
  const found = asked.flatMap((id): [string, CrmRecord][] => {
    const current = withPending(id, known.get(id) ?? read.get(id), rows.get(id), now);
    return current === undefined ? [] : [[id, current]];
  });
  return new Map(found);
}

async function caseRows(tables: PluginTables, ids: readonly string[]): Promise<ReadonlyMap<string, CaseRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tables.query<CaseRow & { readonly id: string }>(sql`
    select case_id as id, number, pending, deleted_at as "deletedAt" from service_desk_case
    where tenant_id = ${thisTenant} and case_id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The calls of a folder, by id; a call that goes on has no record yet. */
export async function callsIn(
  { tables, crm, now }: Sources,
  folderId: string,
): Promise<Map<string, CrmRecord | undefined>> {
  const mirrored = await crm.findBy('phoneCall', 'malfunctionId', folderId, MOST_MEMBERS);
  const coming = await tables.query<{ id: string }>(sql`
    select record_id as id from service_desk_move
    where tenant_id = ${thisTenant} and became = ${folderId} and object = 'phoneCall'
      and at > ${new Date(now - 86_400_000)}
    union
    select call_id from service_desk_call where tenant_id = ${thisTenant} and malfunction_id = ${folderId}
    limit ${MOST_MEMBERS}`);
  const known = new Map(mirrored.map((record) => [record.id, record]));
  const unknown = coming.map(({ id }) => id).filter((id) => !known.has(id));
  const [read, rows] = await Promise.all([
    crm.getMany('phoneCall', unknown),
    callRows(tables, [...known.keys(), ...unknown]),
  ]);
  const all = [...known.keys(), ...unknown].map((id) => [id, known.get(id) ?? read.get(id)] as const);
  return new Map(all.filter(([id, record]) => callFolder(record, rows.get(id), now) === folderId));
}
