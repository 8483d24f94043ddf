import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, notFound, page, refusal, row, rows, value } from './answers.ts';
import { openFixture } from './fixture.ts';
import { pascal } from './records.ts';

const contract = openFixture();
const { things, client, thing } = contract;
afterAll(() => contract.close());

const className = pascal(thing.singular);

describe('names of operations and types', () => {
  test('every operation is named after nameSingular and namePlural', async () => {
    const typeFields = async (type: string) => {
      const reply = await client.graphql(`{__type(name:"${type}"){fields{name}}}`);
      const { fields } = value(reply) as { fields: { name: string }[] };
      return fields
        .map((field) => field.name)
        .filter((name) => name.includes(className) || name.startsWith(thing.singular));
    };
    expect((await typeFields('Query')).toSorted()).toEqual(
      [thing.singular, thing.plural, `${thing.plural}GroupBy`].toSorted(),
    );
    const verbs = ['create', 'update', 'delete', 'destroy', 'restore'];
    expect((await typeFields('Mutation')).toSorted()).toEqual(
      verbs.flatMap((verb) => [`${verb}${className}`, `${verb}${pascal(thing.plural)}`]).toSorted(),
    );
  });

  test('findDuplicates answers for an object without criteria, although the schema does not list it', async () => {
    const reply = await client.graphql(`{${thing.singular}Duplicates(data:$data){totalCount}}`, {
      data: [{ name: 'naming' }],
    });
    expect(value(reply)).toEqual([{ totalCount: 0 }]);
  });

  test('search is not in the introspection', async () => {
    const reply = await client.graphql('{__type(name:"SearchRecord"){name}}');
    expect(reply.data).toEqual({ __type: null });
  });
});

describe('findOne and findMany', () => {
  test('find the record that was created', async () => {
    const created = row(await things.create({ name: 'naming-1', numF: 7 }, 'id name numF'));
    expect(value(await things.findOne({ id: { eq: created.id } }, 'id name numF'))).toEqual(created);
    const found = page(
      await things.findMany({ filter: { id: { eq: created.id } } }, 'totalCount edges{node{id name numF}}'),
    );
    expect(found).toEqual({ totalCount: 1, edges: [{ node: created }] });
  });

  test('findMany of nothing is an empty page without cursors', async () => {
    expect(page(await things.findMany({ filter: { name: { eq: 'naming-nobody' } } }))).toEqual({
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('findOne of nothing is an error, not null', async () => {
    expect(refusal(await things.findOne({ id: { eq: '7814740d-cf83-4033-aed3-1e64f9a1c89b' } }))).toEqual(notFound);
  });

  test('findOne needs a filter', async () => {
    const reply = await client.graphql(`{${thing.singular}{id}}`);
    expect(refusal(reply)).toEqual(badInput('INVALID_QUERY_INPUT', 'Missing filter argument'));
  });

  test('createMany answers rows in the order sent', async () => {
    const created = rows(await things.createMany([{ name: 'naming-b' }, { name: 'naming-a' }], 'id name'));
    expect(created.map((each) => each['name'])).toEqual(['naming-b', 'naming-a']);
  });
});
