import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, page, refusal, row, value } from './answers.ts';
import { company, openFixture } from './fixture.ts';
import { pascal, recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const { plural } = thing;
const type = pascal(thing.singular);
const companyId = contract.own(company);
let id = '';

beforeAll(async () => {
  row(await recordsOf(client, company).create({ id: companyId, name: `Contract ${run} dialect` }));
  const data = { name: 'dl-Alpha', companyId, emailsF: { primaryEmail: 'alpha@example.com' } };
  id = row(await things.create(data)).id;
});
afterAll(() => contract.close());

const filter = 'filter:{name:{eq:"dl-Alpha"}}';
const nodes = async (selection: string, variables?: Record<string, unknown>, head = '') =>
  page(await client.graphql(`${head}{${plural}(first:1,${filter}){edges{node{${selection}}}}}`, variables)).edges.map(
    (edge) => edge.node,
  );

describe('selections', () => {
  test('an alias at the root is honoured', async () => {
    expect((await client.graphql(`{mine:${plural}(${filter}){totalCount}}`)).data).toEqual({ mine: { totalCount: 1 } });
  });

  test('an alias below the root is not: the answer uses the name of the field', async () => {
    expect(await nodes('label:name id')).toEqual([{ name: 'dl-Alpha', id }]);
  });

  test('a misspelt field is null without an error', async () => {
    expect(await nodes('id nope')).toEqual([{ id, nope: null }]);
  });

  test('a misspelt part of a composite fails', async () => {
    expect(
      refusal(await client.graphql(`{${plural}(first:1,${filter}){edges{node{emailsF{primaryEmail nope}}}}}`)),
    ).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Sub field metadata not found for composite type: EMAILS',
    });
  });

  test('a composite without parts is null although it has a value', async () => {
    expect(await nodes('emailsF')).toEqual([{ emailsF: null }]);
  });

  test('a relation without fields is the record with its own lists', async () => {
    expect(await nodes('company')).toEqual([
      {
        company: expect.objectContaining({
          id: companyId,
          people: expect.objectContaining({ edges: [], totalCount: 0 }),
        }),
      },
    ]);
  });

  test('fragments, named and inline', async () => {
    expect(await nodes(`... on ${type}{name}`)).toEqual([{ name: 'dl-Alpha' }]);
    const named = await client.graphql(
      `query{${plural}(first:1,${filter}){edges{node{...F}}}} fragment F on ${type}{id name}`,
    );
    expect(value(named)).toEqual({ edges: [{ node: { id, name: 'dl-Alpha' } }] });
  });

  test('__typename below the root; inside a composite it nulls the composite', async () => {
    const reply = await client.graphql(
      `{${plural}(first:1,${filter}){__typename edges{__typename node{__typename emailsF{__typename}}}}}`,
    );
    expect(value(reply)).toEqual({
      __typename: `${type}Connection`,
      edges: [{ __typename: `${type}Edge`, node: { __typename: type, emailsF: null } }],
    });
  });

  test('__typename at the root beside a record field is refused', async () => {
    expect(refusal(await client.graphql(`{__typename ${plural}(first:1){totalCount}}`))).toEqual(
      badInput(undefined, 'This query cannot be executed as a single request. Please split it into separate queries.'),
    );
  });

  test('2001 selected fields are no problem', async () => {
    const fields = Array.from({ length: 2001 }, (_, index) => `f${index}`);
    const [node] = await nodes(fields.join(' '));
    expect(Object.keys(node ?? {})).toHaveLength(2001);
  });
});

describe('variables', () => {
  const many = `${plural}(first:$n,filter:{name:{like:"dl-%"}}){edges{node{name}}}`;
  beforeAll(async () => {
    row(await things.create({ name: 'dl-Beta' }));
  });
  const lengthOf = async (query: string, variables?: Record<string, unknown>) =>
    page(await client.graphql(query, variables)).edges.length;

  test('a default value is ignored', async () => {
    expect(await lengthOf(`query($n:Int=1){${many}}`)).toBe(2);
  });

  test('an undeclared variable works', async () => {
    expect(await lengthOf(`{${many}}`, { n: 1 })).toBe(1);
  });

  test('a wrong declared type is not checked', async () => {
    expect(await lengthOf(`query($n:String){${many}}`, { n: 1 })).toBe(1);
  });

  test('a missing variable of a required type is an absent argument', async () => {
    const reply = await client.graphql(`query($f:${type}FilterInput!){${plural}(first:1,filter:$f){edges{node{id}}}}`);
    expect(page(reply).edges).toHaveLength(1);
  });

  test('@include with a variable fails below the root', async () => {
    const query = `query($x:Boolean!){${plural}(first:1,${filter}){edges{node{id name @include(if:$x)}}}}`;
    expect(refusal(await client.graphql(query, { x: false }))).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: "Cannot read properties of undefined (reading 'x')",
    });
  });

  test('@skip is ignored at the root', async () => {
    const query = `query($x:Boolean!){${plural}(${filter}) @skip(if:$x){totalCount}}`;
    expect(value(await client.graphql(query, { x: true }))).toEqual({ totalCount: 1 });
  });
});

describe('operations of a document', () => {
  const two = `query A{${plural}(first:1){totalCount}} query B{companies(filter:{id:{eq:"${companyId}"}}){totalCount}}`;

  test('the one named is run', async () => {
    expect((await client.graphql(two, {}, 'B')).data).toEqual({ companies: { totalCount: 1 } });
  });

  test('two without a name are HTTP 500 in plain text', async () => {
    const reply = await client.graphql(two);
    expect(reply.status).toBe(500);
    expect(reply.text).toMatch(
      /^GraphQLError: Must provide operation name when document contains multiple operations\./,
    );
  });

  test('a subscription is refused', async () => {
    const reply = await client.graphql('subscription{onDbEvent(input:{}){action}}');
    expect(reply.errors).toEqual([
      expect.objectContaining({ message: 'Schema is not configured to execute subscription operation.' }),
    ]);
  });
});
