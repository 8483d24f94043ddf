import type { JournalEntry, MemberReader } from '@switchboard/core/contract';
import { linkObjects } from '../cases/links.ts';
import { labelOf } from '../records/named.ts';

/** A value as people read it: links by the name of what they point to, null where the role may not see it or it is gone. */
export type ShownValue = string | number | boolean | null | { readonly link: string | null };

export interface ShownChange {
  /** As in Twenty: `status`, `assigneeId`. */
  readonly field: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
}

type Names = ReadonlyMap<string, string>;

const relations: Readonly<Record<string, string>> = {
  ...linkObjects,
  serviceCaseId: 'serviceCase',
  agentId: 'workspaceMember',
  mergedIntoId: 'serviceCase',
  primaryContactId: 'person',
};

/** The names of everything that these entries point to, by `object/id`, in one question per object. */
export async function namesIn(
  crm: Pick<MemberReader, 'getMany' | 'sees'>,
  entries: readonly JournalEntry[],
): Promise<Names> {
  const wanted = [...entries.flatMap(linksOf), ...entries.flatMap(({ subjects }) => subjects)];
  const byObject = Map.groupBy(wanted, ({ object }) => object);
  const found = await Promise.all(
    [...byObject].map(async ([object, refs]) => {
      const records = await crm.getMany(object, [...new Set(refs.map(({ id }) => id))]);
      return [...records].map(([id, record]) => [`${object}/${id}`, labelOf(object, record)] as const);
    }),
  );
  return new Map(found.flat().filter(([, name]) => name !== ''));
}

function linksOf({ content, actorKind, actorId }: JournalEntry) {
  const actor = actorKind === 'MEMBER' && actorId !== null ? [{ object: 'workspaceMember', id: actorId }] : [];
  if (content === null) return actor;
  const values = [...Object.entries(content.before), ...Object.entries(content.after)];
  const links = values.flatMap(([field, value]) => {
    const object = relations[field];
    return object !== undefined && typeof value === 'string' && isId(value) ? [{ object, id: value }] : [];
  });
  return [...actor, ...links];
}

/** @param fields that the role may read */
export function changesIn({ content }: JournalEntry, fields: ReadonlySet<string>, names: Names): ShownChange[] {
  if (content === null) return [];
  const { before, after } = content;
  const named = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => fields.has(field));
  return named
    .map((field) => ({
      field,
      before: shown(field, before[field], names),
      after: shown(field, after[field], names),
    }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function shown(field: string, value: unknown, names: Names): ShownValue {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const object = relations[field];
  if (object !== undefined && typeof value === 'string') return { link: names.get(`${object}/${value}`) ?? null };
  const text = typeof value === 'string' ? value : partsOf(value).join(' ');
  return text === '' ? null : text;
}

/** What a composite of Twenty (a name, an address, numbers) holds, without how it is built. */
function partsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return value === '' ? [] : [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(partsOf);
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
