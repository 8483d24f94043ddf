import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { page, row, rows, type Row } from './answers.ts';
import type { Reply } from './client.ts';
import { openFixture, person } from './fixture.ts';
import { pascal, recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
const path = `/${thing.plural}`;
const one = pascal(thing.singular);
afterAll(() => contract.close());

beforeAll(async () => {
  const sent = [1, 2, 3, 4, 5].map((numF) => ({ name: `rs-${numF}`, numF, selF: numF % 2 === 0 ? 'DONE' : 'OPEN' }));
  rows(await things.createMany(sent));
});

type List = { data: Record<string, Row[]>; totalCount: number; pageInfo: Record<string, unknown> };
const list = async (parameters: Record<string, string>) => {
  const reply = await client.rest('GET', `${path}?${new URLSearchParams({ depth: '0', ...parameters })}`);
  if (reply.status !== 200) throw new Error(`HTTP ${reply.status}: ${reply.text.slice(0, 500)}`);
  return reply.body as List;
};
const namesOf = (body: List) => (body.data[thing.plural] ?? []).map((each) => each['name']);
const mine = 'name[like]:"rs-%"';
const byName = 'name[AscNullsLast]';

function expectError(
  reply: Reply,
  statusCode: number,
  message: string | RegExp,
  rest: Record<string, unknown> = {},
): void {
  expect(reply.status).toBe(statusCode);
  const messages = [typeof message === 'string' ? message : expect.stringMatching(message)];
  expect(reply.body).toEqual({ statusCode, error: expect.any(String), messages, ...rest });
}

describe('lists', () => {
  test('filter, order and pages in both directions', async () => {
    const first = await list({ filter: mine, order_by: byName, limit: '2' });
    expect(namesOf(first)).toEqual(['rs-1', 'rs-2']);
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await list({
      filter: mine,
      order_by: byName,
      limit: '2',
      starting_after: String(first.pageInfo['endCursor']),
    });
    expect(namesOf(second)).toEqual(['rs-3', 'rs-4']);
    const back = await list({
      filter: mine,
      order_by: byName,
      limit: '2',
      ending_before: String(second.pageInfo['startCursor']),
    });
    expect(namesOf(back)).toEqual(['rs-1', 'rs-2']);
  });

  test.each([
    ['several conditions are ANDed', `${mine},numF[gte]:3`, ['rs-3', 'rs-4', 'rs-5']],
    ['or() and not()', `or(name[eq]:"rs-1",and(${mine},not(numF[lt]:5)))`, ['rs-1', 'rs-5']],
    ['a list', 'name[in]:["rs-1","rs-2"]', ['rs-1', 'rs-2']],
    ['a comma inside quotes', 'name[eq]:"a,b"', []],
  ])('%s', async (_name, filter, expected) => {
    expect(namesOf(await list({ filter, order_by: byName }))).toEqual(expected);
  });

  test('a part of a composite', async () => {
    const id = contract.own(person);
    row(await recordsOf(client, person).create({ id, emails: { primaryEmail: `rest-${run}@example.com` } }));
    const filter = encodeURIComponent(`emails.primaryEmail[ilike]:"REST-${run}%"`);
    const reply = await client.rest('GET', `/people?depth=0&filter=${filter}`);
    expect(reply.body).toMatchObject({ data: { people: [{ id }] }, totalCount: 1 });
  });

  test('60 rows by default, 200 at most, without an error', async () => {
    rows(await things.createMany(Array.from({ length: 200 }, (_, index) => ({ name: `rsize-${index}` }))));
    row(await things.create({ name: 'rsize-200' }));
    const filter = 'name[like]:"rsize-%"';
    expect(namesOf(await list({ filter }))).toHaveLength(60);
    expect(namesOf(await list({ filter, limit: '201' }))).toHaveLength(200);
  });

  test('groupBy answers a plain array with counts as text', async () => {
    const parameters = new URLSearchParams({
      group_by: JSON.stringify([{ selF: true }]),
      aggregate: JSON.stringify(['countNotEmptyId']),
      filter: mine,
    });
    const reply = await client.rest('GET', `${path}/groupBy?${parameters}`);
    expect(reply.body).toEqual(
      expect.arrayContaining([
        { countNotEmptyId: '3', groupByDimensionValues: ['OPEN'] },
        { countNotEmptyId: '2', groupByDimensionValues: ['DONE'] },
      ]),
    );
  });
});

describe('refused lists', () => {
  test.each([
    ['an unknown field', 'nope[eq]:1', `Object ${thing.singular} doesn't have any "nope" field.`],
    [
      'an unknown comparator',
      'name[nope]:"x"',
      `'filter' invalid for 'name[nope]:"x"', comparator nope not in eq, neq, in, containsAny, is, gt, gte, lt, lte, startsWith, endsWith, like, ilike`,
    ],
    ['a malformed filter', 'name', "'filter' invalid for 'name'. eg: price[gte]:10"],
  ])('%s', async (_name, filter, message) => {
    expectError(await client.rest('GET', `${path}?filter=${encodeURIComponent(filter)}`), 400, message);
  });

  test('an unknown object', async () => {
    expectError(await client.rest('GET', '/unicorns'), 400, /^object 'unicorns' not found\. eg: /);
  });
});

describe('create', () => {
  test('one is 201 with the whole row', async () => {
    const reply = await client.rest('POST', `${path}?depth=0`, { name: 'rest-new', textF: 'x' });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      data: {
        [`create${one}`]: expect.objectContaining({
          id: expect.any(String),
          name: 'rest-new',
          textF: 'x',
          selF: 'NEW',
          companyId: null,
        }),
      },
    });
  });

  test('upsert=true matches by a unique field', async () => {
    const extId = randomUUID();
    const { id } = row(await things.create({ name: 'rest-extId', extId }));
    expectError(await client.rest('POST', path, { name: 'rest-dup', extId }), 400, 'A duplicate entry was detected');
    const reply = await client.rest('POST', `${path}?depth=0&upsert=true`, { name: 'rest-upsert', extId });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ data: { [`create${one}`]: { id, name: 'rest-upsert' } } });
  });

  test('a batch is a plain array', async () => {
    const reply = await client.rest('POST', `/batch${path}?depth=0`, [{ name: 'rest-b1' }, { name: 'rest-b2' }]);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      data: { [`create${pascal(thing.plural)}`]: [{ name: 'rest-b1' }, { name: 'rest-b2' }] },
    });
  });

  test('a batch of 201 rows', async () => {
    const reply = await client.rest(
      'POST',
      `/batch${path}`,
      Array.from({ length: 201 }, (_, index) => ({ name: `rb${index}` })),
    );
    expectError(reply, 400, 'Maximum number of records to upsert is 200.');
  });

  test('a bad row of a batch is the raw error of the database', async () => {
    const reply = await client.rest('POST', `/batch${path}?upsert=true`, [
      { name: 'rest-b3' },
      { name: 'rest-b4', companyId: randomUUID() },
    ]);
    expectError(reply, 400, /^insert or update on table "_\w+" violates foreign key constraint "FK_[0-9a-f]+"$/);
  });

  test('an unknown field', async () => {
    expectError(
      await client.rest('POST', path, { nope: 1 }),
      400,
      `Object ${thing.singular} doesn't have any "nope" field.`,
    );
  });

  test('a version 7 id has a machine code', async () => {
    const id = '01a1ffb7-092c-760a-9f7e-e0b79fe57dd5';
    expectError(await client.rest('POST', path, { id, name: 'rest' }), 400, `Value "${id}" is not a valid UUID`, {
      code: 'INVALID_QUERY_INPUT',
    });
  });
});

describe('one record', () => {
  const make = async () => row(await things.create({ name: 'rest-one' })).id;

  test('find, with and without its relations', async () => {
    const id = await make();
    const flat = await client.rest('GET', `${path}/${id}?depth=0`);
    expect(flat.body).toEqual({ data: { [thing.singular]: expect.objectContaining({ id, name: 'rest-one' }) } });
    expect(flat.body).not.toHaveProperty(`data.${thing.singular}.company`);
    const deep = await client.rest('GET', `${path}/${id}?depth=1`);
    expect(deep.body).toMatchObject({ data: { [thing.singular]: { id, company: null, attachments: [] } } });
  });

  test('patch', async () => {
    const id = await make();
    const reply = await client.rest('PATCH', `${path}/${id}?depth=0`, { textF: 'patched' });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ data: { [`update${one}`]: { id, name: 'rest-one', textF: 'patched' } } });
  });

  test('DELETE with soft_delete=true keeps it restorable', async () => {
    const id = await make();
    const reply = await client.rest('DELETE', `${path}/${id}?soft_delete=true`);
    expect(reply.body).toMatchObject({ data: { [`delete${one}`]: { id, deletedAt: expect.any(String) } } });
    expect(row(await things.restore(id))).toEqual({ id, deletedAt: null });
  });

  test('DELETE alone destroys it', async () => {
    const id = await make();
    const reply = await client.rest('DELETE', `${path}/${id}`);
    expect(reply.body).toEqual({ data: { [`delete${one}`]: { id } } });
    const everywhere = { id: { eq: id }, or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };
    expect(page(await things.findMany({ filter: everywhere })).totalCount).toBe(0);
  });

  test.each(['GET', 'PATCH', 'DELETE'])('%s of nobody is 404', async (method) => {
    const body = method === 'PATCH' ? { textF: 'x' } : undefined;
    expectError(await client.rest(method, `${path}/${randomUUID()}`, body), 404, 'Record not found');
  });

  test('an id that is none', async () => {
    expectError(await client.rest('GET', `${path}/abc`), 400, "'abc' is not a valid UUID");
  });

  test('the documented restore route does not exist', async () => {
    const reply = await client.rest('PATCH', `/restore${path}/${await make()}`);
    expectError(reply, 400, /^Query path '\/rest\/restore\/.*' invalid\./);
  });
});

describe('many records', () => {
  test('PATCH by filter', async () => {
    const filter = encodeURIComponent('name[in]:["rs-1","rs-2"]');
    const reply = await client.rest('PATCH', `${path}?depth=0&filter=${filter}`, { textF: 'many' });
    const { data } = reply.body as List;
    expect(data[`update${pascal(thing.plural)}`]?.map((each) => [each['name'], each['textF']]).toSorted()).toEqual([
      ['rs-1', 'many'],
      ['rs-2', 'many'],
    ]);
  });

  test('soft DELETE by filter', async () => {
    const { id } = row(await things.create({ name: 'rest-many' }));
    const filter = encodeURIComponent(`id[eq]:"${id}"`);
    const reply = await client.rest('DELETE', `${path}?soft_delete=true&filter=${filter}`);
    expect(reply.body).toMatchObject({
      data: { [`delete${pascal(thing.plural)}`]: [{ id, deletedAt: expect.any(String) }] },
    });
  });

  test('DELETE without a filter is refused', async () => {
    expectError(
      await client.rest('DELETE', `${path}?soft_delete=true`),
      400,
      /^Filters are mandatory for bulk delete operations\./,
    );
  });
});

describe('metadata', () => {
  test('objects with their fields', async () => {
    const reply = await contract.key.rest('GET', '/metadata/objects?limit=1');
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      data: { objects: [{ id: expect.any(String), nameSingular: expect.any(String), fields: expect.any(Array) }] },
    });
  });

  test('webhooks are a plain array', async () => {
    const reply = await contract.key.rest('GET', '/metadata/webhooks');
    expect(reply.status).toBe(200);
    expect(Array.isArray(reply.body)).toBe(true);
  });
});
