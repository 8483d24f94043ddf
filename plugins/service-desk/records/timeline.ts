import type { CrmRecord, MemberReader, Moment, MomentPage, MomentSource, Tenant } from '@switchboard/core/contract';
import { labelOf, type Named, namesBehind } from './named.ts';
import { ownerField, type PageObject } from './page.ts';
import { showCalls, type ShownCall } from './shown.ts';
import { textIn } from './values.ts';

export const timelineKinds = ['call', 'mail', 'chat', 'case', 'malfunction', 'note'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly id: string;
  readonly at: string;
  /** A subject, a title, or the first line of a note. */
  readonly title: string;
  readonly text: string;
  /** Who wrote it, or who it was with. */
  readonly who: string | null;
  readonly direction: string | null;
  readonly state: string | null;
  readonly case: Named | null;
  readonly call: ShownCall | null;
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** For the next page; null at the end. */
  readonly next: string | null;
  /** Kinds of which the role may not read everything. */
  readonly hidden: readonly TimelineKind[];
}

interface Asked {
  readonly object: PageObject;
  readonly id: string;
  readonly kinds: readonly TimelineKind[];
  readonly before: MomentPage['before'];
  readonly limit: number;
}

/** Everything that happened around a person, a company or a place, newest first. */
export async function readTimeline(crm: MemberReader, tenant: Tenant, asked: Asked): Promise<Timeline> {
  const { before, limit } = asked;
  const page = await crm.newest(timelineSources(asked), { limit, ...(before === undefined ? {} : { before }) });
  const last = page.length < limit ? undefined : page.at(-1);
  return {
    entries: await showEntries(crm, tenant, page),
    next: last === undefined ? null : `${last.at}~${last.record.id}`,
    hidden: await hiddenKinds(crm, asked.kinds),
  };
}

export const timelineSources = ({
  object,
  id,
  kinds,
}: Pick<Asked, 'object' | 'id' | 'kinds'>): readonly MomentSource[] =>
  kinds.flatMap((kind) => sourcesOf[kind](object, id));

type Sources = (object: PageObject, id: string) => readonly MomentSource[];

const sourcesOf: Readonly<Record<TimelineKind, Sources>> = {
  call: (object, id) => [
    { object: 'phoneCall', at: 'startedAt', equal: { [ownerField[object]]: id }, empty: ['mergedIntoId'] },
  ],
  mail: (object, id) => messages(object, id, ['CHAT', 'SLACK', 'SMS']),
  chat: (object, id) => messages(object, id, ['', 'EMAIL', 'FORM', 'API', 'IMPORT', 'PHONE', 'DESK']),
  case: (object, id) => begun('serviceCase', { [ownerField[object]]: id }),
  malfunction: (object, id) => (object === 'person' ? [] : begun('malfunction', { [ownerField[object]]: id })),
  note: (object, id) => [
    { object: 'noteTarget', at: 'createdAt', equal: { [targetField[object]]: id } },
    { object: 'caseEntry', at: 'occurredAt', equal: { kind: 'NOTE' }, through: casesOf(object, id) },
  ],
};

const targetField: Readonly<Record<PageObject, string>> = {
  person: 'targetPersonId',
  company: 'targetCompanyId',
  location: 'targetLocationId',
};

const casesOf = (object: PageObject, id: string) => ({
  field: 'serviceCaseId',
  object: 'serviceCase',
  equal: { [ownerField[object]]: id },
});

/** When it was opened; what was made by hand and says nothing of it counts from when it was made. */
function begun(object: string, equal: Readonly<Record<string, string>>): MomentSource[] {
  return [
    { object, at: 'openedAt', equal },
    { object, at: 'createdAt', equal, empty: ['openedAt'] },
  ];
}

/** Messages name a person; to a company or a place they belong through their case. What belongs in both ways is there once. */
function messages(object: PageObject, id: string, without: readonly string[]): MomentSource[] {
  const common = { object: 'caseMessage', at: 'occurredAt' };
  const through = casesOf(object, id);
  if (object !== 'person') return [{ ...common, noneOf: { channel: without }, through }];
  return [
    { ...common, noneOf: { channel: without }, equal: { personId: id } },
    { ...common, noneOf: { channel: without, personId: [id] }, through },
  ];
}

const objectOf: Readonly<Record<TimelineKind, readonly [object: string, field: string]>> = {
  call: ['phoneCall', 'startedAt'],
  mail: ['caseMessage', 'occurredAt'],
  chat: ['caseMessage', 'occurredAt'],
  case: ['serviceCase', 'openedAt'],
  malfunction: ['malfunction', 'openedAt'],
  note: ['note', 'title'],
};

async function hiddenKinds(crm: MemberReader, kinds: readonly TimelineKind[]): Promise<TimelineKind[]> {
  const seen = await Promise.all(kinds.map((kind) => crm.sees(...objectOf[kind])));
  return kinds.filter((_kind, index) => seen[index] !== true);
}

export async function showEntries(
  crm: MemberReader,
  tenant: Tenant,
  page: readonly Moment[],
): Promise<TimelineEntry[]> {
  const records = page.map(({ record }) => record);
  const callRecords = page.filter(({ object }) => object === 'phoneCall').map(({ record }) => record);
  const noteIds = records.flatMap((record) => textIn(record, 'noteId') ?? []);
  const [named, calls, notes] = await Promise.all([
    namesBehind(crm, records, { serviceCaseId: 'serviceCase', personId: 'person' }),
    showCalls(crm, tenant, callRecords),
    crm.getMany('note', noteIds),
  ]);
  const callById = new Map(calls.map((call) => [call.id, call]));
  return page.flatMap(({ object, record, at }) => {
    const note = notes.get(textIn(record, 'noteId') ?? '');
    // A note that the role may not read is only a link to it.
    if (object === 'noteTarget' && note === undefined) return [];
    const entry = {
      id: note?.id ?? record.id,
      at,
      direction: textIn(record, 'direction'),
      state: textIn(record, 'status') ?? textIn(record, 'outcome'),
      case: named(record, 'serviceCaseId'),
      call: callById.get(record.id) ?? null,
      ...wordsOf(object, record, note),
    };
    return [{ ...entry, who: entry.who ?? named(record, 'personId')?.name ?? null }];
  });
}

const LONGEST = 400;

function wordsOf(object: string, record: CrmRecord, note: CrmRecord | undefined) {
  if (object === 'phoneCall') {
    return { kind: 'call' as const, title: '', text: cut(textIn(record, 'summary')), who: null };
  }
  if (object === 'caseMessage') {
    const kind = isChat(textIn(record, 'channel')) ? ('chat' as const) : ('mail' as const);
    const who = textIn(record, 'fromName') ?? textIn(record, 'fromAddress');
    return { kind, title: textIn(record, 'subject') ?? '', text: '', who };
  }
  if (object === 'caseEntry') {
    return { kind: 'note' as const, title: '', text: cut(textIn(record, 'name')), who: textIn(record, 'actorName') };
  }
  if (note !== undefined) {
    const { markdown } = (note['bodyV2'] ?? {}) as { readonly markdown?: unknown };
    const text = typeof markdown === 'string' ? markdown : null;
    return { kind: 'note' as const, title: textIn(note, 'title') ?? '', text: cut(text), who: null };
  }
  const kind = object === 'malfunction' ? ('malfunction' as const) : ('case' as const);
  return { kind, title: labelOf(object, record), text: '', who: null };
}

const isChat = (channel: string | null): boolean => channel !== null && ['CHAT', 'SLACK', 'SMS'].includes(channel);

function cut(text: string | null): string {
  if (text === null || text.length <= LONGEST) return text ?? '';
  return `${text.slice(0, LONGEST).toWellFormed()}…`;
}
