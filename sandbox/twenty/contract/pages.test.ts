import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, names, page, refusal, row, rows, type Page } from './answers.ts';
import { company, openFixture } from './fixture.ts';
import { recordsOf, type FindArguments } from './records.ts';

const contract = openFixture();
const { things, client, thing, name: run } = contract;
afterAll(() => contract.close());

const mine = { name: { like: 'pg-%' } };
const byName = [{ name: 'AscNullsLast' }];
// A cursor holds the ordered values only as far as they are selected.
const selection = `totalCount edges{cursor node{id name numF updatedAt curF{amountMicros}}}
  pageInfo{hasNextPage hasPreviousPage startCursor endCursor}`;
const find = (args: FindArguments) => things.findMany({ filter: mine, ...args }, selection);
const short = async (args: FindArguments) =>
  names(await find(args)).map((name) => Number(String(name).slice('pg-'.length)));
const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const decode = (cursor: string | null) =>
  JSON.parse(Buffer.from(String(cursor), 'base64').toString()) as Record<string, unknown>;

beforeAll(async () => {
  const sent = [1, 2, null, 1, 2, null, 1].map((numF, index) => ({
    name: `pg-${index + 1}`,
    numF,
    curF: { amountMicros: (index + 1) * 1_000_000, currencyCode: 'EUR' },
  }));
  rows(await things.createMany(sent));
});

/** Follows `endCursor` to the last page. */
async function walk(args: FindArguments): Promise<Page[]> {
  const pages: Page[] = [];
  for (let after: string | null | undefined; ;) {
    const next = page(await find({ ...args, ...(after && { after }) }));
    pages.push(next);
    if (!next.pageInfo.hasNextPage) return pages;
    after = next.pageInfo.endCursor;
  }
}
const walked = (pages: Page[]) =>
  pages.flatMap((each) => each.edges.map((edge) => Number(String(edge.node['name']).slice('pg-'.length))));

describe('forward', () => {
  test('three pages by name; totalCount covers the whole set and hasPreviousPage stays false', async () => {
    const pages = await walk({ first: 3, orderBy: byName });
    expect(pages.map((each) => each.edges.length)).toEqual([3, 3, 1]);
    expect(walked(pages)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(pages.map((each) => each.totalCount)).toEqual([7, 7, 7]);
    expect(pages.map((each) => each.pageInfo.hasPreviousPage)).toEqual([false, false, false]);
    expect(pages[0]?.pageInfo).toMatchObject({
      startCursor: pages[0]?.edges[0]?.cursor,
      endCursor: pages[0]?.edges[2]?.cursor,
    });
  });

  test('a page after the last record is empty', async () => {
    const last = (await walk({ first: 3, orderBy: byName })).at(-1);
    const after = String(last?.pageInfo.endCursor);
    expect(page(await find({ first: 3, orderBy: byName, after }))).toEqual({
      totalCount: 7,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('without an order it is the id, and the cursor holds only that: the safe full scan', async () => {
    const pages = await walk({ first: 2 });
    const ids = pages.flatMap((each) => each.edges.map((edge) => edge.node.id));
    expect(ids).toEqual(ids.toSorted());
    expect(ids).toHaveLength(7);
    expect(decode(pages[0]?.pageInfo.endCursor ?? null)).toEqual({ id: ids[1] });
  });

  test('a cursor is base64 of the ordered values and the id', async () => {
    const { edges } = page(await find({ first: 1, orderBy: [{ numF: 'AscNullsLast' }, ...byName] }));
    expect(decode(edges[0]?.cursor ?? null)).toEqual({ numF: 1, name: 'pg-1', id: edges[0]?.node.id });
  });
});

describe('other orders', () => {
  test.each<[string, FindArguments, number[]]>([
    ['descending', { orderBy: [{ name: 'DescNullsLast' }], first: 2 }, [7, 6]],
    ['one object instead of a list', { orderBy: { name: 'DescNullsLast' }, first: 2 }, [7, 6]],
    ['NULLs first', { orderBy: [{ numF: 'AscNullsFirst' }, ...byName], first: 3 }, [3, 6, 1]],
    ['descending, NULLs first', { orderBy: [{ numF: 'DescNullsFirst' }, ...byName], first: 3 }, [3, 6, 2]],
    ['offset', { orderBy: byName, first: 2, offset: 5 }, [6, 7]],
    ['last without before is only a limit', { orderBy: byName, last: 2 }, [1, 2]],
  ])('%s', async (_name, args, expected) => expect(await short(args)).toEqual(expected));

  test('by a part of a composite, whose value nests in the cursor', async () => {
    const { edges } = page(await find({ orderBy: [{ curF: { amountMicros: 'DescNullsLast' } }], first: 2 }));
    expect(edges.map((edge) => edge.node['name'])).toEqual(['pg-7', 'pg-6']);
    expect(decode(edges[1]?.cursor ?? null)).toEqual({ curF: { amountMicros: 6_000_000 }, id: edges[1]?.node.id });
  });

  test('by a relation the cursor holds only the id', async () => {
    const { edges } = page(await find({ orderBy: [{ company: { name: 'AscNullsLast' } }], first: 2 }));
    expect(decode(edges[0]?.cursor ?? null)).toEqual({ id: edges[0]?.node.id });
  });

  test('by updatedAt and id', async () => {
    const order = [{ updatedAt: 'AscNullsLast' }, { id: 'AscNullsLast' }];
    expect(walked(await walk({ first: 4, orderBy: order })).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('rows that paging loses', () => {
  const nullable = (direction: string) => [{ numF: direction }, { name: 'AscNullsLast' }];

  test('those with NULL in the ordered field, although hasNextPage is false and totalCount counts them', async () => {
    const pages = await walk({ first: 3, orderBy: nullable('AscNullsLast') });
    expect(walked(pages)).toEqual([1, 4, 7, 2, 5]);
    expect(pages.at(-1)?.totalCount).toBe(7);
  });

  test('those that order after the cursor, when the ordered field is not selected: the cursor lacks it', async () => {
    const args = { filter: mine, first: 1, orderBy: [{ name: 'DescNullsLast' }] };
    const [first] = page(await things.findMany(args, 'edges{cursor node{id}}')).edges;
    expect(decode(first?.cursor ?? null)).toEqual({ id: first?.node.id });
  });

  test('all after a NULL, when NULLs come first', async () => {
    const [first] = page(await find({ first: 1, orderBy: nullable('AscNullsFirst') })).edges;
    const next = page(await find({ first: 3, orderBy: nullable('AscNullsFirst'), after: String(first?.cursor) }));
    expect(next.edges).toEqual([]);
    expect(next.pageInfo.hasNextPage).toBe(false);
  });
});

describe('backward', () => {
  test('last 2 before a cursor keep the requested order; hasPreviousPage is set, hasNextPage is false', async () => {
    const before = cursorOf({ name: 'pg-5', id: 'ffffffff-ffff-4fff-8fff-ffffffffffff' });
    const found = page(await find({ last: 2, before, orderBy: byName }));
    expect(found.edges.map((edge) => edge.node['name'])).toEqual(['pg-4', 'pg-5']);
    expect(found.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
  });
});

describe('page sizes', () => {
  beforeAll(async () => {
    rows(await things.createMany(Array.from({ length: 200 }, (_, index) => ({ name: `pgsize-${index}` }))));
    row(await things.create({ name: 'pgsize-200' }));
  });
  const sizes = { name: { like: 'pgsize-%' } };

  test.each<[string, FindArguments, number, boolean]>([
    ['the default is 200', {}, 200, true],
    ['there is no maximum', { first: 100_000 }, 201, false],
    ['0 gives no edges', { first: 0 }, 0, true],
  ])('%s', async (_name, args, length, hasNextPage) => {
    const found = page(await things.findMany({ filter: sizes, ...args }));
    expect(found.edges).toHaveLength(length);
    expect(found.pageInfo.hasNextPage).toBe(hasNextPage);
    expect(found.totalCount).toBe(201);
  });
});

describe('refused', () => {
  test.each<[string, FindArguments, ReturnType<typeof badInput>]>([
    ['first and last together', { first: 1, last: 1 }, badInput('ARGS_CONFLICT', 'Cannot provide both first and last')],
    ['a broken cursor', { first: 1, after: '%%%' }, badInput('INVALID_CURSOR', 'Invalid cursor: %%%')],
    ['a negative size', { first: -1 }, badInput('INVALID_ARGS_FIRST', 'First argument must be non-negative')],
    [
      'an unknown direction',
      { first: 2, orderBy: [{ name: 'ASC' }] },
      badInput(
        'INVALID_QUERY_INPUT',
        'Scalar field "name" requires a direction value (AscNullsFirst, AscNullsLast, DescNullsFirst, DescNullsLast)',
      ),
    ],
  ])('%s', async (_name, args, expected) => expect(refusal(await find(args))).toEqual(expected));

  test('but a cursor of another order is accepted: only its id counts', async () => {
    const after = cursorOf({ id: '00000000-0000-0000-0000-000000000000' });
    expect(page(await find({ first: 2, orderBy: [{ numF: 'AscNullsLast' }], after })).edges).toHaveLength(2);
  });
});

describe('a one-to-many relation below a record', () => {
  const companyId = contract.own(company);
  const companies = recordsOf(client, company);
  const nested = `${thing.plural}(first:2,filter:{name:{eq:"pgn-1"}}){totalCount edges{node{name}} pageInfo{hasNextPage hasPreviousPage}}`;

  beforeAll(async () => {
    row(await companies.create({ id: companyId, name: `Contract ${run} pages` }));
    rows(await things.createMany(Array.from({ length: 70 }, (_, index) => ({ name: `pgn-${index}`, companyId }))));
  });

  test('is cut at 60 without a sign, whatever its arguments ask', async () => {
    const related = row(await companies.findOne({ id: { eq: companyId } }, nested))[thing.plural] as Page;
    expect(related.edges).toHaveLength(60);
    expect(related).toMatchObject({ totalCount: 60, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
  });

  test('is complete from the other side', async () => {
    const found = page(await things.findMany({ first: 65, filter: { companyId: { eq: companyId } } }));
    expect(found.edges).toHaveLength(65);
    expect(found).toMatchObject({ totalCount: 70, pageInfo: { hasNextPage: true } });
  });
});
