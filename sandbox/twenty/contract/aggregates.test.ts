import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { badInput, page, refusal, rows, value } from './answers.ts';
import { company, openFixture } from './fixture.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { things, client, name: run } = contract;
afterAll(() => contract.close());

const filter = { name: { like: 'ag-%' } };
const companyId = contract.own(company);

beforeAll(async () => {
  await recordsOf(client, company).create({ id: companyId, name: `Contract ${run} groups` });
  const sent = [1, 2, null, 1, 2, null, 1].map((numF, index) => ({
    name: `ag-${index + 1}`,
    numF,
    boolF: index === 0,
    selF: index < 5 ? 'OPEN' : 'DONE',
    dateTimeF: `2026-0${index < 4 ? 3 : 4}-15T12:00:00.000Z`,
    curF: { amountMicros: (index + 1) * 1_000_000, currencyCode: index % 2 === 0 ? 'EUR' : 'USD' },
    ...(index === 0 && { companyId }),
  }));
  rows(await things.createMany(sent));
});

type Group = { groupByDimensionValues: unknown[]; [aggregate: string]: unknown };
const groupBy = async (args: object, selection = 'groupByDimensionValues totalCount') =>
  value(await things.groupBy({ filter, ...args }, selection)) as Group[];

describe('aggregates beside edges', () => {
  test('cover the whole filtered set', async () => {
    const selection = `totalCount countNotEmptyNumF countEmptyNumF countUniqueValuesNumF minNumF maxNumF avgNumF sumNumF
      percentageEmptyNumF percentageNotEmptyNumF sumCurFAmountMicros countTrueBoolF countFalseBoolF minDateTimeF maxDateTimeF`;
    expect(page(await things.findMany({ first: 1, filter }, selection))).toEqual({
      totalCount: 7,
      countNotEmptyNumF: 5,
      countEmptyNumF: 2,
      countUniqueValuesNumF: 2,
      minNumF: 1,
      maxNumF: 2,
      avgNumF: 1.4,
      sumNumF: 7,
      percentageEmptyNumF: 2 / 7,
      percentageNotEmptyNumF: 5 / 7,
      sumCurFAmountMicros: 28_000_000,
      countTrueBoolF: 1,
      countFalseBoolF: 6,
      minDateTimeF: '2026-03-15T12:00:00.000Z',
      maxDateTimeF: '2026-04-15T12:00:00.000Z',
    });
  });

  test('need no edges', async () => {
    expect(value(await things.findMany({ filter }, 'totalCount'))).toEqual({ totalCount: 7 });
  });
});

describe('groupBy', () => {
  test('a number, with an aggregate', async () => {
    expect(
      await groupBy({ groupBy: [{ numF: true }] }, 'groupByDimensionValues totalCount sumCurFAmountMicros'),
    ).toEqual(
      expect.arrayContaining([
        { groupByDimensionValues: [1], totalCount: 3, sumCurFAmountMicros: 12_000_000 },
        { groupByDimensionValues: [2], totalCount: 2, sumCurFAmountMicros: 7_000_000 },
        { groupByDimensionValues: [null], totalCount: 2, sumCurFAmountMicros: 9_000_000 },
      ]),
    );
  });

  test('two dimensions, ordered and limited', async () => {
    const args = {
      groupBy: [{ curF: { currencyCode: true } }, { numF: true }],
      orderBy: [{ aggregate: { totalCount: 'DescNullsLast' } }],
      limit: 1,
    };
    expect(await groupBy(args)).toEqual([{ groupByDimensionValues: ['EUR', 1], totalCount: 2 }]);
  });

  test('a select', async () => {
    expect(await groupBy({ groupBy: [{ selF: true }] })).toEqual(
      expect.arrayContaining([
        { groupByDimensionValues: ['OPEN'], totalCount: 5 },
        { groupByDimensionValues: ['DONE'], totalCount: 2 },
      ]),
    );
  });

  test('months of a time zone', async () => {
    const groups = await groupBy({ groupBy: [{ dateTimeF: { granularity: 'MONTH', timeZone: 'Europe/Vienna' } }] });
    expect(groups).toEqual(
      expect.arrayContaining([
        { groupByDimensionValues: ['2026-03-01'], totalCount: 4 },
        { groupByDimensionValues: ['2026-04-01'], totalCount: 3 },
      ]),
    );
  });

  test('dates need a time zone', async () => {
    const reply = await things.groupBy(
      { groupBy: [{ createdAt: { granularity: 'DAY' } }] },
      'groupByDimensionValues totalCount',
    );
    expect(refusal(reply)).toEqual(
      badInput(
        'MISSING_TIMEZONE_FOR_DATE_GROUP_BY',
        'Time zone should be specified for a group by date on Day, Week, Month, Quarter or Year',
      ),
    );
  });

  test('through a relation', async () => {
    expect(await groupBy({ groupBy: [{ company: { name: true } }] })).toEqual(
      expect.arrayContaining([
        { groupByDimensionValues: [null], totalCount: 6 },
        { groupByDimensionValues: [`Contract ${run} groups`], totalCount: 1 },
      ]),
    );
  });

  test('with the records of each group', async () => {
    const args = { groupBy: [{ selF: true }], orderByForRecords: [{ name: 'AscNullsLast' }] };
    const groups = await groupBy(args, 'groupByDimensionValues edges{node{name}}');
    const done = groups.find((group) => group.groupByDimensionValues[0] === 'DONE');
    expect(done?.['edges']).toEqual([{ node: { name: 'ag-6' } }, { node: { name: 'ag-7' } }]);
  });

  test('nothing is one group', async () => {
    expect(await groupBy({ groupBy: [] })).toEqual([{ groupByDimensionValues: [], totalCount: 7 }]);
  });
});
