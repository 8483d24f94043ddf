import { type CrmReader, type MemberReader, NotFoundError, type PluginTables } from '@switchboard/core/contract';
import { callFolder, callRows } from '../malfunctions/call-state.ts';
import { findFolder } from '../malfunctions/folder.ts';
import { foldersById } from '../malfunctions/list.ts';
import { casesOf } from '../malfunctions/members.ts';
import {
  caseFields,
  namesFor,
  readableOf,
  shownCall,
  shownCase,
  type ShownFolder,
  type ShownMember,
} from '../malfunctions/shown.ts';
import { catchUp, entriesOf } from './keep.ts';
import type { Reason, Traits } from './score.ts';
import { type Candidate, suggestFolders, suggestMembers, suggestSimilar, traitsNow } from './suggest.ts';
import { placeOf } from './traits.ts';

/** Suggestions as the member may see them. */

interface Sources {
  readonly tables: PluginTables;
  /** Of the member. */
  readonly crm: MemberReader;
  readonly all: CrmReader;
  readonly now: number;
}

interface Why {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export type ShownSuggestion = ShownFolder & Why;
export type ShownCandidate = ShownMember & Why;

export interface Suggestions {
  readonly folders: readonly ShownSuggestion[];
  /** Cases in no folder that look like it: a folder may begin with them. */
  readonly similar: readonly ShownCandidate[];
}

export interface About {
  readonly object?: 'serviceCase' | 'phoneCall' | undefined;
  readonly id?: string | undefined;
  readonly companyId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly assetId?: string | undefined;
  readonly text: string;
}

/** @throws NotFoundError for a record that the member may not see */
export async function showSuggestions(sources: Sources, about: About): Promise<Suggestions> {
  const { tables, now, all } = sources;
  await catchUp({ tables, crm: all, now });
  const traits = await traitsAbout(sources, about);
  const [folders, similar] = await Promise.all([
    suggestFolders({ tables, now }, traits, about.id),
    suggestSimilar({ tables, now }, traits, about.id),
  ]);
  return { folders: await foldersFor(sources, folders), similar: await membersFor(sources, similar) };
}

/** @throws NotFoundError */
export async function showCandidates(
  sources: Sources,
  folderId: string,
): Promise<{ readonly candidates: readonly ShownCandidate[] }> {
  const { tables, crm, all, now } = sources;
  await findFolder({ tables, crm, now }, folderId);
  await catchUp({ tables, crm: all, now });
  return { candidates: await membersFor(sources, await suggestMembers({ tables, now }, folderId)) };
}

async function traitsAbout({ tables, crm, now }: Sources, about: About): Promise<Traits> {
  if (about.object !== undefined && about.id !== undefined) {
    const record =
      about.object === 'serviceCase'
        ? (await casesOf({ tables, crm, now }, [about.id])).get(about.id)
        : await crm.get('phoneCall', about.id);
    if (record === undefined)
      throw new NotFoundError('There is no such call or case', {
        field: 'query.id',
        remedy: 'It may have been deleted in Twenty, or your role may not see it.',
      });
    const [entry] = await entriesOf({ tables, crm, now }, about.object, [record]);
    if (entry !== undefined) return entry;
  }
  const [location, asset] = await Promise.all([
    about.locationId === undefined ? undefined : crm.get('location', about.locationId),
    about.assetId === undefined ? undefined : crm.get('asset', about.assetId),
  ]);
  const own = typeof location?.['companyId'] === 'string' ? location['companyId'] : null;
  const assetKind = typeof asset?.['kind'] === 'string' ? asset['kind'] : '';
  const known = { companyId: about.companyId ?? own, locationId: about.locationId ?? null, assetKind };
  return traitsNow({ ...known, ...placeOf(location), text: about.text }, now);
}

async function foldersFor(
  sources: Sources,
  found: readonly (Why & { readonly folderId: string })[],
): Promise<ShownSuggestion[]> {
  const ids = found.map(({ folderId }) => folderId);
  const [folders, may] = await Promise.all([foldersById(sources, ids), reasonsFor(sources.crm)]);
  return folders.map((folder) => {
    const why = found.find(({ folderId }) => folderId === folder.id);
    return { ...folder, score: why?.score ?? 0, reasons: (why?.reasons ?? []).filter(may) };
  });
}

async function membersFor(sources: Sources, found: readonly Candidate[]): Promise<ShownCandidate[]> {
  const { tables, crm, now } = sources;
  const idsOf = (object: string) => found.filter((one) => one.object === object).map(({ id }) => id);
  const [cases, calls, rows, readable, may] = await Promise.all([
    casesOf({ tables, crm, now }, idsOf('serviceCase')),
    crm.getMany('phoneCall', idsOf('phoneCall')),
    callRows(tables, idsOf('phoneCall')),
    readableOf(crm, 'serviceCase', caseFields),
    reasonsFor(crm),
  ]);
  const names = await namesFor(crm, [...cases.values(), ...calls.values()]);
  return found.flatMap(({ object, id, score, reasons }): ShownCandidate[] => {
    const record = object === 'serviceCase' ? cases.get(id) : calls.get(id);
    // Somebody may have put it into a folder since.
    if (record === undefined || inFolder(object, record, rows.get(id), now)) return [];
    const shown = object === 'serviceCase' ? shownCase(readable(record), names) : shownCall(id, record, names);
    return [{ ...shown, score, reasons: reasons.filter(may) }];
  });
}

function inFolder(
  object: string,
  record: Parameters<typeof callFolder>[0],
  row: Parameters<typeof callFolder>[1],
  now: number,
): boolean {
  return callFolder(record, object === 'phoneCall' ? row : undefined, now) !== null;
}

/** A reason tells something of the records: it is given to those who may read that. */
async function reasonsFor(crm: MemberReader): Promise<(reason: Reason) => boolean> {
  const [place, customer, kind, words] = await Promise.all([
    crm.sees('serviceCase', 'locationId'),
    crm.sees('serviceCase', 'companyId'),
    crm.sees('serviceCase', 'assetId'),
    crm.sees('serviceCase', 'subject'),
  ]);
  return ({ code }) => {
    if (code === 'same-customer') return customer;
    if (code === 'same-asset-kind') return kind;
    if (code === 'words-alike') return words;
    return code === 'recent' || place;
  };
}
