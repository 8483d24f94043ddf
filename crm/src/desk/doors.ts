import { askDoor, type DoorOutcome } from '../panel/ask-door.ts';
import { useAsked } from '../panel/use-asked.ts';
import type { MemberName, Moved, Why } from './answer.ts';

/** The doors of the service desk and of mail that the tabs and commands use. */
const DESK = 'service-desk';

/** Others work as well: what is on the page grows old within seconds, and a look into the mirror costs the hub next to nothing. */
const REFRESH_MS = 15_000;

/** What a door answers, kept up to date. @param path also says what it is about: another one begins anew */
export const useDoor = <Answer>(path: string, plugin: string = DESK) =>
  useAsked<Answer>({
    about: path,
    everyMs: REFRESH_MS,
    ask: async (signal) => await askDoor<Answer>(plugin, path, undefined, signal),
  });

type Results = { readonly results: readonly Moved[] };

export const putInto = async (folderId: string, members: readonly MemberName[], score?: number) =>
  await askDesk<Results>('/malfunctions/put', {
    folderId,
    members: members.map(nameOnly),
    ...(score === undefined ? {} : { score }),
  });

/** @param folderId without it, each out of the malfunction that it is in */
export const takeOut = async (members: readonly MemberName[], folderId?: string) =>
  await askDesk<Results>('/malfunctions/take', {
    members: members.map(nameOnly),
    ...(folderId === undefined ? {} : { folderId }),
  });

/** Puts suggestions in. Learnt from what they look like now: once in the folder they would be compared with themselves. */
export async function followSuggestion(folderId: string, members: readonly MemberName[], { score }: Why) {
  for (const member of members) {
    const decided = await decide(folderId, member, true);
    if (decided.kind === 'problem') return decided;
  }
  return await putInto(folderId, members, Math.min(1, Math.max(0, score)));
}

export const decide = async (folderId: string, { object, id }: MemberName, isAccepted: boolean) =>
  await askDesk<object>('/suggestions/decide', { folderId, object, recordId: id, isAccepted });

export const askDesk = async <Answer>(path: string, body: object): Promise<DoorOutcome<Answer>> =>
  await askDoor<Answer>(DESK, path, body);

const nameOnly = ({ object, id }: MemberName): MemberName => ({ object, id });
