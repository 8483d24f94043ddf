import type { CrmRecord, MemberReader, PluginTables } from '@switchboard/core/contract';
import { linkOf } from './call-state.ts';
import { isEndedFolder } from './choices.ts';
import { overlaid, pendingFolders } from './folder.ts';
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

const MOST = 200;

interface Sources {
  readonly tables: PluginTables;
  readonly crm: MemberReader;
  readonly now: number;
}

/** The newest folders that match, as they will be: what was changed at the desk counts at once. */
export async function listFolders({ tables, crm, now }: Sources, filter: FolderFilter): Promise<FolderList> {
  const equal = present({ companyId: filter.companyId, locationId: filter.locationId, kind: filter.kind });
  const noneOf = filter.state === 'open' ? { noneOf: { status: ['RESOLVED', 'CLOSED'] } } : {};
  const [moments, pending] = await Promise.all([
    crm.newest([{ object: 'malfunction', at: 'openedAt', equal, ...noneOf }], {
      limit: MOST,
      ...(filter.since === undefined ? {} : { since: filter.since }),
    }),
    pendingFolders(tables),
  ]);
  const known = new Map(moments.map(({ record }) => [record.id, record]));
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
  const names = await namesFor(crm, matching.slice(0, MOST));
  return {
    folders: matching.slice(0, MOST).map((one) => shownFolder(one, names)),
    isCut: moments.length === MOST || matching.length > MOST,
  };
}

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
