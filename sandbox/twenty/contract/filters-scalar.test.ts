import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, names, page, refusal, rows, type Refusal } from './answers.ts';
import { openFixture } from './fixture.ts';
import type { Filter } from './records.ts';

const contract = openFixture();
const { things } = contract;
const ids: Record<string, string> = {};

beforeAll(async () => {
  const sent = [
    {
      name: 'fs-Alpha',
      textF: 'Hello World',
      numF: 12.34,
      boolF: true,
      dateF: '2026-03-04',
      dateTimeF: '2026-03-04T05:06:07.890Z',
      selF: 'OPEN',
      multiF: ['A', 'C'],
      ratF: 'RATING_3',
      arrF: ['x', 'y'],
      jsonF: { hay: ['needle'] },
    },
    {
      name: 'fs-Beta',
      textF: '100%_sure',
      numF: -1,
      dateF: '2026-01-01',
      dateTimeF: '2026-01-01T00:00:00.000Z',
      selF: 'DONE',
      multiF: ['B'],
      ratF: 'RATING_5',
      arrF: ['z'],
    },
    { name: 'fs-Gamma' },
    { name: 'fs-delta', textF: 'hello' },
    { name: 'fs-Epsilon', selF: null, boolF: null },
  ];
  for (const created of rows(await things.createMany(sent, 'id name'))) ids[String(created['name'])] = created.id;
});
afterAll(() => contract.close());

const mine = { name: { like: 'fs-%' } };
const find = (filter: Filter) =>
  things.findMany({ filter: { and: [mine, filter] }, orderBy: [{ name: 'AscNullsLast' }] });
const found = async (filter: Filter) => names(await find(filter)).map((name) => String(name).slice('fs-'.length));

type Case = [name: string, filter: Filter, expected: string[]];

test('text is ordered by code point: upper case before lower case', async () => {
  expect(await found({})).toEqual(['Alpha', 'Beta', 'Epsilon', 'Gamma', 'delta']);
});

describe('TEXT', () => {
  test.each<Case>([
    ['eq', { textF: { eq: 'Hello World' } }, ['Alpha']],
    ['neq skips rows without a value', { textF: { neq: 'Hello World' } }, ['Beta', 'delta']],
    ['in', { textF: { in: ['Hello World', 'hello'] } }, ['Alpha', 'delta']],
    ['gt', { textF: { gt: 'h' } }, ['delta']],
    ['gte', { textF: { gte: 'hello' } }, ['delta']],
    ['lt', { textF: { lt: 'h' } }, ['Alpha', 'Beta']],
    ['lte', { textF: { lte: 'hello' } }, ['Alpha', 'Beta', 'delta']],
    ['startsWith is case-sensitive', { textF: { startsWith: 'Hello' } }, ['Alpha']],
    ['endsWith', { textF: { endsWith: 'World' } }, ['Alpha']],
    ['like is case-sensitive', { textF: { like: '%hello%' } }, ['delta']],
    ['ilike is not', { textF: { ilike: '%HELLO%' } }, ['Alpha', 'delta']],
    ['like with escaped wildcards', { textF: { like: '100\\%\\_sure%' } }, ['Beta']],
    ['like with _ for one character', { textF: { like: '100__sure%' } }, ['Beta']],
    ['% inside startsWith is literal', { textF: { startsWith: 'H%W' } }, []],
    ['% inside startsWith matches itself', { textF: { startsWith: '100%' } }, ['Beta']],
    ['_ inside startsWith is literal', { textF: { startsWith: '100__' } }, []],
    ['% inside endsWith is literal', { textF: { endsWith: '0%e' } }, []],
    ['is NULL', { textF: { is: 'NULL' } }, ['Epsilon', 'Gamma']],
    ['is NOT_NULL', { textF: { is: 'NOT_NULL' } }, ['Alpha', 'Beta', 'delta']],
    ['eq "" equals is NULL', { textF: { eq: '' } }, ['Epsilon', 'Gamma']],
    ['neq "" equals is NOT_NULL', { textF: { neq: '' } }, ['Alpha', 'Beta', 'delta']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('NUMBER and BOOLEAN', () => {
  test.each<Case>([
    ['eq', { numF: { eq: 12.34 } }, ['Alpha']],
    ['neq', { numF: { neq: 12.34 } }, ['Beta']],
    ['in', { numF: { in: [12.34, -1] } }, ['Alpha', 'Beta']],
    ['gt', { numF: { gt: 0 } }, ['Alpha']],
    ['gte', { numF: { gte: -1 } }, ['Alpha', 'Beta']],
    ['lt', { numF: { lt: 0 } }, ['Beta']],
    ['lte', { numF: { lte: 12.34 } }, ['Alpha', 'Beta']],
    ['is NULL', { numF: { is: 'NULL' } }, ['Epsilon', 'Gamma', 'delta']],
    ['true', { boolF: { eq: true } }, ['Alpha']],
    ['false', { boolF: { eq: false } }, ['Beta', 'Gamma', 'delta']],
    ['a boolean that is NULL', { boolF: { is: 'NULL' } }, ['Epsilon']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('DATE and DATE_TIME', () => {
  test.each<Case>([
    ['date eq', { dateF: { eq: '2026-03-04' } }, ['Alpha']],
    ['date gte', { dateF: { gte: '2026-01-01' } }, ['Alpha', 'Beta']],
    ['date lt', { dateF: { lt: '2026-03-04' } }, ['Beta']],
    ['date in', { dateF: { in: ['2026-03-04'] } }, ['Alpha']],
    ['date is NULL', { dateF: { is: 'NULL' } }, ['Epsilon', 'Gamma', 'delta']],
    ['date-time eq with milliseconds', { dateTimeF: { eq: '2026-03-04T05:06:07.890Z' } }, ['Alpha']],
    ['date-time gt', { dateTimeF: { gt: '2026-02-01T00:00:00Z' } }, ['Alpha']],
    ['date-time lte with an offset', { dateTimeF: { lte: '2026-01-01T01:00:00+01:00' } }, ['Beta']],
    ['date-time gte a plain date', { dateTimeF: { gte: '2026-03-04' } }, ['Alpha']],
    [
      'updatedAt gte, for polling',
      { updatedAt: { gte: '2026-01-01T00:00:00Z' } },
      ['Alpha', 'Beta', 'Epsilon', 'Gamma', 'delta'],
    ],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('lists, options and JSON', () => {
  test.each<Case>([
    ['select eq', { selF: { eq: 'OPEN' } }, ['Alpha']],
    ['select neq skips NULL', { selF: { neq: 'OPEN' } }, ['Beta', 'Gamma', 'delta']],
    ['select in', { selF: { in: ['OPEN', 'DONE'] } }, ['Alpha', 'Beta']],
    ['select is NULL', { selF: { is: 'NULL' } }, ['Epsilon']],
    ['multi-select containsAny', { multiF: { containsAny: ['A', 'B'] } }, ['Alpha', 'Beta']],
    ['multi-select isEmptyArray finds nothing: stored as NULL', { multiF: { isEmptyArray: true } }, []],
    ['multi-select is NULL', { multiF: { is: 'NULL' } }, ['Epsilon', 'Gamma', 'delta']],
    ['rating eq', { ratF: { eq: 'RATING_3' } }, ['Alpha']],
    ['rating in', { ratF: { in: ['RATING_3', 'RATING_5'] } }, ['Alpha', 'Beta']],
    ['array containsIlike', { arrF: { containsIlike: '%X%' } }, ['Alpha']],
    ['array is NULL', { arrF: { is: 'NULL' } }, ['Epsilon', 'Gamma', 'delta']],
    ['array isEmptyArray finds nothing', { arrF: { isEmptyArray: true } }, []],
    ['JSON like, on its text', { jsonF: { like: '%needle%' } }, ['Alpha']],
    ['JSON is NULL', { jsonF: { is: 'NULL' } }, ['Beta', 'Epsilon', 'Gamma', 'delta']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('and, or, not', () => {
  test.each<Case>([
    ['and', { and: [{ boolF: { eq: true } }, { numF: { gt: 0 } }] }, ['Alpha']],
    ['or', { or: [{ name: { eq: 'fs-Gamma' } }, { numF: { lt: 0 } }] }, ['Beta', 'Gamma']],
    ['not', { not: { name: { eq: 'fs-Alpha' } } }, ['Beta', 'Epsilon', 'Gamma', 'delta']],
    ['not skips rows with NULL', { not: { textF: { eq: 'Hello World' } } }, ['Beta', 'delta']],
    ['fields of one object are ANDed', { boolF: { eq: true }, name: { eq: 'fs-Alpha' } }, ['Alpha']],
    [
      'or beside a field is ANDed with it',
      { name: { in: ['fs-Alpha', 'fs-Beta'] }, or: [{ numF: { lt: 0 } }, { name: { eq: 'fs-Gamma' } }] },
      ['Beta'],
    ],
    [
      'nested',
      {
        and: [{ not: { selF: { eq: 'DONE' } } }, { or: [{ name: { ilike: 'fs-a%' } }, { name: { ilike: 'fs-d%' } }] }],
      },
      ['Alpha', 'delta'],
    ],
    ['an empty and is no condition', { and: [] }, ['Alpha', 'Beta', 'Epsilon', 'Gamma', 'delta']],
  ])('%s', async (_name, filter, expected) => expect(await found(filter)).toEqual(expected));
});

describe('ids', () => {
  const unknown = '11111111-2222-4333-8444-555555555555';

  test('eq, in and neq', async () => {
    expect(await found({ id: { eq: ids['fs-Alpha'] } })).toEqual(['Alpha']);
    expect(await found({ id: { in: [ids['fs-Alpha'], unknown] } })).toEqual(['Alpha']);
    expect(await found({ id: { neq: ids['fs-Alpha'] } })).toEqual(['Beta', 'Epsilon', 'Gamma', 'delta']);
  });

  test('gt pages by id', async () => {
    const sorted = Object.entries(ids).toSorted(([, left], [, right]) => (left < right ? -1 : 1));
    const [first, ...later] = sorted;
    const expected = later.map(([name]) => name.slice('fs-'.length)).toSorted();
    expect(await found({ id: { gt: first?.[1] } })).toEqual(expected);
  });
});

describe('refused filters', () => {
  const textOperators = 'eq, neq, gt, gte, lt, lte, in, is, like, ilike, startsWith, endsWith';
  const oneOperator = badInput('INVALID_ARGS_FILTER', 'Filter for field "textF" must have exactly one operator');
  const operator = (name: string, field: string, type: string, allowed: string) =>
    badInput(
      'INVALID_ARGS_FILTER',
      `Operator "${name}" is not valid for field "${field}" of type ${type} - Allowed operators: ${allowed}`,
    );
  const emptyList = (field: string) =>
    badInput('INVALID_QUERY_INPUT', `Invalid filter value for field ${field}. Expected non-empty array`);

  test.each<[string, Filter, Refusal]>([
    ['regex', { textF: { regex: '^Hello' } }, operator('regex', 'textF', 'TEXT', textOperators)],
    ['iregex', { textF: { iregex: '^hello' } }, operator('iregex', 'textF', 'TEXT', textOperators)],
    ['an unknown operator', { textF: { contains: 'x' } }, operator('contains', 'textF', 'TEXT', textOperators)],
    ['no operator', { textF: {} }, oneOperator],
    ['two operators on one field', { textF: { gt: 'a', lt: 'i' } }, oneOperator],
    ['in with an empty list', { textF: { in: [] } }, emptyList('textF')],
    ['in with an empty list of ids', { id: { in: [] } }, emptyList('id')],
    [
      'an id that is no UUID',
      { id: { eq: 'abc' } },
      badInput('INVALID_ARGS_FILTER', `Invalid UUID value 'abc' for field "id"`),
    ],
    [
      'a date-time that is none',
      { dateTimeF: { gte: 'yesterday' } },
      badInput(
        'INVALID_ARGS_FILTER',
        `Invalid value 'yesterday' for date-time field "dateTimeF". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
      ),
    ],
    [
      'containsAny on a single select',
      { selF: { containsAny: ['OPEN'] } },
      { code: 'INTERNAL_SERVER_ERROR', message: 'Data validation error.' },
    ],
    [
      'eq on a multi-select',
      { multiF: { eq: 'A' } },
      operator('eq', 'multiF', 'MULTI_SELECT', 'containsAny, is, isEmptyArray'),
    ],
    [
      'in on a multi-select',
      { multiF: { in: ['A'] } },
      operator('in', 'multiF', 'MULTI_SELECT', 'containsAny, is, isEmptyArray'),
    ],
    [
      'contains on an array',
      { arrF: { contains: ['x'] } },
      operator('contains', 'arrF', 'ARRAY', 'containsIlike, is, isEmptyArray'),
    ],
    [
      'search on the search vector',
      { searchVector: { search: 'alpha' } },
      operator('search', 'searchVector', 'TS_VECTOR', 'eq, neq, is'),
    ],
    [
      'an unknown field',
      { nope: { eq: 1 } },
      badInput('INVALID_ARGS_FILTER', `Object ${contract.thing.singular} doesn't have any "nope" field.`),
    ],
  ])('%s', async (_name, filter, expected) => expect(refusal(await find(filter))).toEqual(expected));

  test('an unknown option is the raw error of the database', async () => {
    const { code, subCode, message } = refusal(await find({ selF: { eq: 'NOPE' } }));
    expect({ code, subCode }).toEqual({ code: 'BAD_USER_INPUT', subCode: undefined });
    expect(message).toMatch(
      new RegExp(`^invalid input value for enum .*_${contract.thing.singular}_selF_enum": "NOPE"$`),
    );
  });
});

test('totalCount counts what the filter finds', async () => {
  expect(page(await find({ numF: { is: 'NULL' } })).totalCount).toBe(3);
});
