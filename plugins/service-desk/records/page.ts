import {
  type CrmRecord,
  ForbiddenError,
  type MemberReader,
  type MomentSource,
  NotFoundError,
  type Tenant,
} from '@switchboard/core/contract';
import { labelOf, type Named, namesBehind } from './named.ts';
import { endedCase, endedMalfunction, showCases, type ShownCase } from './shown.ts';
import { addressIn, emailsIn, numberIn, numbersIn, type ShownNumber, textIn } from './values.ts';

export const pageObjects = ['person', 'company', 'location'] as const;
export type PageObject = (typeof pageObjects)[number];

/** By which field other records belong to it. */
export const ownerField: Readonly<Record<PageObject, string>> = {
  person: 'personId',
  company: 'companyId',
  location: 'locationId',
};

const MOST_CASES = 50;
const MOST_PEOPLE = 50;

export interface RecordPage {
  readonly state: 'there';
  readonly id: string;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly language: string | null;
  readonly doNotCall: boolean;
  readonly numbers: readonly ShownNumber[];
  readonly emails: readonly string[];
  readonly address: readonly string[];
  readonly accessNotes: string | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly contact: Named | null;
  readonly contract: ShownContract | null;
  readonly cases: readonly ShownCase[];
  readonly malfunctions: readonly ShownMalfunction[];
  readonly people: readonly (Named & { readonly jobTitle: string | null })[];
  readonly locations: readonly Named[];
}

/** A record that was deleted or merged, and what may have taken its place. */
export interface GonePage {
  readonly state: 'gone';
  readonly id: string;
  readonly name: string;
  readonly instead: readonly Named[];
}

interface ShownContract extends Named {
  readonly serviceLevel: string | null;
  readonly responseMinutes: number | null;
  readonly resolveMinutes: number | null;
  readonly supportHours: string | null;
  readonly endsOn: string | null;
}

interface ShownMalfunction extends Named {
  readonly status: string | null;
  readonly severity: string | null;
  readonly openedAt: string | null;
}

/** @throws ForbiddenError when the role may not read the object; NotFoundError for what never was there */
export async function readPage(
  crm: MemberReader,
  tenant: Tenant,
  object: PageObject,
  id: string,
): Promise<RecordPage | GonePage> {
  await demandRead(crm, object);
  const record = await crm.get(object, id);
  if (record === undefined) return await gone(crm, object, id);
  const [named, contract, cases, malfunctions, people, locations] = await Promise.all([
    namesBehind(crm, [record], { companyId: 'company', locationId: 'location', primaryContactId: 'person' }),
    contractOf(crm, object === 'company' ? record.id : textIn(record, 'companyId')),
    openCases(crm, object, record.id),
    openMalfunctions(crm, object, record.id),
    peopleOf(crm, object, record.id),
    object === 'company' ? crm.findBy('location', 'companyId', record.id, MOST_PEOPLE) : [],
  ]);
  return {
    state: 'there',
    id: record.id,
    name: labelOf(object, record),
    jobTitle: textIn(record, 'jobTitle'),
    language: textIn(record, 'language'),
    doNotCall: record['doNotCall'] === true,
    numbers: numbersIn(record['phones'], tenant.country),
    emails: emailsIn(record['emails']),
    address: addressIn(record['siteAddress'] ?? record['address']),
    accessNotes: textIn(record, 'accessNotes'),
    company: named(record, 'companyId'),
    location: named(record, 'locationId'),
    contact: named(record, 'primaryContactId'),
    contract,
    cases,
    malfunctions,
    people,
    locations: locations.map((one) => ({ id: one.id, name: labelOf('location', one) })).toSorted(byName),
  };
}

const byName = (one: Named, other: Named): number => one.name.localeCompare(other.name);

/** A page of what one may not read would be an empty one, which tells something else. */
export async function demandRead(crm: MemberReader, object: PageObject): Promise<void> {
  if (await crm.sees(object, 'name')) return;
  throw new ForbiddenError('Your role may not read these records', {
    remedy: 'An administrator can allow it in Twenty under Settings, Roles.',
  });
}

/** Twenty keeps no trace of which record took in another one: who has its number or its name may be it. */
async function gone(crm: MemberReader, object: PageObject, id: string): Promise<GonePage> {
  const last = await crm.deleted(object, id);
  if (last === undefined) {
    throw new NotFoundError('There is no such record', {
      field: 'query.id',
      remedy: 'Search for it by name or number. A record that was made a moment ago needs a few seconds.',
    });
  }
  const name = labelOf(object, last);
  const emails = await Promise.all(emailsIn(last['emails']).map((email) => crm.findByEmail(email)));
  const named = name === '' ? [] : await crm.search(name, { objects: [object], limit: 5 });
  const instead = new Map(
    [...emails.flat(), ...named]
      .filter((match) => match.object === object)
      .map(({ record }) => [record.id, { id: record.id, name: labelOf(object, record) }]),
  );
  return { state: 'gone', id, name, instead: [...instead.values()].slice(0, 5) };
}

/** The one in force that promises the most. */
async function contractOf(crm: MemberReader, companyId: string | null): Promise<ShownContract | null> {
  if (companyId === null) return null;
  const levels = ['CRITICAL', 'PREMIUM', 'STANDARD', 'BASIC'];
  const rank = (record: CrmRecord) => levels.indexOf(textIn(record, 'serviceLevel') ?? 'BASIC');
  const all = await crm.findBy('contract', 'companyId', companyId);
  const [best] = all.filter(({ status }) => status === 'ACTIVE').toSorted((one, other) => rank(one) - rank(other));
  if (best === undefined) return null;
  return {
    id: best.id,
    name: labelOf('contract', best),
    serviceLevel: textIn(best, 'serviceLevel'),
    responseMinutes: numberIn(best, 'responseMinutes'),
    resolveMinutes: numberIn(best, 'resolveMinutes'),
    supportHours: textIn(best, 'supportHours'),
    endsOn: textIn(best, 'endsOn'),
  };
}

async function openCases(crm: MemberReader, object: PageObject, id: string): Promise<ShownCase[]> {
  const source: MomentSource = {
    object: 'serviceCase',
    at: 'createdAt',
    equal: { [ownerField[object]]: id },
    noneOf: { status: endedCase },
  };
  const found = await crm.newest([source], { limit: MOST_CASES });
  return await showCases(
    crm,
    found.map(({ record }) => record),
  );
}

async function openMalfunctions(crm: MemberReader, object: PageObject, id: string): Promise<ShownMalfunction[]> {
  if (object === 'person') return [];
  const source: MomentSource = {
    object: 'malfunction',
    at: 'createdAt',
    equal: { [ownerField[object]]: id },
    noneOf: { status: endedMalfunction },
  };
  const found = await crm.newest([source], { limit: MOST_CASES });
  return found.map(({ record }) => ({
    id: record.id,
    name: labelOf('malfunction', record),
    status: textIn(record, 'status'),
    severity: textIn(record, 'severity'),
    openedAt: textIn(record, 'openedAt'),
  }));
}

async function peopleOf(crm: MemberReader, object: PageObject, id: string): Promise<RecordPage['people']> {
  if (object === 'person') return [];
  const people = await crm.findBy('person', ownerField[object], id, MOST_PEOPLE);
  return people
    .map((record) => ({ id: record.id, name: labelOf('person', record), jobTitle: textIn(record, 'jobTitle') }))
    .toSorted(byName);
}
