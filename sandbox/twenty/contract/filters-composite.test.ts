import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, names, page, refusal, row, value, type Refusal } from './answers.ts';
import { company, openFixture, person } from './fixture.ts';
import type { Filter } from './records.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const companyId = contract.own(company);
const personId = contract.own(person);
const companyName = `Contract ${run} filters`;

beforeAll(async () => {
  await recordsOf(client, company).create({
    id: companyId,
    name: companyName,
    domainName: { primaryLinkUrl: `https://filters-${run}.example.com` },
  });
  await recordsOf(client, person).create({ id: personId, name: { firstName: 'Filter', lastName: run } });
  await things.createMany([
    {
      name: 'fc-Alpha',
      emailsF: { primaryEmail: 'alpha@example.com', additionalEmails: ['second@example.com'] },
      phonesF: { primaryPhoneNumber: '+436601234567', additionalPhones: [{ number: '+447400123456' }] },
      linksF: {
        primaryLinkUrl: 'https://alpha.example',
        secondaryLinks: [{ url: 'https://two.example', label: 'two' }],
      },
      fullF: { firstName: 'Ada', lastName: 'Lovelace' },
      addrF: { addressCity: 'Vienna', addressLat: 48.2 },
      curF: { amountMicros: 5_000_000, currencyCode: 'EUR' },
      richF: { markdown: 'hay needle hay' },
      companyId,
      subjectPersonId: personId,
    },
    { name: 'fc-Beta', curF: { amountMicros: 1, currencyCode: 'USD' } },
    { name: 'fc-Gamma' },
  ]);
});
afterAll(() => contract.close());

const find = (filter: Filter) =>
  things.findMany({ filter: { and: [{ name: { like: 'fc-%' } }, filter] }, orderBy: [{ name: 'AscNullsLast' }] });
const found = async (filter: Filter) => names(await find(filter)).map((name) => String(name).slice('fc-'.length));

describe('sub fields of composites', () => {
  test.each<[string, Filter, string[]]>([
    ['e-mail eq', { emailsF: { primaryEmail: { eq: 'alpha@example.com' } } }, ['Alpha']],
    ['e-mail eq: the filter is not lower-cased', { emailsF: { primaryEmail: { eq: 'ALPHA@example.com' } } }, []],
    ['e-mail ilike', { emailsF: { primaryEmail: { ilike: 'ALPHA@%' } } }, ['Alpha']],
    ['e-mail in', { emailsF: { primaryEmail: { in: ['alpha@example.com', 'b@x.example'] } } }, ['Alpha']],
    [
      'additional e-mails like, on the JSON text',
      { emailsF: { additionalEmails: { like: '%second@example.com%' } } },
      ['Alpha'],
    ],
    ['phone eq: the national number', { phonesF: { primaryPhoneNumber: { eq: '6601234567' } } }, ['Alpha']],
    ['phone eq: not the international one', { phonesF: { primaryPhoneNumber: { eq: '+436601234567' } } }, []],
    [
      'phone with its calling code',
      { phonesF: { primaryPhoneNumber: { eq: '6601234567' }, primaryPhoneCallingCode: { eq: '+43' } } },
      ['Alpha'],
    ],
    ['phone like a suffix', { phonesF: { primaryPhoneNumber: { like: '%1234567' } } }, ['Alpha']],
    ['phone endsWith', { phonesF: { primaryPhoneNumber: { endsWith: '1234567' } } }, ['Alpha']],
    [
      'additional phones like, on the JSON text',
      { phonesF: { additionalPhones: { like: '%7400123456%' } } },
      ['Alpha'],
    ],
    ['link ilike', { linksF: { primaryLinkUrl: { ilike: '%alpha.example%' } } }, ['Alpha']],
    ['secondary links like', { linksF: { secondaryLinks: { like: '%two.example%' } } }, ['Alpha']],
    ['both parts of a name', { fullF: { firstName: { eq: 'Ada' }, lastName: { ilike: 'love%' } } }, ['Alpha']],
    ['city', { addrF: { addressCity: { eq: 'Vienna' } } }, ['Alpha']],
    ['latitude', { addrF: { addressLat: { gt: 48 } } }, ['Alpha']],
    ['amount and currency', { curF: { amountMicros: { gte: 1_000_000 }, currencyCode: { eq: 'EUR' } } }, ['Alpha']],
    ['two sub fields are ANDed', { curF: { currencyCode: { eq: 'USD' }, amountMicros: { eq: 1 } } }, ['Beta']],
    ['amount is NULL', { curF: { amountMicros: { is: 'NULL' } } }, ['Gamma']],
    ['markdown', { richF: { markdown: { ilike: '%needle%' } } }, ['Alpha']],
    ['files NOT_NULL', { filesF: { is: 'NOT_NULL' } }, []],
    ['author source', { createdBy: { source: { in: ['API', 'MANUAL'] } } }, ['Alpha', 'Beta', 'Gamma']],
    ['author source of others', { createdBy: { source: { eq: 'EMAIL' } } }, []],
    ['author name', { createdBy: { name: { ilike: '%' } } }, ['Alpha', 'Beta', 'Gamma']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('relations', () => {
  test.each<[string, Filter, string[]]>([
    ['join column eq', { companyId: { eq: companyId } }, ['Alpha']],
    ['join column in', { companyId: { in: [companyId] } }, ['Alpha']],
    ['join column is NULL', { companyId: { is: 'NULL' } }, ['Beta', 'Gamma']],
    ['a field of the related record', { company: { name: { eq: companyName } } }, ['Alpha']],
    ['a composite of the related record', { company: { domainName: { primaryLinkUrl: { ilike: '%' } } } }, ['Alpha']],
    [
      'or through a relation',
      { or: [{ company: { name: { eq: companyName } } }, { name: { eq: 'fc-Gamma' } }] },
      ['Alpha', 'Gamma'],
    ],
    ['morph relation by id', { subjectPersonId: { eq: personId } }, ['Alpha']],
    ['morph relation by record', { subjectPerson: { id: { eq: personId } } }, ['Alpha']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));

  test('a morph relation is one object per target', async () => {
    const selection = 'edges{node{name subjectPerson{id name{firstName}} subjectOpportunity{id}}}';
    const filter = { name: { in: ['fc-Alpha', 'fc-Beta'] } };
    const { edges } = page(await things.findMany({ filter, orderBy: [{ name: 'AscNullsLast' }] }, selection));
    expect(edges.map((edge) => edge.node)).toEqual([
      { name: 'fc-Alpha', subjectPerson: { id: personId, name: { firstName: 'Filter' } }, subjectOpportunity: null },
      { name: 'fc-Beta', subjectPerson: null, subjectOpportunity: null },
    ]);
  });

  test('one-to-many below a record, and back to the one', async () => {
    const selection = `${thing.plural}{edges{node{name company{name}}}}`;
    expect(row(await recordsOf(client, company).findOne({ id: { eq: companyId } }, selection))).toEqual({
      [thing.plural]: { edges: [{ node: { name: 'fc-Alpha', company: { name: companyName } } }] },
    });
  });

  test('a relation can be empty', async () => {
    const { edges } = page(await things.findMany({ filter: { name: { eq: 'fc-Beta' } } }, 'edges{node{company{id}}}'));
    expect(edges).toEqual([{ node: { company: null } }]);
  });
});

describe('refused filters', () => {
  test.each<[string, Filter, Refusal]>([
    [
      'a composite without sub field',
      { emailsF: { eq: 'x' } },
      badInput('INVALID_ARGS_FILTER', 'Sub field "eq" not found for composite type: EMAILS'),
    ],
    [
      'through two relations',
      { company: { accountOwner: { userEmail: { ilike: '%@%' } } } },
      badInput('INVALID_ARGS_FILTER', 'Relation filter nesting deeper than 1 hop is not supported'),
    ],
  ])('%s', async (_name, filter, expected) => expect(refusal(await find(filter))).toEqual(expected));

  test('by a one-to-many relation', async () => {
    const filter = { [thing.plural]: { name: { eq: 'fc-Alpha' } } };
    expect(refusal(await recordsOf(client, company).findMany({ first: 1, filter }, 'totalCount'))).toEqual(
      badInput('INVALID_ARGS_FILTER', `Cannot filter by relation field "${thing.plural}"`),
    );
  });

  test('one-to-many inside one-to-many', async () => {
    const reply = await client.graphql(
      '{companies(first:1){edges{node{people{edges{node{noteTargets{edges{node{id}}}}}}}}}}',
    );
    expect(refusal(reply)).toEqual(
      badInput(
        'TOO_COMPLEX_QUERY',
        'Query complexity is too high. One-to-Many relation cannot be nested in another One-to-Many relation.',
      ),
    );
  });
});

test('workspace members are found by their e-mail', async () => {
  const members = recordsOf(client, { singular: 'workspaceMember', plural: 'workspaceMembers' });
  const [member] = page(await members.findMany({ first: 1 }, 'edges{node{userEmail}}')).edges;
  const userEmail = member?.node['userEmail'];
  expect(value(await members.findMany({ filter: { userEmail: { eq: userEmail } } }, 'edges{node{userEmail}}'))).toEqual(
    {
      edges: [{ node: { userEmail } }],
    },
  );
});
