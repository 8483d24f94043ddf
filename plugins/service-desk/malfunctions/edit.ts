import type { CrmReader } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { checkLinks } from '../cases/links.ts';
import { once } from '../cases/once.ts';
import { awaiting } from '../cases/pending.ts';
import { caseName } from '../map.ts';
import type { Author, Context } from '../services.ts';
import { announcement, placeOf } from './announce.ts';
import { linkOf } from './call-state.ts';
import { findFolder, folderFrom, keepFolder, lockFolder } from './folder.ts';
import { folderChanged } from './move.ts';
import { type Fields, isAsLeft } from './rules.ts';
import { text } from './shown.ts';

export interface FolderEdit {
  readonly requestId: string;
  readonly folderId: string;
  readonly fields: Fields;
}

/** Changes what is said about a folder; its status has a way of its own. @throws NotFoundError; PayloadError for a link to nothing */
export async function editFolder(
  context: Pick<Context, 'commit' | 'crm' | 'tables' | 'clock'>,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  { requestId, folderId, fields: given }: FolderEdit,
): Promise<{ readonly changed: readonly string[] }> {
  const { tables, clock } = context;
  await checkLinks({ tables, crm }, given);
  await findFolder({ tables, crm, now: clock.now() }, folderId);
  // Its name has the number in it, whether or not the member may see that.
  const { record, current: before } = await findFolder({ tables, crm: context.crm, now: clock.now() }, folderId);
  const place = await placeOf(context.crm, { ...before, ...given });
  return await once(context.commit, { memberId: author.id, requestId, asked: { folderId, given } }, async (own) => {
    const at = new Date(clock.now());
    const pending = await lockFolder(own, folderId);
    const { current } = folderFrom(folderId, record, pending, at.getTime());
    const changed = Object.keys(given).filter((field) => !isAsLeft(current, { [field]: given[field] }));
    if (changed.length === 0) return { answer: { changed }, changes: {} };
    const named = changed.includes('title')
      ? { name: caseName(linkOf(current, 'number') ?? '', text(given['title'])) }
      : {};
    const fields = { ...given, ...named, lastActivityAt: at.toISOString() };
    await keepFolder(own, folderId, awaiting(record, pending, fields, at.getTime()));
    const by = { memberId: author.id, memberName: author.name, at, caseId: null, malfunctionId: folderId };
    const was = Object.fromEntries(changed.map((field) => [field, current[field] ?? null]));
    const became = Object.fromEntries(changed.map((field) => [field, given[field]]));
    const entry = await addEntry(own, { ...by, kind: 'FIELD_CHANGE', before: was, after: became });
    return {
      answer: { changed },
      changes: {
        writes: [{ object: 'malfunction', id: folderId, fields, lane: 'live' as const }],
        journal: [entry],
        live: [announcement(folderId, { ...current, ...fields }, place), folderChanged(folderId, at.getTime())],
      },
    };
  });
}
