import { type CrmReader, type CrmRecord, type PluginTables, sql, thisTenant } from '@switchboard/core/contract';
import { callFolder, callRows, linkOf } from '../malfunctions/call-state.ts';
import { isEndedFolder } from '../malfunctions/choices.ts';
import { overlaid, pendingOf } from '../malfunctions/folder.ts';
import { casesOf } from '../malfunctions/members.ts';
import { isEnded } from '../map.ts';
import { type Entry, keepEntries, dropEntry, markMembers, type TraitObject, type TraitState } from './store.ts';
import { traitsOf } from './traits.ts';

/** Keeps the traits as the records are. */

interface Sources {
  readonly tables: PluginTables;
  readonly crm: CrmReader;
  readonly now: number;
}

/** Reads these records and keeps what suggestions look at; what is not there any more goes. */
export async function refresh(sources: Sources, object: TraitObject, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const current = await currentOf(sources, object, ids);
  const entries = await entriesOf(sources, object, [...current.values()]);
  await keepEntries(sources.tables, entries);
  for (const id of ids) if (!current.has(id)) await dropEntry(sources.tables, object, id);
  for (const { object: kind, id, state } of entries) {
    if (kind === 'malfunction' && state !== 'loose') await markMembers(sources.tables, id, state);
  }
}

/** As they will be, with what is on its way to Twenty. */
async function currentOf(
  sources: Sources,
  object: TraitObject,
  ids: readonly string[],
): Promise<Map<string, CrmRecord>> {
  if (object === 'serviceCase') return await casesOf(sources, ids);
  const records = await sources.crm.getMany(object, ids);
  if (object === 'malfunction') return await foldersOf(sources, ids, records);
  const rows = await callRows(sources.tables, ids);
  const withFolder = (id: string, record: CrmRecord) => ({
    ...record,
    malfunctionId: callFolder(record, rows.get(id), sources.now),
  });
  return new Map([...records].map(([id, record]) => [id, withFolder(id, record)]));
}

async function foldersOf(
  { tables, now }: Pick<Sources, 'tables' | 'now'>,
  ids: readonly string[],
  records: ReadonlyMap<string, CrmRecord>,
): Promise<Map<string, CrmRecord>> {
  const pending = await pendingOf(tables, ids);
  return new Map(
    ids.flatMap((id): [string, CrmRecord][] => {
      const current = overlaid(id, records.get(id), pending.get(id), now);
      return current === undefined ? [] : [[id, current]];
    }),
  );
}

/** @param records of one object, as they will be */
export async function entriesOf(
  sources: Sources,
  object: TraitObject,
  records: readonly CrmRecord[],
): Promise<Entry[]> {
  const { crm } = sources;
  const idsIn = (field: string) => [...new Set(records.flatMap((record) => linkOf(record, field) ?? []))];
  const folderIds = idsIn('malfunctionId');
  const [locations, assets, folders] = await Promise.all([
    crm.getMany('location', idsIn('locationId')),
    crm.getMany('asset', idsIn('assetId')),
    crm.getMany('malfunction', folderIds).then((found) => foldersOf(sources, folderIds, found)),
  ]);
  return records.map((record) => {
    const folderId = object === 'malfunction' ? record.id : linkOf(record, 'malfunctionId');
    const around = {
      location: locations.get(linkOf(record, 'locationId') ?? ''),
      asset: assets.get(linkOf(record, 'assetId') ?? ''),
    };
    const folder = object === 'malfunction' ? record : folders.get(folderId ?? '');
    return {
      object,
      id: record.id,
      folderId,
      state: stateOf(object, record, folder),
      ...traitsOf(record, around, new Date(sources.now)),
    };
  });
}

function stateOf(object: TraitObject, record: CrmRecord, folder: CrmRecord | undefined): TraitState {
  if (folder !== undefined) return isEndedFolder(folder['status']) ? 'past' : 'live';
  if (object === 'serviceCase' && isEnded(record['status'])) return 'past';
  return 'loose';
}

/** So many lines of the journal are read at once. */
const PAGE = 500;
/** With one question; what is left is read with the next one. */
const MOST_PAGES = 4;
/** Lines that are committed later may bear an earlier time. */
const OVERLAP_MS = 5000;

interface Touch {
  readonly id: string;
  readonly caseId: string | null;
  readonly folderId: string | null;
  readonly callId: string | null;
  readonly at: Date;
}

/** Takes over what was done at the desk since: the hub's own writes come back from Twenty without an event. */
export async function catchUp(sources: Sources): Promise<void> {
  const { tables, now } = sources;
  const [known] = await tables.query<{ until: string | null }>(sql`
    select extract(epoch from nullif(read_until, '-infinity')) * 1000 as until
    from service_desk_suggesting where tenant_id = ${thisTenant}`);
  const from = Math.max(Number(known?.until ?? 0) - OVERLAP_MS, now - 86_400_000);
  let after: Pick<Touch, 'at' | 'id'> = { at: new Date(from), id: '0' };
  for (let pages = 1; ; pages += 1) {
    const lines = await touchesAfter(tables, after);
    const last = lines.at(-1);
    if (last === undefined) return;
    await takeOver(sources, lines);
    await tables.query(sql`
      insert into service_desk_suggesting (tenant_id, read_until) values (${thisTenant}, ${last.at})
      on conflict (tenant_id) do update set read_until = greatest(service_desk_suggesting.read_until, excluded.read_until)`);
    // The next question begins that much earlier: before it may stop, the reading has to have got beyond that.
    const isFurther = last.at.getTime() - OVERLAP_MS > from;
    if (lines.length < PAGE || (pages >= MOST_PAGES && isFurther)) return;
    after = last;
  }
}

/** One flow writes hundreds of lines at one moment, so the moment alone is no place to go on from. Moments are of the hub's clock, whole milliseconds. */
async function touchesAfter(tables: PluginTables, { at, id }: Pick<Touch, 'at' | 'id'>): Promise<Touch[]> {
  return await tables.query<Touch>(sql`
    select id::text, case_id as "caseId", malfunction_id as "folderId", call_id as "callId", at from service_desk_touch
    where tenant_id = ${thisTenant} and at >= ${at} and (at, id) > (${at}, ${id}::bigint)
    order by at, service_desk_touch.id limit ${PAGE}`);
}

async function takeOver(sources: Sources, lines: readonly Touch[]): Promise<void> {
  const ids = (of: (line: Touch) => string | null) => [...new Set(lines.flatMap((line) => of(line) ?? []))];
  await refresh(
    sources,
    'malfunction',
    ids(({ folderId }) => folderId),
  );
  await refresh(
    sources,
    'serviceCase',
    ids(({ caseId }) => caseId),
  );
  await refresh(
    sources,
    'phoneCall',
    ids(({ callId }) => callId),
  );
}
