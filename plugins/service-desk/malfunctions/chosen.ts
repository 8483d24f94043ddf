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
  /** Malfunctions for all of them: the more of them it fits and the better, the further up. */
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
  const [isShown, readable, names, suggestions] = await Promise.all([
    crm.sees(object, 'malfunctionId'),
    readableOf(crm, 'serviceCase', caseFields),
    namesFor(
      crm,
      [...records.values()].map(({ record }) => record),
    ),
    suggestionsFor(sources, object, there.slice(0, MOST_COMPARED)),
  ]);
  const folderIds = [...records.values()].flatMap(({ folderId }) => (isShown && folderId !== null ? [folderId] : []));
  const folders = new Map((await foldersById(sources, [...new Set(folderIds)])).map((one) => [one.id, one]));
  return {
    members: there.flatMap((id) => {
      const one = records.get(id);
      if (one === undefined) return [];
      const { record, folderId } = one;
      const shown = object === 'serviceCase' ? shownCase(readable(record), names) : shownCall(id, record, names);
      return [{ ...shown, folder: (isShown && folders.get(folderId ?? '')) || null }];
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

async function suggestionsFor(
  sources: Sources,
  object: MemberObject,
  ids: readonly string[],
): Promise<ShownSuggestion[]> {
  const each = await Promise.all(
    ids.map(async (id) => (await showSuggestions(sources, { object, id, text: '' })).folders),
  );
  const byFolder = Map.groupBy(each.flat(), ({ id }) => id);
  return [...byFolder.values()]
    .flatMap((found): ShownSuggestion[] => {
      const best = found.toSorted((one, other) => other.score - one.score)[0];
      const score = found.reduce((sum, one) => sum + one.score, 0) / ids.length;
      return best === undefined ? [] : [{ ...best, score }];
    })
    .toSorted((one, other) => other.score - one.score);
}
