import type { CrmWrite } from '@switchboard/core/contract';

/** From what people say at the desk to fields of the CRM. Nothing here asks or stores anything. */

/** What of a case may be changed at the desk: fields of `serviceCase`. */
export const editable = [
  'subject',
  'status',
  'priority',
  'kind',
  'nextStep',
  'assigneeId',
  'personId',
  'companyId',
  'locationId',
  'assetId',
  'malfunctionId',
] as const;

export type EditableField = (typeof editable)[number];

export type Values = Readonly<Partial<Record<EditableField, string | null>>>;

export const choices = {
  status: [
    'NEW',
    'OPEN',
    'IN_PROGRESS',
    'WAITING_FOR_CUSTOMER',
    'WAITING_FOR_OTHERS',
    'RESOLVED',
    'CLOSED',
    'CANCELLED',
  ],
  priority: ['LOW', 'NORMAL', 'HIGH', 'URGENT'],
  kind: ['FAULT', 'QUESTION', 'REQUEST', 'COMPLAINT', 'MAINTENANCE', 'OTHER'],
} as const;

const ended = new Set<unknown>(['RESOLVED', 'CLOSED', 'CANCELLED']);

export function isEnded(status: unknown): boolean {
  return ended.has(status);
}

/** `C-000123` */
export function numberText(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(6, '0')}`;
}

/** The running part of a number with this prefix; undefined for others. */
export function readNumber(prefix: string, text: unknown): number | undefined {
  if (typeof text !== 'string' || !text.startsWith(prefix)) return undefined;
  const digits = text.slice(prefix.length);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** How lists call a case: number and subject. */
export function caseName(number: string, subject: string): string {
  return line([number, subject].filter((part) => part !== '').join(' '));
}

const LONGEST_LINE = 250;

function line(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length <= LONGEST_LINE ? flat : `${flat.slice(0, LONGEST_LINE - 1).toWellFormed()}…`;
}

/** What else changes when the status does: moments of solution and end, and how often it was opened again. */
export function statusFollows(
  before: { readonly status: unknown; readonly reopenCount: unknown },
  after: string,
  now: string,
): Readonly<Record<string, unknown>> {
  if (after === before.status) return {};
  if (after === 'RESOLVED') return { resolvedAt: now };
  if (isEnded(after)) return { closedAt: now };
  if (!isEnded(before.status)) return {};
  const count = typeof before.reopenCount === 'number' ? before.reopenCount : 0;
  return { resolvedAt: null, closedAt: null, closeReason: null, reopenCount: count + 1 };
}

/** What was written by hand is text: it must not become links or HTML on a record's page. */
export function asMarkdown(text: string): string {
  return text.trim().replaceAll('<', '\\<').replaceAll('](', '\\](');
}

export type EntryKind =
  | 'CREATED'
  | 'NOTE'
  | 'STATUS'
  | 'ASSIGNMENT'
  | 'PRIORITY'
  | 'FIELD_CHANGE'
  | 'LINKED'
  | 'UNLINKED'
  | 'CORRECTION';

export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly at: Date;
  readonly memberId: string | null;
  readonly memberName: string;
  readonly caseId: string | null;
  readonly malfunctionId: string | null;
  readonly callId: string | null;
  readonly body: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const entryNames: Readonly<Record<EntryKind, string>> = {
  CREATED: 'Case opened',
  NOTE: 'Note',
  STATUS: 'Status changed',
  ASSIGNMENT: 'Assigned',
  PRIORITY: 'Priority changed',
  FIELD_CHANGE: 'Fields changed',
  LINKED: 'Call attached',
  UNLINKED: 'Call detached',
  CORRECTION: 'Taken back',
};

/** The same kinds where they are about a malfunction. */
const folderEntryNames: Readonly<Partial<Record<EntryKind, string>>> = {
  CREATED: 'Malfunction opened',
  LINKED: 'Put into a malfunction',
  UNLINKED: 'Taken out of a malfunction',
};

function entryName({ kind, body, malfunctionId }: Entry): string {
  if (kind === 'NOTE') return line(body);
  return (malfunctionId === null ? undefined : folderEntryNames[kind]) ?? entryNames[kind];
}

/** A line of the journal in Twenty, a copy of the row that the desk keeps. The call goes without a link: its record may come later. */
export function entryWrite(entry: Entry): CrmWrite {
  const key = `desk:${entry.id}`;
  const has = (part: object) => Object.keys(part).length > 0;
  return {
    object: 'caseEntry',
    key,
    fields: {
      externalKey: key,
      name: entryName(entry),
      kind: entry.kind,
      occurredAt: entry.at.toISOString(),
      actorKind: entry.memberId === null ? 'SYSTEM' : 'MEMBER',
      actorName: line(entry.memberName),
      source: 'console',
      ...(entry.memberId === null ? {} : { memberId: entry.memberId }),
      ...(entry.caseId === null ? {} : { serviceCaseId: entry.caseId }),
      ...(entry.malfunctionId === null ? {} : { malfunctionId: entry.malfunctionId }),
      ...(entry.body === '' ? {} : { body: { markdown: asMarkdown(entry.body) } }),
      ...(has(entry.before) ? { before: entry.before } : {}),
      ...(has(entry.after) ? { after: entry.after } : {}),
    },
  };
}

/** Which line of the journal a change of these fields is. */
export function kindOfChange(fields: readonly string[]): EntryKind {
  if (fields.length !== 1) return 'FIELD_CHANGE';
  const kinds: Readonly<Record<string, EntryKind>> = {
    status: 'STATUS',
    priority: 'PRIORITY',
    assigneeId: 'ASSIGNMENT',
  };
  return kinds[fields[0] ?? ''] ?? 'FIELD_CHANGE';
}
