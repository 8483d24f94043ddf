import {
  type ActorKind,
  type CrmRecord,
  ForbiddenError,
  type JournalCheck,
  type JournalEntry,
  type JournalKind,
  type JournalSource,
  type JournalTally,
  type MemberReader,
  type MemberRequest,
  type RecordRef,
} from '@switchboard/core/contract';
import { labelOf } from '../records/named.ts';
import type { Context } from '../services.ts';
import { type JournalRights, readableDetails, rightsOf } from './rights.ts';
import { changesIn, namesIn, type ShownChange } from './values.ts';

export interface ShownEntry {
  readonly sequence: number;
  readonly kind: JournalKind;
  readonly at: string;
  readonly source: JournalSource;
  readonly actorKind: ActorKind;
  /** Null where nobody is named, or the role may not see who it was. */
  readonly actor: string | null;
  readonly text: string;
  readonly changes: readonly ShownChange[];
  readonly details: Readonly<Record<string, unknown>>;
  /** Other records that it is about, with their names as far as the role may see them. */
  readonly others: readonly (RecordRef & { readonly name: string | null })[];
  /** It tells first of all of one of these, such as a call of the case. */
  readonly isElsewhere: boolean;
  readonly isRecovered: boolean;
  /** Its words were taken out at somebody's wish. */
  readonly isErased: boolean;
}

export interface JournalView {
  readonly entries: readonly ShownEntry[];
  /** For the next page; null at the end. */
  readonly next: string | null;
  /** What filters offer; with the first page alone. */
  readonly tally: readonly (JournalTally & { readonly actor: string | null })[];
  readonly check: JournalCheck | null;
}

export interface Asked {
  /** The record whose page it is. */
  readonly of: RecordRef;
  readonly about: readonly RecordRef[];
  readonly kinds: readonly JournalKind[] | undefined;
  readonly actor: { readonly kind: ActorKind; readonly id?: string | undefined } | undefined;
  readonly before: { readonly at: Date; readonly sequence: number } | undefined;
  readonly limit: number;
}

/** The journal of a record, as far as the member may read it. @throws ForbiddenError when the role may not read journals */
export async function showJournal(
  { journal }: Pick<Context, 'journal'>,
  request: Pick<MemberRequest, 'crm' | 'member' | 'may'>,
  asked: Asked,
): Promise<JournalView> {
  const { crm } = request;
  const rights = await rightsOf(request);
  if (rights === undefined) {
    throw new ForbiddenError('Your role may not read the journal', {
      remedy: 'An administrator can allow it in Twenty under Settings, Roles: journal entries.',
    });
  }
  const { about, actor, before, limit } = asked;
  const kinds = asked.kinds?.filter((kind) => rights.kinds.includes(kind)) ?? rights.kinds;
  const isFirst = before === undefined;
  const [entries, tally, check] = await Promise.all([
    journal.list({ subjects: about, kinds, actor }, { before, limit }),
    isFirst ? journal.tally(about) : [],
    isFirst ? journal.lastCheck() : undefined,
  ]);
  const names = await namesIn(crm, entries);
  const visible = tally.filter(({ kind }) => rights.kinds.includes(kind));
  const last = entries.length < limit ? undefined : entries.at(-1);
  return {
    entries: await Promise.all(entries.map(async (entry) => await showEntry(entry, { of: asked.of, rights, names }))),
    next: last === undefined ? null : `${last.at.toISOString()}~${last.sequence}`,
    tally: await nameActors(crm, rights, visible),
    check: check ?? null,
  };
}

interface Showing {
  readonly of: RecordRef;
  readonly rights: JournalRights;
  readonly names: ReadonlyMap<string, string>;
}

async function showEntry(entry: JournalEntry, { of, rights, names }: Showing): Promise<ShownEntry> {
  const { sequence, kind, at, source, actorKind, subjects, content, isRecovered } = entry;
  return {
    sequence,
    kind,
    at: at.toISOString(),
    source,
    actorKind,
    actor: actorName(entry, rights, names),
    text: rights.texts ? (content?.text ?? '') : '',
    changes: changesIn(entry, await readableFields(entry, rights), names),
    details: await readableDetails(rights, entry),
    others: subjects
      .filter(({ object, id }) => object !== of.object || id !== of.id)
      .map((ref) => ({ ...ref, name: names.get(`${ref.object}/${ref.id}`) ?? null })),
    isElsewhere: subjects[0]?.object !== of.object || subjects[0].id !== of.id,
    isRecovered,
    isErased: content === null,
  };
}

function actorName({ actorKind, actorId, content }: JournalEntry, { names }: JournalRights, known: Showing['names']) {
  if (actorKind === 'CUSTOMER' ? !names.customer : !names.member) return null;
  return (content?.actorName || known.get(`workspaceMember/${actorId}`)) ?? null;
}

/** The values are those of the record that the entry names first. */
async function readableFields({ subjects, content }: JournalEntry, { sees }: JournalRights): Promise<Set<string>> {
  const object = subjects[0]?.object ?? '';
  const [before, after] = await Promise.all([sees('caseEntry', 'before'), sees('caseEntry', 'after')]);
  if (content === null || !before || !after) return new Set();
  const fields = new Set([...Object.keys(content.before), ...Object.keys(content.after)]);
  const seen = await Promise.all([...fields].map(async (field) => ((await sees(object, field)) ? [field] : [])));
  return new Set(seen.flat());
}

async function nameActors(crm: MemberReader, { names }: JournalRights, tally: readonly JournalTally[]) {
  const ids = tally.flatMap(({ actorKind, actorId }) => (actorKind === 'MEMBER' && actorId !== null ? [actorId] : []));
  const members = names.member ? await crm.getMany('workspaceMember', [...new Set(ids)]) : new Map<string, CrmRecord>();
  const nameOf = (id: string | null) => {
    const record = members.get(id ?? '');
    return record === undefined ? null : labelOf('workspaceMember', record);
  };
  return tally.map((line) => ({ ...line, actor: line.actorKind === 'MEMBER' ? nameOf(line.actorId) : null }));
}
