import { englishKinds } from '@switchboard/crm/journal';
import type { CrmWrite, JournalKind } from '../contract/index.ts';
import type { Appended } from './append.ts';
import { readSubject } from './facts.ts';

/** Which relation of a journal entry in Twenty points at records of an object. A call goes without: its record may come later. */
const relations: Readonly<Record<string, string>> = {
  serviceCase: 'serviceCaseId',
  malfunction: 'malfunctionId',
  caseMessage: 'caseMessageId',
};

/** What the copy is called where nobody has given it a title. Twenty shows data in one language; the tab Handling has the member's. */
const titles: Readonly<Record<JournalKind, string>> = englishKinds;

/** Only what happened to cases and malfunctions has a place in Twenty. */
export const isCopied = ({ subjects }: Pick<Appended, 'subjects'>): boolean =>
  subjects.some((subject) => /^(?:serviceCase|malfunction)\//.test(subject));

/** A copy for Twenty, for views and reports there; the truth stays in the hub, and the hash says which entry it is a copy of. */
export function copyOf({ sealed, ...entry }: Appended): CrmWrite {
  const { title, text, before, after, actorName } = sealed.content;
  const has = (part: object) => Object.keys(part).length > 0;
  // The first of an object: an entry about two cases hangs at the one that it names first.
  const links = entry.subjects
    .map(readSubject)
    .toReversed()
    .flatMap(({ object, id }) => (relations[object] === undefined ? [] : [[relations[object], id] as const]));
  return {
    object: 'caseEntry',
    key: entry.key,
    fields: {
      externalKey: entry.key,
      name: oneLine(title || (entry.kind === 'NOTE' && text !== '' ? text : titles[entry.kind])),
      kind: entry.kind,
      occurredAt: entry.at.toISOString(),
      sequence: entry.sequence,
      actorKind: entry.actorKind,
      actorName: oneLine(actorName),
      source: entry.source,
      hash: entry.hash,
      previousHash: entry.previousHash,
      ...(entry.actorKind === 'MEMBER' && entry.actorId !== null ? { memberId: entry.actorId } : {}),
      ...Object.fromEntries(links),
      ...(text === '' ? {} : { body: { markdown: asMarkdown(text) } }),
      ...(has(before) ? { before } : {}),
      ...(has(after) ? { after } : {}),
    },
  };
}

/** What takes the words out of a copy. */
export function erasedCopy(key: string): CrmWrite {
  const fields = { name: titles.ERASED, actorName: '', body: { markdown: '' }, before: null, after: null };
  return { object: 'caseEntry', key, fields };
}

const LONGEST_LINE = 250;

function oneLine(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length <= LONGEST_LINE ? flat : `${flat.slice(0, LONGEST_LINE - 1).toWellFormed()}…`;
}

/** What was written by hand is text: it must not become links or HTML on a record's page. */
function asMarkdown(text: string): string {
  return text.trim().replaceAll('<', '\\<').replaceAll('](', '\\](');
}
