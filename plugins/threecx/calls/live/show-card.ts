import type { ReadRights } from '@switchboard/core/contract';
import type { Card } from './topic.ts';

type Candidate = Card['candidates'][number];

/** A card without what the role of its viewer may not read: what is hidden looks as if it were unknown. */
export function showCard(card: Card, rights: ReadRights): Card {
  const { sees } = rights;
  const ofCall = (field: string) => sees('phoneCall', field);
  const linked = <Link>(link: Link, field: string, object: string) =>
    ofCall(field) && sees(object, 'name') ? link : null;
  return {
    ...card,
    phoneNumber: ofCall('phoneNumber') ? card.phoneNumber : '',
    label: ofCall('phoneNumber') ? card.label : '',
    calledNumber: ofCall('calledNumber') ? card.calledNumber : '',
    queue: ofCall('queue') ? card.queue : '',
    person: linked(card.person, 'personId', 'person'),
    company: linked(card.company, 'companyId', 'company'),
    location: linked(card.location, 'locationId', 'location'),
    candidates: ofCall('candidates') ? card.candidates.flatMap((candidate) => showCandidate(candidate, rights)) : [],
    ...showCases(card, rights),
    ...showMalfunctions(card, rights),
    ...showPreviousCalls(card, rights),
  };
}

function showCandidate(candidate: Candidate, { sees }: ReadRights): Candidate[] {
  const { object, company, location, lastCallAt } = candidate;
  if (!sees(object, 'name')) return [];
  return [
    {
      ...candidate,
      company: sees(object, 'companyId') && sees('company', 'name') ? company : '',
      location: sees(object, 'locationId') && sees('location', 'name') ? location : '',
      lastCallAt: sees('phoneCall', 'startedAt') ? lastCallAt : null,
    },
  ];
}

/** Which cases are open tells their status, which are shown where they belong. */
function showCases({ openCases }: Card, { sees }: ReadRights): Pick<Card, 'openCases'> {
  const ofCase = (field: string) => sees('serviceCase', field);
  if (!['name', 'status', 'locationId', 'personId', 'companyId'].every(ofCase)) return { openCases: [] };
  return {
    openCases: openCases.map((one) => ({
      ...one,
      priority: ofCase('priority') ? one.priority : '',
      // That an answer is due tells that none was given.
      responseDueAt: ofCase('responseDueAt') && ofCase('firstResponseAt') ? one.responseDueAt : null,
      resolveDueAt: ofCase('resolveDueAt') ? one.resolveDueAt : null,
    })),
  };
}

function showMalfunctions({ malfunctions }: Card, { sees }: ReadRights): Pick<Card, 'malfunctions'> {
  const ofMalfunction = (field: string) => sees('malfunction', field);
  if (!['name', 'status', 'locationId', 'companyId'].every(ofMalfunction)) return { malfunctions: [] };
  return {
    malfunctions: malfunctions.map((one) => ({
      ...one,
      severity: ofMalfunction('severity') ? one.severity : '',
      isMajor: ofMalfunction('isMajor') && one.isMajor,
      announcement: ofMalfunction('announcement') ? one.announcement : '',
    })),
  };
}

function showPreviousCalls({ previousCalls, previousCallCount }: Card, { sees }: ReadRights) {
  const ofCall = (field: string) => sees('phoneCall', field);
  if (!['startedAt', 'phoneNumber', 'personId'].every(ofCall)) return { previousCalls: [], previousCallCount: 0 };
  return {
    previousCallCount,
    previousCalls: previousCalls.map((one) => ({
      ...one,
      direction: ofCall('direction') ? one.direction : '',
      outcome: ofCall('outcome') ? one.outcome : '',
    })),
  };
}
