import type { CrmMatch, CrmReader, CrmRecord } from '@switchboard/core/contract';
import { companyName, displayName } from '../contact-card.ts';
import { findByNumber } from '../directory.ts';
import { linkOf, nobody, type Resolution } from '../match.ts';
import type { Party } from '../party.ts';
import type { Context } from '../services.ts';
import type { Caller } from './live/topic.ts';
import { rank } from './rank.ts';
import { pickKey } from './whom.ts';

/** Who calls, and what there is to know before saying hello. All of it comes from the mirror. */

type Sources = Pick<Context, 'crm' | 'store' | 'clock'>;

/** Whom a call stands for at this moment. */
export type Recognised = Pick<Resolution, 'personId' | 'companyId' | 'locationId' | 'candidates'> & {
  readonly matchState: Caller['matchState'];
  /** As the number tells; a person who was made just now is not in the mirror yet. */
  readonly winner?: Resolution['winner'];
};

const RECENT_MS = 30 * 86_400_000;
const SHOWN_CALLS = 10;
export const SHOWN_RECORDS = 20;

/** @param recordId the id that the call's record has or will have: somebody may have picked a person for it */
export async function recognise({ crm, store }: Sources, party: Party, recordId: string): Promise<Recognised> {
  const [pick, resolution] = await Promise.all([
    store.get(pickKey(recordId)) as Promise<{ personId: string } | undefined>,
    party.kind === 'public' ? findByNumber({ crm, store }, party.e164) : nobody,
  ]);
  const picked = pick && (await crm.get('person', pick.personId));
  if (picked === undefined) return { ...resolution, matchState: resolution.state };
  return {
    matchState: 'SETTLED',
    personId: picked.id,
    companyId: linkOf(picked, 'companyId') ?? resolution.companyId,
    locationId: resolution.locationId ?? linkOf(picked, 'locationId'),
    candidates: [],
  };
}

export async function describeCaller(sources: Sources, party: Party, whom: Recognised): Promise<Caller> {
  const { crm } = sources;
  const [person, company, location, cases, malfunctions, calls] = await Promise.all([
    named(crm, 'person', whom.personId),
    named(crm, 'company', whom.companyId),
    named(crm, 'location', whom.locationId),
    openCasesOf(crm, whom),
    openMalfunctionsOf(crm, whom),
    recentCalls(sources, party, whom),
  ]);
  return {
    matchState: whom.matchState,
    person,
    company,
    location,
    candidates: await describeCandidates(crm, rank(whom.candidates, calls, cases)),
    openCases: cases.slice(0, SHOWN_RECORDS).map((record) => ({
      id: record.id,
      name: titleOf(record),
      status: textOf(record, 'status'),
      priority: textOf(record, 'priority'),
      responseDueAt: textOf(record, 'firstResponseAt') === '' ? momentOf(record, 'responseDueAt') : null,
      resolveDueAt: momentOf(record, 'resolveDueAt'),
    })),
    malfunctions: malfunctions.slice(0, SHOWN_RECORDS).map((record) => ({
      id: record.id,
      name: titleOf(record),
      status: textOf(record, 'status'),
      severity: textOf(record, 'severity'),
      isMajor: record['isMajor'] === true,
      announcement: textOf(record, 'announcement').slice(0, 1000),
    })),
    previousCalls: calls.slice(0, SHOWN_CALLS).map((record) => ({
      id: record.id,
      name: titleOf(record),
      startedAt: new Date(textOf(record, 'startedAt')).toISOString(),
      direction: textOf(record, 'direction'),
      outcome: textOf(record, 'outcome'),
    })),
    previousCallCount: calls.length,
  };
}

/** Cases at the location; of a caller without one, those of the person or the company. The newest first. */
export async function openCasesOf(crm: CrmReader, whom: Recognised): Promise<CrmRecord[]> {
  const closed = new Set(['RESOLVED', 'CLOSED', 'CANCELLED']);
  const found = await atPlace(crm, 'serviceCase', whom);
  return found.filter((record) => !closed.has(textOf(record, 'status'))).toSorted(newestBy('openedAt'));
}

async function openMalfunctionsOf(crm: CrmReader, whom: Recognised): Promise<CrmRecord[]> {
  const over = new Set(['RESOLVED', 'CLOSED']);
  const place = { ...whom, personId: undefined };
  const found = await atPlace(crm, 'malfunction', place);
  return found.filter((record) => !over.has(textOf(record, 'status'))).toSorted(newestBy('openedAt'));
}

async function atPlace(crm: CrmReader, object: string, whom: Recognised): Promise<CrmRecord[]> {
  const { locationId, personId, companyId } = whom;
  const links = [
    ['locationId', locationId],
    ['personId', personId],
    ['companyId', locationId === undefined && personId === undefined ? companyId : undefined],
  ] as const;
  const found = await Promise.all(
    links.map(async ([field, id]) => (id === undefined ? [] : await crm.findBy(object, field, id, 1000))),
  );
  return [...new Map(found.flat().map((record) => [record.id, record])).values()];
}

/** Calls of the person and of the number in the last 30 days, the newest first. */
async function recentCalls({ crm, clock }: Sources, party: Party, whom: Recognised): Promise<CrmRecord[]> {
  const [ofPerson, ofNumber] = await Promise.all([
    whom.personId === undefined ? [] : crm.findBy('phoneCall', 'personId', whom.personId, 1000),
    party.kind === 'public' ? crm.findBy('phoneCall', 'phoneNumber', party.e164, 1000) : [],
  ]);
  const since = clock.now() - RECENT_MS;
  const all = new Map([...ofPerson, ...ofNumber].map((record) => [record.id, record]));
  return [...all.values()]
    .filter(
      (record) => Date.parse(textOf(record, 'startedAt')) >= since && linkOf(record, 'mergedIntoId') === undefined,
    )
    .toSorted(newestBy('startedAt'));
}

type Ranked = CrmMatch & { readonly lastCallAt: string | null };

async function describeCandidates(crm: CrmReader, ranked: readonly Ranked[]): Promise<Caller['candidates']> {
  return await Promise.all(
    ranked.slice(0, SHOWN_RECORDS).map(async ({ object, record, lastCallAt }) => ({
      id: record.id,
      object: object === 'location' ? ('location' as const) : ('person' as const),
      name: displayName(record).slice(0, LONGEST_TITLE),
      company: await companyName(crm, linkOf(record, 'companyId')),
      location: (await named(crm, 'location', linkOf(record, 'locationId')))?.name ?? '',
      lastCallAt,
    })),
  );
}

async function named(
  crm: CrmReader,
  object: string,
  id: string | undefined,
): Promise<{ id: string; name: string } | null> {
  const record = id === undefined ? undefined : await crm.get(object, id);
  return record === undefined ? null : { id: record.id, name: displayName(record).slice(0, LONGEST_TITLE) };
}

function newestBy(field: string): (one: CrmRecord, other: CrmRecord) => number {
  const at = (record: CrmRecord) => Date.parse(textOf(record, field)) || 0;
  return (one, other) => at(other) - at(one) || (one.id < other.id ? -1 : 1);
}

/** People write long names; a card has room for so much. */
const LONGEST_TITLE = 200;

function titleOf(record: CrmRecord): string {
  return textOf(record, 'name').slice(0, LONGEST_TITLE);
}

function momentOf(record: CrmRecord, field: string): string | null {
  const at = Date.parse(textOf(record, field));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

export function textOf(record: CrmRecord, field: string): string {
  const value = record[field];
  return typeof value === 'string' ? value : '';
}
