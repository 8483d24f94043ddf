import type { CrmReader, CrmRecord, MemberReader } from '@switchboard/core/contract';
import { nameOf } from '../cases/links.ts';
import { linkOf } from './call-state.ts';

/** A record that another one points to. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A folder as lists and pages show it. Fields that the member may not read look as if they were empty. */
export interface ShownFolder {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly severity: string;
  readonly kind: string;
  readonly assetKind: string;
  readonly isMajor: boolean;
  readonly announcement: string;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly openedAt: string | null;
  readonly expectedResolutionAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly lastActivityAt: string | null;
  readonly caseCount: number;
  readonly callCount: number;
}

/** Leaves out what the role may not read: what is on its way to Twenty is known here of every field. */
export type Readable = (record: CrmRecord) => CrmRecord;

export async function readableOf(
  crm: Pick<MemberReader, 'sees'>,
  object: string,
  fields: readonly string[],
): Promise<Readable> {
  const sees = await Promise.all(fields.map((field) => crm.sees(object, field)));
  const hidden = new Set(fields.filter((_field, index) => sees[index] === false));
  if (hidden.size === 0) return (record) => record;
  return (record) => ({
    ...Object.fromEntries(Object.entries(record).filter(([field]) => !hidden.has(field))),
    id: record.id,
  });
}

export const folderFields = [
  'number',
  'title',
  'name',
  'status',
  'severity',
  'kind',
  'assetKind',
  'isMajor',
  'announcement',
  'companyId',
  'locationId',
  'openedAt',
  'expectedResolutionAt',
  'resolvedAt',
  'closedAt',
  'lastActivityAt',
] as const;

export const caseFields = [
  'number',
  'subject',
  'name',
  'status',
  'personId',
  'companyId',
  'locationId',
  'openedAt',
] as const;

export type Names = (object: 'company' | 'location' | 'person', id: string | null) => Named | null;

/** The names of what records point to, as far as the member may read them. */
export async function namesFor(crm: Pick<CrmReader, 'getMany'>, records: readonly CrmRecord[]): Promise<Names> {
  const idsOf = (field: string) => [...new Set(records.flatMap((record) => linkOf(record, field) ?? []))];
  const [companies, locations, people] = await Promise.all([
    crm.getMany('company', idsOf('companyId')),
    crm.getMany('location', idsOf('locationId')),
    crm.getMany('person', idsOf('personId')),
  ]);
  const known = { company: companies, location: locations, person: people };
  return (object, id) => {
    const record = id === null ? undefined : known[object].get(id);
    return id === null || record === undefined ? null : { id, name: nameOf(record) };
  };
}

export function shownFolder(current: CrmRecord, names: Names): ShownFolder {
  return {
    id: current.id,
    number: text(current['number']),
    title: text(current['title']) || text(current['name']),
    status: text(current['status']),
    severity: text(current['severity']),
    kind: text(current['kind']),
    assetKind: text(current['assetKind']),
    isMajor: current['isMajor'] === true,
    announcement: text(current['announcement']),
    company: names('company', linkOf(current, 'companyId')),
    location: names('location', linkOf(current, 'locationId')),
    openedAt: linkOf(current, 'openedAt'),
    expectedResolutionAt: linkOf(current, 'expectedResolutionAt'),
    resolvedAt: linkOf(current, 'resolvedAt'),
    closedAt: linkOf(current, 'closedAt'),
    lastActivityAt: linkOf(current, 'lastActivityAt'),
    caseCount: count(current['caseCount']),
    callCount: count(current['callCount']),
  };
}

export interface ShownMember {
  readonly object: 'serviceCase' | 'phoneCall';
  readonly id: string;
  /** A case's number; empty for a call. */
  readonly number: string;
  readonly title: string;
  readonly status: string;
  /** Of a call. */
  readonly direction: string;
  readonly phoneNumber: string;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
  /** When the case was opened, or the call began. */
  readonly at: string | null;
}

export function shownCase(current: CrmRecord, names: Names): ShownMember {
  return {
    object: 'serviceCase',
    id: current.id,
    number: text(current['number']),
    title: text(current['subject']) || text(current['name']),
    status: text(current['status']),
    direction: '',
    phoneNumber: '',
    ...peopleOf(current, names),
    at: linkOf(current, 'openedAt'),
  };
}

/** @param record undefined: the call goes on, its record is to come */
export function shownCall(id: string, record: CrmRecord | undefined, names: Names): ShownMember {
  return {
    object: 'phoneCall',
    id,
    number: '',
    title: text(record?.['name']),
    status: text(record?.['outcome']),
    direction: text(record?.['direction']),
    phoneNumber: text(record?.['phoneNumber']),
    ...peopleOf(record, names),
    at: linkOf(record, 'startedAt'),
  };
}

function peopleOf(record: CrmRecord | undefined, names: Names) {
  return {
    person: names('person', linkOf(record, 'personId')),
    company: names('company', linkOf(record, 'companyId')),
    location: names('location', linkOf(record, 'locationId')),
  };
}

/** Nothing for what is no text. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
