import type { CrmReader } from '@switchboard/core/contract';
import { addEntry } from '../cases/entries.ts';
import { checkLinks } from '../cases/links.ts';
import { once } from '../cases/once.ts';
import { awaiting } from '../cases/pending.ts';
import { asMarkdown, caseName } from '../map.ts';
import type { Author, Context } from '../services.ts';
import { announcement, placeOf } from './announce.ts';
import type { MemberName } from './choices.ts';
import { keepFolder, lockFolder } from './folder.ts';
import { folderChanged, moveMembers, type MoveResult } from './move.ts';
import { nextFolderNumber, prepareFolderNumbers } from './numbers.ts';

export interface NewFolder {
  readonly requestId: string;
  readonly note: string;
  /** The calls and cases that it begins with. */
  readonly members: readonly MemberName[];
  readonly fields: { readonly title: string } & Readonly<Record<string, unknown>>;
}

export interface OpenedFolder {
  readonly folderId: string;
  readonly number: string;
  readonly members: readonly MoveResult[];
}

type OpenContext = Pick<Context, 'commit' | 'crm' | 'tables' | 'clock'>;

interface Asking {
  readonly author: Author;
  /** Of the member. */
  readonly crm: CrmReader;
}

/** Opens a folder and puts its first members in. @throws PayloadError for a link to nothing; ConflictError for a request id that meant something else */
export async function openFolder(context: OpenContext, asking: Asking, wanted: NewFolder): Promise<OpenedFolder> {
  const { tables } = context;
  await checkLinks({ tables, crm: asking.crm }, wanted.fields);
  await prepareFolderNumbers(tables, context.crm);
  const opened = await writeFolder(context, asking, wanted);
  // A step of its own, and the same again changes nothing: a click that is repeated finds the folder and goes on.
  const members =
    wanted.members.length === 0
      ? []
      : await moveMembers(context, asking, { folderId: opened.folderId, into: true, members: wanted.members });
  return { ...opened, members };
}

async function writeFolder(context: OpenContext, { author }: Asking, { requestId, note, fields: given }: NewFolder) {
  const { crm, clock } = context;
  // The same click makes the same record, even where the rows were lost.
  const key = `desk:${author.id}/${requestId}`;
  const folderId = crm.idFor('malfunction', key);
  const place = await placeOf(crm, { id: folderId, ...given });
  return await once(context.commit, { memberId: author.id, requestId, asked: { note, given } }, async (tables) => {
    const at = new Date(clock.now());
    const number = await nextFolderNumber(tables);
    const now = at.toISOString();
    const opening = {
      number,
      name: caseName(number, given.title),
      status: 'REPORTED',
      openedAt: now,
      lastActivityAt: now,
    };
    const fields = { severity: 'MODERATE', isMajor: false, ...opening, ...given };
    await lockFolder(tables, folderId);
    await keepFolder(tables, folderId, awaiting(undefined, {}, fields, at.getTime()));
    const by = { memberId: author.id, memberName: author.name, at, caseId: null, malfunctionId: folderId };
    const entry = await addEntry(tables, { ...by, kind: 'CREATED', body: note, after: { title: given.title } });
    const description = note === '' ? {} : { description: { markdown: asMarkdown(note) } };
    return {
      answer: { folderId, number },
      changes: {
        writes: [{ object: 'malfunction', key, fields: { ...fields, ...description }, lane: 'live' as const }],
        journal: [entry],
        live: [announcement(folderId, { id: folderId, ...fields }, place), folderChanged(folderId, at.getTime())],
      },
    };
  });
}
