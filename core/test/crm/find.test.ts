import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hubDatabase, waitFor } from '@switchboard/testing';
import { createAuditLog } from '../../audit/index.ts';
import type { CrmMatch, CrmReader, MirroredObject, Moment, MomentSource } from '../../contract/index.ts';
import { readPhonePart } from '../../contract/index.ts';
import { mergeDeclarations } from '../../crm/mirror/declare.ts';
import { createReader } from '../../crm/mirror/reader.ts';
import { readTogether } from '../../crm/mirror/together.ts';
import { isOneSlip } from '../../crm/mirror/search/slip.ts';
import { createVocabulary } from '../../crm/mirror/search/vocabulary.ts';
import { applyRows } from '../../crm/mirror/store.ts';
import { createRoleReader } from '../../crm/permissions/reader.ts';
import type { RoleRights } from '../../crm/permissions/rights.ts';
import { findRole, storeRoles } from '../../crm/permissions/store.ts';
import { createTenants } from '../../tenants/index.ts';

/** Finding people, places, cases and calls in the mirror, and their history. */

const declared: readonly MirroredObject[] = [
  {
    object: 'person',
    fields: ['companyId', 'note'],
    phones: ['phones', 'whatsapp'],
    emails: ['emails'],
    search: ['name'],
  },
  { object: 'serviceCase', fields: ['companyId', 'openedAt'], search: ['number', 'subject'] },
  { object: 'phoneCall', fields: ['phoneNumber', 'startedAt', 'personId', 'outcome', 'followedUpAt', 'mergedIntoId'] },
  { object: 'caseMessage', fields: ['serviceCaseId', 'occurredAt'] },
];
const specs = mergeDeclarations(declared);
const roles: Record<string, RoleRights> = {
  [randomUUID()]: {
    label: 'All',
    objects: Object.fromEntries([...specs.keys()].map((name) => [name, { fields: 'all' }])),
  },
  [randomUUID()]: {
    label: 'Some',
    objects: {
      person: { fields: ['name', 'phones', 'companyId'] },
      serviceCase: { fields: ['number', 'companyId', 'openedAt'] },
      phoneCall: { fields: ['startedAt', 'outcome'] },
    },
  },
};
const [everything, some] = Object.keys(roles) as [string, string];

let database: Awaited<ReturnType<typeof hubDatabase>>;
let tenantId: string;
let otherId: string;
let reader: CrmReader;

beforeAll(async () => {
  database = await hubDatabase();
  const { db } = database;
  const tenants = createTenants({ db, audit: createAuditLog(db) });
  [tenantId, otherId] = (await Promise.all(
    ['one', 'two'].map(async (slug) => (await tenants.create({ slug, name: slug, country: 'NL' }, 'test')).id),
  )) as [string, string];
  reader = createReader(db, tenantId, createVocabulary(db, { now: Date.now }));
  for (const id of [tenantId, otherId])
    await storeRoles(
      db,
      id,
      new Map(Object.entries(roles).map(([role, rights]) => [role, { ...rights, changes: {}, locked: {} }])),
      new Date(),
    );
  await fill(tenantId);
  await put(otherId, 'person', [person('Jansen', 'Jan', '+31201234567')]);
});
afterAll(async () => await database.close());

type Row = Record<string, unknown>;

async function put(tenant: string, object: string, rows: readonly Row[]): Promise<string[]> {
  const complete = rows.map((row) => ({
    id: randomUUID(),
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    deletedAt: null,
    ...row,
  }));
  await applyRows(database.db, { tenantId: tenant, country: 'NL', spec: specs.get(object)! }, complete);
  return complete.map(({ id }) => id);
}

function person(lastName: string, firstName = 'Pat', phone = '', more: Row = {}): Row {
  const emails = { primaryEmail: `${firstName}.${lastName}@example.com`, additionalEmails: [] };
  return {
    name: { firstName, lastName },
    phones: { primaryPhoneNumber: phone, additionalPhones: [] },
    emails,
    ...more,
  };
}

async function fill(tenant: string): Promise<void> {
  await put(tenant, 'person', [
    person('Müller', 'Björn', '+493023125001', {
      whatsapp: { primaryPhoneNumber: '+447700900123', additionalPhones: [] },
    }),
    person('Jansen', 'Jan', '+31201234567', { updatedAt: '2026-03-01T00:00:00.000Z' }),
    person('Jansen', 'Jan', '', { updatedAt: '2026-05-01T00:00:00.000Z' }),
    person('Janssens', 'Jan Willem', '', { updatedAt: '2026-06-01T00:00:00.000Z' }),
    person('Straße', 'Łukasz'),
    person('Hausverwaltung'),
  ]);
  await put(tenant, 'serviceCase', [
    { number: 'C-000120', subject: 'Liftstoring op de derde verdieping' },
    { number: 'C-001200', subject: 'Boiler leaks' },
  ]);
}

function names(found: readonly CrmMatch[]): string[] {
  return found.map(({ record }) => {
    const { firstName, lastName } = (record['name'] ?? {}) as { firstName?: string; lastName?: string };
    return firstName === undefined ? String(record['number']) : `${firstName} ${lastName}`;
  });
}
const roleReader = (roleId: string, tenant = tenantId) =>
  createRoleReader({
    db: database.db,
    clock: { now: Date.now },
    tenantId: tenant,
    role: async () => await findRole(database.db, tenant, roleId),
    specs: async () => specs,
    country: async () => 'NL',
    vocabulary: createVocabulary(database.db, { now: Date.now }),
  });

describe('words', () => {
  test.each([
    ['muller', ['Björn Müller']],
    ['BJORN mül', ['Björn Müller']],
    ['strasse', ['Łukasz Straße']],
    ['lukasz', ['Łukasz Straße']],
    ['c-000120', ['C-000120']],
    ['120', ['C-000120', 'C-001200']],
    ['derde lift', ['C-000120']],
  ])('%s finds %j', async (text, expected) => {
    expect(names(await reader.search(text, { objects: ['person', 'serviceCase'] }))).toEqual(expected);
  });

  test('whole words come before beginnings, and the latest changed first', async () => {
    const found = await reader.search('jan jansen', { objects: ['person'] });
    expect(names(found).slice(0, 2)).toEqual(['Jan Jansen', 'Jan Jansen']);
    expect(found[0]?.record['updatedAt']).toBe('2026-05-01T00:00:00.000Z');
    expect(names(await reader.search('jans', { objects: ['person'] }))).toEqual([
      'Jan Jansen',
      'Jan Jansen',
      'Jan Willem Janssens',
    ]);
  });

  test.each([
    ['storing', ['C-000120']],
    ['verwaltung', ['Pat Hausverwaltung']],
    ['haussverw', ['Pat Hausverwaltung']],
    ['bjron', ['Björn Müller']],
  ])('%s finds %j although no word begins so', async (text, expected) => {
    const find = () => reader.search(text, { objects: ['person', 'serviceCase'] });
    await waitFor('the words to be collected', async () => (await find()).length > 0);
    expect(names(await reader.search(text, { objects: ['person', 'serviceCase'] }))).toEqual(expected);
  });

  test.each([
    '',
    ' ',
    "'",
    "');drop table crm_record;--",
    ':* & !',
    '%_\\',
    '\u0000',
    '\ud800',
    '=',
    `=${'0'.repeat(8)}/person`,
  ])('what is typed is no query: %j', async (text) => {
    expect(await reader.search(text, { objects: ['person'] })).toEqual([]);
  });

  test('a text without end is cut', async () => {
    expect(await reader.search('boiler '.repeat(10_000), { objects: ['serviceCase'] })).toHaveLength(1);
    expect(await reader.search('x'.repeat(100_000), { objects: ['person'] })).toEqual([]);
  });
});

describe('parts of numbers and addresses', () => {
  const ends = (text: string) => readPhonePart(text, 'NL')?.ends ?? '';
  const starts = (text: string) => readPhonePart(text, 'NL')?.starts[0] ?? '';

  test.each(['020 123', '+31 (0)20-1234567', '0031 20 12', '201 234'])(
    '%s is the beginning of a number',
    async (text) => {
      const found = await reader.findByKeyPart({ phoneStarts: starts(text) }, { objects: ['person'] });
      expect(names(found)).toEqual(['Jan Jansen']);
    },
  );

  test('the last digits are enough', async () => {
    const found = await reader.findByKeyPart({ phoneEnds: ends('4567') }, { objects: ['person'] });
    expect(names(found)).toEqual(['Jan Jansen']);
  });

  test('words and too few digits are no number', () => {
    expect(['jan 123', '12', '', '1'.repeat(30)].map((text) => readPhonePart(text, 'NL'))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('an address by its beginning', async () => {
    const found = await reader.findByKeyPart({ emailStarts: 'BJÖRN.m' }, { objects: ['person'] });
    expect(names(found)).toEqual(['Björn Müller']);
    expect(await reader.findByKeyPart({ emailStarts: '%\u0000' }, { objects: ['person'] })).toEqual([]);
  });
});

describe('a role', () => {
  test('finds nothing by fields that it does not see, and is not shown them', async () => {
    const role = roleReader(some);
    expect(await role.search('boiler')).toEqual([]);
    expect(await role.search('storing')).toEqual([]);
    const [found] = await role.search('1200');
    expect(found?.record).toMatchObject({ number: 'C-001200' });
    expect(found?.record).not.toHaveProperty('subject');
    expect(await role.findByKeyPart({ phoneStarts: '+4477' }, { objects: ['person'] })).toEqual([]);
    expect(await role.findByKeyPart({ phoneStarts: '+4930' }, { objects: ['person'] })).toHaveLength(1);
    expect(await role.findByKeyPart({ emailStarts: 'jan' }, { objects: ['person'] })).toEqual([]);
    expect(await roleReader(everything).findByKeyPart({ phoneStarts: '+4477' }, { objects: ['person'] })).toHaveLength(
      1,
    );
  });

  test('of another tenant finds the own records only', async () => {
    const other = roleReader(everything, otherId);
    expect(names(await other.search('jan'))).toEqual(['Jan Jansen']);
    expect(await other.search('muller')).toEqual([]);
    expect(await other.findByKeyPart({ phoneStarts: '+49' }, { objects: ['person'] })).toEqual([]);
  });
});

describe('lists by time', () => {
  const owner = randomUUID();
  const company = randomUUID();
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const calls: MomentSource = {
    object: 'phoneCall',
    at: 'startedAt',
    equal: { personId: owner },
    empty: ['mergedIntoId'],
  };
  const cases: MomentSource = { object: 'serviceCase', at: 'openedAt', equal: { companyId: company } };
  const messages: MomentSource = {
    object: 'caseMessage',
    at: 'occurredAt',
    through: { field: 'serviceCaseId', object: 'serviceCase', equal: { companyId: company } },
  };

  test('are paged without a gap and without a double while new records come', async () => {
    const insert = (from: number, count: number) =>
      database.pool.query(
        `insert into crm_record (tenant_id, object, id, changed_at, data)
         select $1, 'phoneCall', id, now(), jsonb_build_object('id', id, 'personId', $2::text, 'startedAt',
           to_char('2026-01-01'::timestamp + (n / 3) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
         from (select n, gen_random_uuid() as id from generate_series($3::int, $4::int) n) row`,
        [tenantId, owner, from, from + count - 1],
      );
    await insert(0, 10_000);
    await database.pool.query('analyze crm_record');
    const seen: Moment[] = [];
    for (let from = 10_000; ; from += 2) {
      const last = seen.at(-1);
      const page = await reader.newest([calls, cases], {
        limit: 200,
        ...(last === undefined ? {} : { before: { at: last.at, id: last.record.id } }),
      });
      if (page.length === 0) break;
      seen.push(...page);
      await insert(from, 2);
    }
    expect(seen).toHaveLength(10_000);
    expect(new Set(seen.map(({ record }) => record.id)).size).toBe(10_000);
    expect(seen.map((moment) => moment.at)).toEqual(
      seen
        .map((moment) => moment.at)
        .toSorted()
        .toReversed(),
    );
  });

  test('hold what belongs to a record through others, and leave out what is filled or has one of these values', async () => {
    const [caseId] = await put(tenantId, 'serviceCase', [
      { number: 'C-9', subject: 'Door', companyId: company, openedAt: at(1) },
    ]);
    await put(tenantId, 'caseMessage', [
      { serviceCaseId: caseId, occurredAt: at(2) },
      { serviceCaseId: randomUUID(), occurredAt: at(3) },
    ]);
    const found = await reader.newest([cases, messages]);
    expect(found.map(({ object }) => object)).toEqual(['caseMessage', 'serviceCase']);
    await put(tenantId, 'phoneCall', [
      { outcome: 'MISSED', startedAt: at(4) },
      { outcome: 'MISSED', startedAt: at(5), followedUpAt: at(6) },
    ]);
    const missed: MomentSource = {
      object: 'phoneCall',
      at: 'startedAt',
      equal: { outcome: 'MISSED' },
      empty: ['followedUpAt'],
    };
    expect((await reader.newest([missed])).map((moment) => moment.at)).toEqual([at(4)]);
    expect(await reader.newest([missed], { since: at(5) })).toEqual([]);
    expect(await reader.newest([{ ...cases, noneOf: { number: ['C-9'] } }])).toEqual([]);
  });

  test('show a role nothing by fields that it does not see', async () => {
    const role = roleReader(some);
    expect(await role.newest([calls])).toEqual([]);
    expect(await role.newest([messages])).toEqual([]);
    expect(await role.newest([{ object: 'phoneCall', at: 'startedAt', starts: { phoneNumber: '+31' } }])).toEqual([]);
    const [shown] = await role.newest([cases]);
    expect(shown?.record).not.toHaveProperty('subject');
    expect(await roleReader(everything, otherId).newest([calls, cases, messages])).toEqual([]);
  });

  test('take no name for a piece of SQL', async () => {
    const hostile = { ...calls, equal: { "x' or true --": 'y' } };
    await expect(
      reader.newest([
        { ...hostile, object: 'phoneCall' },
        { ...calls, at: "a' --" },
      ]),
    ).rejects.toThrow('no field');
  });
});

test('a deleted record is told from one that never was', async () => {
  const [id = ''] = await put(tenantId, 'person', [{ ...person('Gone'), deletedAt: '2026-01-02T00:00:00.000Z' }]);
  expect(await reader.deleted('person', id)).toMatchObject({ id, name: { lastName: 'Gone' } });
  expect(await reader.deleted('person', randomUUID())).toBeUndefined();
  expect(await reader.deleted('person', 'no id')).toBeUndefined();
  expect(await roleReader(some).deleted('person', id)).not.toHaveProperty('emails');
});

test.each([
  ['jansne', 'jansen', true],
  ['jnsen', 'jansen', true],
  ['janssen', 'jansen', true],
  ['jamsen', 'jansenius', true],
  ['jonson', 'jansen', false],
  ['pieter', 'jansen', false],
])('%s for %s is one slip: %s', (typed, word, expected) => expect(isOneSlip(typed, word)).toBe(expected));

describe('questions that are asked at the same time', () => {
  test('have each their own answer, and none suffers from one that cannot be asked', async () => {
    const together = readTogether(database.db, tenantId, reader);
    const [jan] = await reader.findByPhone('+31201234567');
    const id = String(jan?.record.id);
    const [both, none, whatsapp, strange, got, unknown, noId, equal, first] = await Promise.all([
      together.findByPhone('+31201234567'),
      together.findByPhone('+31201234568'),
      together.findByPhone('+447700900123'),
      together.findByPhone('\0').catch(() => 'refused'),
      together.get('person', id),
      together.get('person', randomUUID()),
      together.get('person', 'no id'),
      together.findBy('serviceCase', 'number', 'C-000120'),
      together.findBy('serviceCase', 'number', 'C-001200', 1),
    ]);
    expect([names(both), none, names(whatsapp), strange]).toEqual([['Jan Jansen'], [], ['Björn Müller'], 'refused']);
    expect([got, unknown, noId]).toEqual([jan?.record, undefined, undefined]);
    expect([equal, first].map((records) => records.map(({ number }) => number))).toEqual([['C-000120'], ['C-001200']]);
  });
});
