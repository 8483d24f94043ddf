import { isDeepStrictEqual } from 'node:util';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import { type Finding, lost, wrong } from './finding.ts';
import type { Wanted, Wishes } from './member.ts';

const QUERIES = {
  person: [
    'people',
    'name { firstName lastName } phones { primaryPhoneNumber primaryPhoneCallingCode additionalPhones }',
  ],
  company: ['companies', 'name'],
  phoneCall: ['phoneCalls', 'followedUpAt'],
} as const;

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly deletedAt: string | null };

/** Records are as their member left them: the hub has brought nothing back and overwritten nothing. */
export async function verifyWishes(crm: TwentyClient, wishes: Wishes): Promise<Finding[]> {
  const objects = Object.keys(QUERIES) as (keyof typeof QUERIES)[];
  const findings = await Promise.all(objects.map(async (object) => await verifyObject(crm, object, wishes[object])));
  return findings.flat();
}

async function verifyObject(
  crm: TwentyClient,
  object: keyof typeof QUERIES,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<Finding[]> {
  if (wanted.size === 0) return [];
  const [plural, fields] = QUERIES[object];
  const data = await crm.records(
    `query Read($filter: ${object[0]?.toUpperCase()}${object.slice(1)}FilterInput) {
       ${plural}(first: 1000000, filter: $filter) { edges { node { id deletedAt ${fields} } } }
     }`,
    {
      filter: {
        and: [
          { id: { in: [...wanted.keys()] } },
          { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] },
        ],
      },
    },
  );
  const rows = new Map((data[plural] as { edges: { node: Row }[] }).edges.map(({ node }) => [node.id, node]));
  return [...wanted].flatMap(([id, wish]) => compare(object, id, wish, rows.get(id)));
}

function compare(object: string, id: string, { deleted, fields }: Wanted, row: Row | undefined): Finding[] {
  if (row === undefined) return [lost(`the ${object} ${id} of a member is not in Twenty`)];
  const isAsLeft = deleted === (row.deletedAt !== null);
  const state = isAsLeft
    ? []
    : [wrong(`the ${object} ${id} was ${deleted ? 'deleted' : 'kept'} by a member and is not any more`)];
  const changed = Object.entries(fields).filter(
    ([name, value]) => !isDeepStrictEqual(written(value), written(row[name])),
  );
  return [
    ...state,
    ...changed.map(([name]) => wrong(`the ${name} of the ${object} ${id} is not as its member left it`)),
  ];
}

/** Phones are sent as one international number and stored in parts (Twenty 2.21, measured). */
function written(value: unknown): unknown {
  const phones = value as {
    primaryPhoneNumber?: string;
    primaryPhoneCallingCode?: string;
    additionalPhones?: unknown[];
  };
  if (phones?.primaryPhoneNumber === undefined) return value;
  const { primaryPhoneNumber, primaryPhoneCallingCode = '', additionalPhones } = phones;
  return { number: primaryPhoneCallingCode + primaryPhoneNumber, additionalPhones: additionalPhones ?? [] };
}
