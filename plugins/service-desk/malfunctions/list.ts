import type { CrmRecord, MemberReader, PluginTables } from '@switchboard/core/contract';
import { linkOf } from './call-state.ts';
import { isEndedFolder } from './choices.ts';
import { overlaid, pendingFolders, pendingOf } from './folder.ts';
import { folderFields, namesFor, readableOf, shownFolder, type ShownFolder } from './shown.ts';

export interface FolderFilter {
  readonly state: 'open' | 'ended' | 'all';
  readonly companyId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly kind?: string | undefined;
  /** ISO 8601: opened then or later. */
  readonly since?: string | undefined;
  /** Opened before. */
  readonly until?: string | undefined;
}

export interface FolderList {
  readonly folders: readonly ShownFolder[];
  /** There are more than are shown. */
  readonly isCut: boolean;
}

export interface Sources {
  readonly tables: PluginTables;
  readonly crm: MemberReader;
  readonly now: number;
}

interface Found {
  readonly records: readonly CrmRecord[];
  readonly isCut: boolean;
}

const MOST = 200;

/** The newest folders that match, as they will be: what was changed at the desk counts at once. */
export async function listFolders(sources: Sources, filter: FolderFilter): Promise<FolderList> {
  const { records, isCut } = await findFolders(sources, filter, MOST);
  const names = await namesFor(sources.crm, records);
  return { folders: records.map((one) => shownFolder(one, names)), isCut };
}

/** These folders as they will be, in this order; those that are not there, or not for the member to see, are missing. */
export async function foldersById({ tables, crm, now }: Sources, ids: readonly string[]): Promise<ShownFolder[]> {
  const [records, pending, readable, isReadable] = await Promise.all([
    crm.getMany('malfunction', ids),
    pendingOf(tables, ids),
    readableOf(crm, 'malfunction', folderFields),
    crm.sees('malfunction', 'name'),
  ]);
  const folders = ids.flatMap((id) => {
    const current = isReadable ? overlaid(id, records.get(id), pending.get(id), now) : undefined;
    return current === undefined ? [] : [readable(current)];
  });
  const names = await namesFor(crm, folders);
  return folders.map((one) => shownFolder(one, names));
}

/** @param most of the newest that match */
export async function findFolders({ tables, crm, now }: Sources, filter: FolderFilter, most: number): Promise<Found> {
  const [inMirror, pending] = await Promise.all([readFolders(crm, filter, most), pendingFolders(tables)]);
  const known = new Map(inMirror.records.map((record) => [record.id, record]));
  // What waits for Twenty may match by now, although what the mirror has does not.
  const waiting = await crm.getMany(
    'malfunction',
    [...pending.keys()].filter((id) => !known.has(id)),
  );
  const [sees, readable] = await Promise.all([
    crm.sees('malfunction', 'name'),
    readableOf(crm, 'malfunction', folderFields),
  ]);
  const ids = [...new Set([...known.keys(), ...(sees ? pending.keys() : [])])];
  const matching = ids
    .flatMap((id) => overlaid(id, known.get(id) ?? waiting.get(id), pending.get(id), now) ?? [])
    .map(readable)
    .filter((one) => matches(one, filter))
    .toSorted(newestFirst);
  return { records: matching.slice(0, most), isCut: inMirror.isCut || matching.length > most };
}

const PAGE = 200;
/** Pages that are looked through for as many as are wanted. */
const PAGES = 15;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

async function readFolders(crm: MemberReader, filter: FolderFilter, most: number): Promise<Found> {
  const records: CrmRecord[] = [];
  let pages = 0;
  for await (const page of folderPages(crm, filter)) {
    if (pages === PAGES || records.length >= most) return { records, isCut: true };
    records.push(...page.filter((record) => matches(record, filter)));
    pages += 1;
  }
  return { records, isCut: false };
}

/** Records of the mirror that may match, page by page, the newest first: what the mirror cannot compare is not left out yet. */
async function* folderPages(crm: MemberReader, filter: FolderFilter): AsyncGenerator<readonly CrmRecord[]> {
  const { state, companyId, locationId, kind, since, until } = filter;
  const source = {
    object: 'malfunction',
    at: 'openedAt',
    equal: present({ companyId, locationId, kind }),
    ...(state === 'open' ? { noneOf: { status: ['RESOLVED', 'CLOSED'] } } : {}),
  };
  let before = until === undefined ? undefined : { at: asStored(until), id: LOWEST_ID };
  for (;;) {
    const limits = {
      limit: PAGE,
      ...(since === undefined ? {} : { since: asStored(since) }),
      ...(before === undefined ? {} : { before }),
    };
    const moments = await crm.newest([source], limits);
    yield moments.map(({ record }) => record);
    const last = moments.at(-1);
    if (moments.length < PAGE || last === undefined) return;
    before = { at: last.at, id: last.record.id };
  }
}

/** All folders that match, as they will be, the newest first: what was changed at the desk stands where it belongs among those of the mirror. */
export async function* everyFolder(
  { tables, crm, now }: Sources,
  filter: FolderFilter,
): AsyncGenerator<readonly CrmRecord[]> {
  const [pending, sees, readable] = await Promise.all([
    pendingFolders(tables),
    crm.sees('malfunction', 'name'),
    readableOf(crm, 'malfunction', folderFields),
  ]);
  const changed = await crm.getMany('malfunction', [...pending.keys()]);
  const own = [...(sees ? pending.keys() : [])].flatMap(
    (id) => overlaid(id, changed.get(id), pending.get(id), now) ?? [],
  );
  let waiting = own
    .map(readable)
    .filter((one) => matches(one, filter))
    .toSorted(newestFirst);
  for await (const page of folderPages(crm, filter)) {
    const last = page.at(-1);
    const isDue = (one: CrmRecord) => last !== undefined && newestFirst(one, last) <= 0;
    const found = page.filter((one) => !pending.has(one.id) && matches(one, filter)).map(readable);
    yield [...waiting.filter(isDue), ...found].toSorted(newestFirst);
    waiting = waiting.filter((one) => !isDue(one));
  }
  yield waiting;
}

/** Times are compared as texts. */
const asStored = (moment: string): string => new Date(moment).toISOString();

function matches(one: CrmRecord, { state, companyId, locationId, kind, since, until }: FolderFilter): boolean {
  const opened = Date.parse(linkOf(one, 'openedAt') ?? '');
  if (state !== 'all' && isEndedFolder(one['status']) !== (state === 'ended')) return false;
  if (companyId !== undefined && one['companyId'] !== companyId) return false;
  if (locationId !== undefined && one['locationId'] !== locationId) return false;
  if (kind !== undefined && one['kind'] !== kind) return false;
  if (since !== undefined && !(opened >= Date.parse(since))) return false;
  return until === undefined || opened < Date.parse(until);
}

function newestFirst(one: CrmRecord, other: CrmRecord): number {
  return (linkOf(other, 'openedAt') ?? '').localeCompare(linkOf(one, 'openedAt') ?? '');
}

function present(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
