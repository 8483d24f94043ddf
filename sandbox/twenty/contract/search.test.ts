import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, refusal, row, rows, value } from './answers.ts';
import { openFixture, person } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const personId = contract.own(person);
afterAll(() => contract.close());

type Hit = { recordId: string; objectNameSingular: string; label: string; tsRankCD: number; tsRank: number };
type Result = { edges: { cursor: string; node: Hit }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const query = `query($searchInput:String!,$limit:Int!,$after:String,$inc:[String!],$exc:[String!]){
  search(searchInput:$searchInput,limit:$limit,after:$after,includedObjectNameSingulars:$inc,excludedObjectNameSingulars:$exc){
    edges{cursor node{recordId objectNameSingular label imageUrl tsRankCD tsRank}} pageInfo{hasNextPage endCursor}}}`;
const search = async (
  searchInput: string,
  options: { limit?: number; inc?: string[]; exc?: string[]; after?: string | null } = {},
) => value(await client.graphql(query, { searchInput, limit: 10, ...options })) as Result;
const labels = (result: Result) => result.edges.map((edge) => edge.node.label);

// Letters that no other record of the workspace has.
const word = `Q${run}`;

beforeAll(async () => {
  rows(await things.createMany([1, 2, 3].map((index) => ({ name: `${word} thing ${index}` }))));
  const sent = {
    id: personId,
    name: { firstName: word, lastName: 'Person' },
    emails: { primaryEmail: `mail${run}@example.com` },
    phones: { primaryPhoneNumber: '+442079460123' },
  };
  row(await recordsOf(client, person).create(sent));
});

describe('what is found', () => {
  test('records of all searchable objects, by the start of a word, in any letter case', async () => {
    const found = labels(await search(word.slice(0, 7).toLowerCase()));
    expect(found.toSorted()).toEqual([`${word} Person`, `${word} thing 1`, `${word} thing 2`, `${word} thing 3`]);
  });

  test('a hit names its record', async () => {
    const { edges } = await search(word, { inc: ['person'] });
    expect(edges.map((edge) => edge.node)).toEqual([
      {
        recordId: personId,
        objectNameSingular: 'person',
        label: `${word} Person`,
        imageUrl: expect.anything(),
        tsRankCD: expect.any(Number),
        tsRank: expect.any(Number),
      },
    ]);
  });

  test('a person by the start of the e-mail', async () => {
    expect(labels(await search(`mail${run}`, { inc: ['person'] }))).toEqual([`${word} Person`]);
  });

  test.each(['2079460123', '+442079460123', '442079460123'])('a person by phone number: %s', async (number) => {
    expect(labels(await search(number, { inc: ['person'] }))).toContain(`${word} Person`);
  });

  test('only the included objects, or all but the excluded', async () => {
    expect(labels(await search(word, { inc: [thing.singular] }))).toHaveLength(3);
    expect(labels(await search(word, { exc: [thing.singular] }))).toEqual([`${word} Person`]);
  });

  test('nothing of an unknown object', async () => {
    expect(await search('a', { inc: ['unicorn'] })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  test('an empty text lists records', async () => {
    expect((await search('', { inc: [thing.singular], limit: 2 })).edges).toHaveLength(2);
  });
});

test('pages by its own cursor', async () => {
  const first = await search(word, { limit: 2, inc: [thing.singular] });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await search(word, { limit: 2, inc: [thing.singular], after: first.pageInfo.endCursor });
  expect(second.pageInfo.hasNextPage).toBe(false);
  expect([...labels(first), ...labels(second)].toSorted()).toEqual([1, 2, 3].map((index) => `${word} thing ${index}`));
});

describe('refused', () => {
  test('a limit above 100', async () => {
    expect(refusal(await client.graphql(query, { searchInput: 'a', limit: 1000 }))).toEqual(
      badInput(undefined, 'Limit cannot exceed 100 items'),
    );
  });

  test('beside a record field', async () => {
    const reply = await client.graphql(
      '{search(searchInput:"a",limit:1){edges{node{recordId}}} companies(first:1){totalCount}}',
    );
    expect(refusal(reply)).toEqual(
      badInput(undefined, 'This query cannot be executed as a single request. Please split it into separate queries.'),
    );
  });

  test('an unknown field, by normal validation', async () => {
    const reply = await client.graphql('{search(searchInput:"a",limit:1){edges{node{nope}}}}');
    expect(reply.errors).toEqual([
      {
        message: 'Cannot query field "nope" on type "SearchRecord".',
        locations: [{ line: 1, column: expect.any(Number) }],
      },
    ]);
  });
});
