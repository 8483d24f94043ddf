import type { TwentyClient } from '@switchboard/sandbox/demo';

/** With whom a call was, in the columns of its record. */
export type Whom = {
  readonly matchState: 'MATCHED' | 'AMBIGUOUS' | 'UNKNOWN';
  readonly personId: string | null;
  readonly companyId: string | null;
  readonly locationId: string | null;
};

export type Caller = {
  /** As 3CX writes it. */
  readonly posted: string;
  readonly e164: string;
  readonly whom: Whom;
};

/** People of the demo, a location, one number that two people share, a stranger. Nobody changes these numbers during a run. */
const POSTED = [
  '0031201234567',
  '00447700900101',
  '00493023125010',
  '00493023125001',
  '00493023125020',
  '00447700900999',
];

type Phones = { readonly primaryPhoneNumber: string; readonly primaryPhoneCallingCode: string };
type Holder = {
  readonly id: string;
  readonly companyId: string | null;
  readonly locationId?: string | null;
  readonly phones: Phones;
};

/** Asks Twenty itself whom the numbers stand for, so that the hub's own index is not its own judge. */
export async function readCallers(crm: TwentyClient): Promise<Caller[]> {
  const phones = 'phones { primaryPhoneNumber primaryPhoneCallingCode }';
  const answer = (await crm.records(
    `{ people(first: 10000) { edges { node { id companyId locationId ${phones} } } }
       locations(first: 10000) { edges { node { id companyId ${phones} } } } }`,
  )) as Record<'people' | 'locations', { edges: { node: Holder }[] }>;
  const [people, locations] = [answer.people, answer.locations].map(({ edges }) => edges.map(({ node }) => node));
  return POSTED.map((posted) => {
    const e164 = `+${posted.slice(2)}`;
    const has = ({ phones: own }: Holder) => own.primaryPhoneCallingCode + own.primaryPhoneNumber === e164;
    return { posted, e164, whom: whomOf((people ?? []).filter(has), (locations ?? []).filter(has)) };
  });
}

function whomOf(people: readonly Holder[], locations: readonly Holder[]): Whom {
  const holders = [...people, ...locations];
  const isOne = holders.length === 1;
  return {
    matchState: isOne ? 'MATCHED' : holders.length === 0 ? 'UNKNOWN' : 'AMBIGUOUS',
    personId: isOne ? (people[0]?.id ?? null) : null,
    companyId: shared(holders.map(({ companyId }) => companyId)),
    locationId: shared([...people.map(({ locationId }) => locationId ?? null), ...locations.map(({ id }) => id)]),
  };
}

function shared(values: readonly (string | null)[]): string | null {
  return new Set(values).size === 1 ? (values[0] ?? null) : null;
}
