import type { CrmMatch, CrmRecord } from '@switchboard/core/contract';

/** Whom a number or an address stands for. */
export type Resolution = {
  readonly state: 'MATCHED' | 'AMBIGUOUS' | 'UNKNOWN';
  /** The one clear contact for 3CX: a person, or the only location. */
  readonly winner: CrmMatch | undefined;
  readonly personId: string | undefined;
  readonly companyId: string | undefined;
  readonly locationId: string | undefined;
  /** Those between whom a person has to choose; empty unless ambiguous. */
  readonly candidates: readonly CrmMatch[];
};

export const nobody: Resolution = {
  state: 'UNKNOWN',
  winner: undefined,
  personId: undefined,
  companyId: undefined,
  locationId: undefined,
  candidates: [],
};

/**
 * Settles between the records that carry a number. A person beats a location; several persons are nobody in
 * particular, yet what they have in common still holds.
 *
 * @param chosen the person somebody decided on; beats what the index says
 */
export function decide(matches: readonly CrmMatch[], chosen?: CrmRecord): Resolution {
  const unique = [...new Map(matches.map((match) => [`${match.object}/${match.record.id}`, match])).values()];
  const locations = unique.filter(({ object }) => object === 'location');
  const persons =
    chosen === undefined ? unique.filter(({ object }) => object === 'person') : [{ object: 'person', record: chosen }];
  const place = locations.length === 1 ? locations[0] : undefined;
  if (persons.length === 1) return onePerson(persons[0] as CrmMatch, place);
  if (persons.length === 0 && place !== undefined) return onePlace(place);
  if (persons.length === 0 && locations.length === 0) return nobody;
  return several(persons, locations, place);
}

function onePerson(person: CrmMatch, place: CrmMatch | undefined): Resolution {
  return {
    state: 'MATCHED',
    winner: person,
    personId: person.record.id,
    companyId: linkOf(person.record, 'companyId') ?? (place && linkOf(place.record, 'companyId')),
    locationId: place?.record.id ?? linkOf(person.record, 'locationId'),
    candidates: [],
  };
}

function onePlace(place: CrmMatch): Resolution {
  return {
    state: 'MATCHED',
    winner: place,
    personId: undefined,
    companyId: linkOf(place.record, 'companyId'),
    locationId: place.record.id,
    candidates: [],
  };
}

function several(
  persons: readonly CrmMatch[],
  locations: readonly CrmMatch[],
  place: CrmMatch | undefined,
): Resolution {
  const candidates = [...persons, ...locations];
  return {
    state: 'AMBIGUOUS',
    winner: place,
    personId: undefined,
    companyId: common(candidates.map(({ record }) => linkOf(record, 'companyId'))),
    locationId:
      place?.record.id ??
      (locations.length === 0 ? common(persons.map(({ record }) => linkOf(record, 'locationId'))) : undefined),
    candidates,
  };
}

/** The value that all share. */
function common(values: readonly (string | undefined)[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

/** The id in a relation's column, if it is set. */
export function linkOf(record: CrmRecord, column: string): string | undefined {
  const id = record[column];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
