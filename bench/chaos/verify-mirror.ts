import { isDeepStrictEqual } from 'node:util';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import { duplicated, type Finding, lost, wrong } from './finding.ts';
import type { HubDatabase, MirroredRow } from './hub-database.ts';

/** What the plugins have mirrored: by object its plural, and the fields as they are asked for. */
const MIRRORED = {
  person: {
    plural: 'people',
    fields: {
      name: '{ firstName lastName }',
      emails: '{ primaryEmail additionalEmails }',
      phones: '{ primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones }',
      companyId: '',
      locationId: '',
    },
  },
  company: { plural: 'companies', fields: { name: '' } },
  location: {
    plural: 'locations',
    fields: {
      name: '',
      phones: '{ primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones }',
      companyId: '',
    },
  },
  workspaceMember: { plural: 'workspaceMembers', fields: { userEmail: '', extension: '' } },
  phoneCall: {
    plural: 'phoneCalls',
    fields: {
      name: '',
      phoneNumber: '',
      startedAt: '',
      matchState: '',
      candidates: '',
      personId: '',
      companyId: '',
      locationId: '',
    },
  },
} as const;

export const mirroredObjects = Object.keys(MIRRORED) as readonly (keyof typeof MIRRORED)[];

type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly deletedAt: string | null };

/** The mirror holds what Twenty holds, deleted records as deleted. */
export async function verifyMirror(crm: TwentyClient, database: HubDatabase): Promise<Finding[]> {
  const findings = await Promise.all(
    mirroredObjects.map(async (object) => compare(object, await readAll(crm, object), await database.mirrored(object))),
  );
  return findings.flat();
}

async function readAll(crm: TwentyClient, object: keyof typeof MIRRORED): Promise<Row[]> {
  const { plural, fields } = MIRRORED[object];
  const selection = Object.entries(fields).map(([name, parts]) => `${name} ${parts}`);
  // Mentioning `deletedAt` makes deleted records visible.
  const filter = '{ or: [{ deletedAt: { is: NULL } }, { deletedAt: { is: NOT_NULL } }] }';
  const data = await crm.records(
    `{ ${plural}(first: 1000000, filter: ${filter}) { edges { node { id deletedAt ${selection.join(' ')} } } } }`,
  );
  return (data[plural] as { edges: { node: Row }[] }).edges.map(({ node }) => node);
}

function compare(object: keyof typeof MIRRORED, rows: readonly Row[], mirrored: readonly MirroredRow[]): Finding[] {
  const copies = new Map(mirrored.map((copy) => [copy.id, copy]));
  const findings = rows.flatMap((row) => {
    const copy = copies.get(row.id);
    copies.delete(row.id);
    if (copy === undefined) return row.deletedAt === null ? [lost(`the mirror has no ${object} ${row.id}`)] : [];
    if (copy.isDeleted !== (row.deletedAt !== null)) {
      return [
        wrong(`the ${object} ${row.id} is ${row.deletedAt === null ? 'not ' : ''}deleted, the mirror says otherwise`),
      ];
    }
    return differences(object, row, copy);
  });
  const strange = [...copies.values()].filter(({ isDeleted }) => !isDeleted);
  return [
    ...findings,
    ...strange.map(({ id }) => duplicated(`the mirror has a ${object} ${id} that Twenty does not have`)),
  ];
}

function differences(object: keyof typeof MIRRORED, row: Row, { data }: MirroredRow): Finding[] {
  return Object.keys(MIRRORED[object].fields)
    .filter((name) => !isDeepStrictEqual(plain(row[name]), plain(data[name])))
    .map((name) =>
      wrong(
        `the mirror has ${name} ${JSON.stringify(data[name])} of the ${object} ${row.id} instead of ${JSON.stringify(row[name])}`,
      ),
    );
}

/** Twenty shows what is unset as null, as an empty text or as an empty list, depending on the way one asks. */
function plain(value: unknown): unknown {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
