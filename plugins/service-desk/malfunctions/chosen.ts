import type { CrmReader, CrmRecord, MemberReader, PluginTables } from '@switchboard/core/contract';
import { showSuggestions, type ShownSuggestion } from '../suggest/show.ts';
import { callFolder, callRows } from './call-state.ts';
import type { MemberObject } from './choices.ts';
import { foldersById } from './list.ts';
import { casesOf } from './members.ts';
import { caseFields, namesFor, readableOf, shownCall, shownCase, type ShownFolder, type ShownMember } from './shown.ts';

/** What somebody has chosen in a list, to put it into a malfunction or take it out. */
export interface Chosen {
  /** In the order in which they were chosen; what is not there, or not for the member to see, is missing. */
  readonly members: readonly (ShownMember & { readonly folder: ShownFolder | null })[];
  /** Malfunctions for those that are not in them yet: the more of these it fits and the better, the further up. */
  readonly suggestions: readonly ShownSuggestion[];
}

interface Sources {
  readonly tables: PluginTables;
  /** Of the member. */
  readonly crm: MemberReader;
  readonly all: CrmReader;
  readonly now: number;
}

interface Asked {
  readonly object: MemberObject;
  readonly ids: readonly string[];
}

/** Their ids have to fit into one address. */
export const MOST_CHOSEN = 100;

/** So many of them speak for all: each costs a search. */
const MOST_COMPARED = 10;

export async function showChosen(sources: Sources, { object, ids }: Asked): Promise<Chosen> {
  const { crm } = sources;
  const asked = [...new Set(ids)];
  const records = await recordsOf(sources, object, asked);
  const there = asked.filter((id) => records.has(id));
  const isShown = await crm.sees(object, 'malfunctionId');
  const folderOf = (id: string) => (isShown ? (records.get(id)?.folderId ?? null) : null);
  const compared = there.slice(0, MOST_COMPARED).map((id) => ({ id, folderId: folderOf(id) }));
  const [readable, names, suggestions] = await Promise.all([
    readableOf(crm, 'serviceCase', caseFields),
    namesFor(
      crm,
      [...records.values()].map(({ record }) => record),
    ),
    suggestionsFor(sources, object, compared),
  ]);
  const folderIds = there.flatMap((id) => folderOf(id) ?? []);
  const folders = new Map((await foldersById(sources, [...new Set(folderIds)])).map((one) => [one.id, one]));
  return {
    members: there.flatMap((id) => {
      const record = records.get(id)?.record;
      if (record === undefined) return [];
      const shown = object === 'serviceCase' ? shownCase(readable(record), names) : shownCall(id, record, names);
      return [{ ...shown, folder: folders.get(folderOf(id) ?? '') ?? null }];
    }),
    suggestions,
  };
}

type Found = { readonly record: CrmRecord; readonly folderId: string | null };

async function recordsOf(
  { tables, crm, now }: Sources,
  object: MemberObject,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const isCall = object === 'phoneCall';
  const [records, rows] = await Promise.all([
    isCall ? crm.getMany(object, ids) : casesOf({ tables, crm, now }, ids),
    isCall ? callRows(tables, ids) : undefined,
  ]);
  return new Map(
    [...records].map(([id, record]) => [id, { record, folderId: callFolder(record, rows?.get(id), now) }]),
  );
}

/** What is in a malfunction already has no say in how well it fits the others. */
async function suggestionsFor(
  sources: Sources,
  object: MemberObject,
  members: readonly { readonly id: string; readonly folderId: string | null }[],
): Promise<ShownSuggestion[]> {
  const each = await Promise.all(
    members.map(async ({ id, folderId }) => {
      const { folders } = await showSuggestions(sources, { object, id, text: '' });
      return folders.filter((folder) => folder.id !== folderId);
    }),
  );
  const byFolder = Map.groupBy(each.flat(), ({ id }) => id);
  return [...byFolder]
    .flatMap(([folder, found]): ShownSuggestion[] => {
      const best = found.toSorted((one, other) => other.score - one.score)[0];
      const outside = members.filter(({ folderId }) => folderId !== folder).length;
      const score = found.reduce((sum, one) => sum + one.score, 0) / outside;
      return best === undefined ? [] : [{ ...best, score }];
    })
    .toSorted((one, other) => other.score - one.score);
}
