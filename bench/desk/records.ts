import { recordIdFor } from '../../core/crm/ids.ts';
import type { RecordRow } from '../../core/crm/twenty/operations.ts';
import { companyName, firstName, lastName, numberOf, pick, trouble } from './names.ts';

/** How many of each there are. */
export interface Amounts {
  readonly person: number;
  readonly company: number;
  readonly location: number;
  readonly contract: number;
  readonly malfunction: number;
  readonly serviceCase: number;
  readonly phoneCall: number;
  readonly caseMessage: number;
  readonly caseEntry: number;
}

export type DeskObject = keyof Amounts;

/** A workspace as years of work leave it. */
export interface DeskWorld {
  readonly tenantId: string;
  readonly amounts: Amounts;
  /** Workspace members who answer calls and work on cases. */
  readonly members: readonly string[];
  /** Milliseconds since the epoch: when the last call was made. */
  readonly now: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** In a folder of malfunctions stand so many cases, in the first ones more. */
const CASES_OF_FOLDER = 12;
const FOLDERS_WITH_CASES = 120;
const CASES_OF_FIRST_FOLDER = 150;

export const idOf = ({ tenantId }: Pick<DeskWorld, 'tenantId'>, object: DeskObject, index: number): string =>
  recordIdFor(tenantId, object, String(index));

type Make = (world: DeskWorld, index: number) => RecordRow;

/** The n-th record of each object, as Twenty would hand it out. Ids follow from the numbers, so that records find each other. */
export const deskRecords: Readonly<Record<DeskObject, Make>> = {
  company: (world, index) => ({ ...base(world, 'company', index), name: companyName(index) }),
  location: (world, index) => ({
    ...base(world, 'location', index),
    name: `${lastName(index * 17)} Tower ${index % 90}`,
    siteAddress: { addressStreet1: `${index % 300} ${lastName(index)} Street`, addressCity: pick(cities, index) },
    companyId: idOf(world, 'company', index % world.amounts.company),
  }),
  person: (world, index) => ({
    ...base(world, 'person', index),
    name: { firstName: firstName(index * 7), lastName: lastName(index) },
    phones: { primaryPhoneNumber: numberOf(index).slice(3), primaryPhoneCallingCode: '+31', additionalPhones: [] },
    emails: { primaryEmail: `p${index}@example.com`, additionalEmails: [] },
    ...ownersOf(world, index),
  }),
  contract: (world, index) => ({
    ...base(world, 'contract', index),
    name: 'Full service',
    status: 'ACTIVE',
    serviceLevel: pick(['PREMIUM', 'STANDARD'], index),
    responseMinutes: 60,
    resolveMinutes: 480,
    companyId: idOf(world, 'company', index),
  }),
  malfunction: (world, index) => ({
    ...base(world, 'malfunction', index),
    number: `M-${String(index + 1).padStart(6, '0')}`,
    title: `${trouble(index, index * 3)} in ${pick(cities, index)}`,
    status: index % 4 === 0 ? 'IN_REPAIR' : 'CLOSED',
    severity: pick(['LOW', 'MEDIUM', 'HIGH'], index),
    openedAt: ago(world, index * 5 * HOUR_MS),
    companyId: idOf(world, 'company', index % world.amounts.company),
    locationId: idOf(world, 'location', index % world.amounts.location),
  }),
  serviceCase: (world, index) => serviceCase(world, index),
  phoneCall: (world, index) => phoneCall(world, index),
  caseMessage: (world, index) => {
    const about = index % world.amounts.serviceCase;
    return {
      ...base(world, 'caseMessage', index),
      direction: pick(['INBOUND', 'OUTBOUND'], index),
      channel: 'EMAIL',
      subject: trouble(about, about * 3),
      occurredAt: ago(world, caseAge(about) - 2 * HOUR_MS),
      fromName: firstName(index),
      fromAddress: `p${about % world.amounts.person}@example.com`,
      personId: idOf(world, 'person', about % world.amounts.person),
      serviceCaseId: idOf(world, 'serviceCase', about),
    };
  },
  caseEntry: (world, index) => {
    const about = index % world.amounts.serviceCase;
    return {
      ...base(world, 'caseEntry', index),
      kind: pick(['NOTE', 'CHANGED'], index),
      name: 'Called back; will be there tomorrow between eight and ten.',
      occurredAt: ago(world, caseAge(about) - HOUR_MS),
      actorName: firstName(index),
      serviceCaseId: idOf(world, 'serviceCase', about),
    };
  },
};

const cities = 'Amsterdam Rotterdam Utrecht Arnhem Zwolle Breda Leiden Delft Gouda Venlo'.split(' ');

function base(world: DeskWorld, object: DeskObject, index: number): RecordRow {
  const at = new Date(world.now - (index % 500_000) * MINUTE_MS).toISOString();
  return { id: idOf(world, object, index), createdAt: at, updatedAt: at, deletedAt: null };
}

const ago = ({ now }: DeskWorld, ms: number): string => new Date(now - Math.max(0, ms)).toISOString();

/** The first cases are the newest: one every ten minutes. */
const caseAge = (index: number): number => index * 10 * MINUTE_MS;

/** Company and place of the n-th person, and of what that person calls about. */
function ownersOf(world: DeskWorld, person: number) {
  const location = person % world.amounts.location;
  return {
    companyId: idOf(world, 'company', location % world.amounts.company),
    locationId: idOf(world, 'location', location),
  };
}

function serviceCase(world: DeskWorld, index: number): RecordRow {
  const person = index % world.amounts.person;
  // One in thirty is still open, of each age.
  const isOpen = index % 30 === 0;
  const folder = folderOf(index);
  return {
    ...base(world, 'serviceCase', index),
    number: caseNumber(index),
    subject: `${trouble(index, index * 3)} at number ${index % 300}`,
    status: isOpen ? pick(['OPEN', 'IN_PROGRESS', 'WAITING_FOR_CUSTOMER'], index / 30) : 'CLOSED',
    priority: index % 9 === 0 ? 'URGENT' : 'NORMAL',
    openedAt: ago(world, caseAge(index)),
    resolveDueAt: ago(world, caseAge(index) - 8 * HOUR_MS),
    personId: idOf(world, 'person', person),
    ...ownersOf(world, person),
    assigneeId: pick(world.members, Math.floor(index / 30)),
    ...(folder === undefined ? {} : { malfunctionId: idOf(world, 'malfunction', folder) }),
  };
}

export const caseNumber = (index: number): string => `C-${String(index).padStart(6, '0')}`;

function folderOf(index: number): number | undefined {
  if (index < CASES_OF_FIRST_FOLDER) return 0;
  const folder = 1 + Math.floor((index - CASES_OF_FIRST_FOLDER) / CASES_OF_FOLDER);
  return folder < FOLDERS_WITH_CASES ? folder : undefined;
}

/** The first calls are the newest: one every two minutes. What was missed longer than four hours ago has been called back. */
function phoneCall(world: DeskWorld, index: number): RecordRow {
  const person = (index * 7) % world.amounts.person;
  const isMissed = index % 11 === 0;
  const age = index * 2 * MINUTE_MS;
  return {
    ...base(world, 'phoneCall', index),
    direction: index % 3 === 0 && !isMissed ? 'OUTBOUND' : 'INBOUND',
    outcome: isMissed ? 'MISSED' : 'ANSWERED',
    startedAt: ago(world, age),
    durationSeconds: isMissed ? 0 : index % 900,
    phoneNumber: numberOf(person),
    personId: idOf(world, 'person', person),
    ...ownersOf(world, person),
    ...(isMissed
      ? { followedUpAt: age > 4 * HOUR_MS ? ago(world, age - HOUR_MS) : null }
      : { agentId: pick(world.members, index), agentName: `Agent ${index % world.members.length}` }),
    ...(index % 5 === 0 ? { serviceCaseId: idOf(world, 'serviceCase', index % world.amounts.serviceCase) } : {}),
  };
}
