import type { JournalKind } from '@switchboard/core/contract';

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
  'contractId',
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

/** Which line of the journal a change of these fields is. */
export function kindOfChange(fields: readonly string[]): JournalKind {
  if (fields.length !== 1) return 'FIELD_CHANGE';
  const kinds: Readonly<Record<string, JournalKind>> = {
    status: 'STATUS',
    priority: 'PRIORITY',
    assigneeId: 'ASSIGNMENT',
  };
  return kinds[fields[0] ?? ''] ?? 'FIELD_CHANGE';
}
