import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { badInput, names, notFound, page, refusal, row, rows } from './answers.ts';
import { openFixture } from './fixture.ts';
import { pascal } from './records.ts';

const contract = openFixture();
const { things, client, thing } = contract;
afterAll(() => contract.close());

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Records of one test, under a name that no other test uses. */
async function make(count: number): Promise<{ ids: string[]; mine: { name: { like: string } } }> {
  const prefix = `dr-${randomUUID().slice(0, 8)}`;
  const sent = Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index + 1}` }));
  const created = rows(await things.createMany(sent));
  return { ids: created.map((each) => each.id), mine: { name: { like: `${prefix}-%` } } };
}

describe('one record', () => {
  let id = '';
  beforeEach(async () => {
    id = row(await things.create({ name: 'dr-one' })).id;
  });

  test('deleteOne sets deletedAt and moves updatedAt', async () => {
    const deleted = row(await things.delete(id, 'id name deletedAt updatedAt'));
    expect(deleted).toEqual({ id, name: 'dr-one', deletedAt: timestamp, updatedAt: deleted['deletedAt'] });
  });

  test('deleteOne again succeeds and moves deletedAt', async () => {
    const first = row(await things.delete(id));
    const second = row(await things.delete(id));
    expect(String(second['deletedAt']) > String(first['deletedAt'])).toBe(true);
  });

  test('a deleted record is hidden unless the filter mentions deletedAt', async () => {
    row(await things.delete(id));
    expect(refusal(await things.findOne({ id: { eq: id } }))).toEqual(notFound);
    expect(row(await things.findOne({ id: { eq: id }, deletedAt: { is: 'NOT_NULL' } }, 'id'))).toEqual({ id });
  });

  test('restoreOne clears deletedAt', async () => {
    row(await things.delete(id));
    expect(row(await things.restore(id))).toEqual({ id, deletedAt: null });
    expect(row(await things.findOne({ id: { eq: id } }, 'id'))).toEqual({ id });
  });

  test('restoreOne of a record that is not deleted succeeds', async () => {
    expect(row(await things.restore(id))).toEqual({ id, deletedAt: null });
  });

  test('destroyOne needs no soft delete before it, and works once', async () => {
    expect(row(await things.destroy(id, 'id name deletedAt'))).toEqual({ id, name: 'dr-one', deletedAt: null });
    expect(refusal(await things.destroy(id))).toEqual(notFound);
    expect(refusal(await things.findOne({ id: { eq: id }, deletedAt: { is: 'NOT_NULL' } }))).toEqual(notFound);
  });

  test.each(['delete', 'restore', 'destroy'] as const)('%s of nobody', async (operation) => {
    expect(refusal(await things[operation](randomUUID()))).toEqual(notFound);
  });
});

describe('what a filter with deletedAt sees', () => {
  test('only deleted, or both', async () => {
    const { ids, mine } = await make(3);
    row(await things.delete(String(ids[0])));
    const count = async (filter: object) => page(await things.findMany({ filter: { ...mine, ...filter } })).totalCount;
    expect(await count({})).toBe(2);
    expect(await count({ deletedAt: { is: 'NOT_NULL' } })).toBe(1);
    expect(await count({ or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] })).toBe(3);
  });

  test('one poll sees changed and deleted records', async () => {
    const { ids, mine } = await make(2);
    const since = new Date(Date.now() - 60_000).toISOString();
    row(await things.delete(String(ids[0])));
    const changed = { or: [{ deletedAt: { gte: since } }, { updatedAt: { gte: since } }] };
    expect(names(await things.findMany({ filter: { and: [mine, changed] } }))).toHaveLength(2);
  });
});

describe('many records', () => {
  test('deleteMany by filter', async () => {
    const { ids, mine } = await make(3);
    const chosen = ids.slice(0, 2);
    const deleted = rows(await things.deleteMany({ id: { in: chosen } }));
    expect(deleted.map((each) => each.id).toSorted()).toEqual(chosen.toSorted());
    for (const each of deleted) expect(each).toEqual({ id: each.id, deletedAt: timestamp });
    expect(page(await things.findMany({ filter: mine })).totalCount).toBe(1);
  });

  test('deleteMany, updateMany and restoreMany of nobody answer an empty list', async () => {
    const nobody = { name: { eq: 'dr-nobody' } };
    expect(rows(await things.deleteMany(nobody))).toEqual([]);
    expect(rows(await things.updateMany(nobody, { textF: 'x' }))).toEqual([]);
    expect(rows(await things.restoreMany(nobody))).toEqual([]);
  });

  test('destroyMany by ids, deleted or not', async () => {
    const { ids, mine } = await make(3);
    row(await things.delete(String(ids[0])));
    const destroyed = rows(await things.destroyMany(ids));
    expect(destroyed.map((each) => each.id).toSorted()).toEqual(expect.arrayContaining(ids.slice(1).toSorted()));
    expect(page(await things.findMany({ filter: mine })).totalCount).toBe(0);
  });

  test('restoreMany answers every matching record, also those that were not deleted', async () => {
    const { ids, mine } = await make(3);
    row(await things.delete(String(ids[0])));
    const restored = rows(await things.restoreMany(mine));
    expect(restored.map((each) => each.id).toSorted()).toEqual(ids.toSorted());
    expect(page(await things.findMany({ filter: mine })).totalCount).toBe(3);
  });

  test('restoreMany with deletedAt in its filter restores, but answers an empty list', async () => {
    const { mine } = await make(2);
    rows(await things.deleteMany(mine));
    expect(rows(await things.restoreMany({ ...mine, deletedAt: { is: 'NOT_NULL' } }))).toEqual([]);
    expect(page(await things.findMany({ filter: mine })).totalCount).toBe(2);
  });

  test('updateMany by filter', async () => {
    const { ids, mine } = await make(2);
    const updated = rows(await things.updateMany(mine, { textF: 'bulk' }, 'id textF'));
    expect(updated.map((each) => each.id).toSorted()).toEqual(ids.toSorted());
    for (const each of updated) expect(each['textF']).toBe('bulk');
  });
});

describe('limits of the many', () => {
  test('updateMany takes 200 records and no more; deleteMany has no limit', async () => {
    const { mine } = await make(200);
    expect(rows(await things.updateMany(mine, { textF: 'bulk' }))).toHaveLength(200);
    const prefix = mine.name.like.slice(0, -1);
    row(await things.create({ name: `${prefix}201` }));
    expect(refusal(await things.updateMany(mine, { textF: 'refused' }))).toEqual(
      badInput(undefined, 'Cannot update more than 200 records at once'),
    );
    expect(page(await things.findMany({ filter: { ...mine, textF: { eq: 'bulk' } } })).totalCount).toBe(200);
    expect(rows(await things.deleteMany(mine))).toHaveLength(201);
  });
});

test('destroyMany needs a filter', async () => {
  const reply = await client.graphql(`mutation{destroy${pascal(thing.plural)}{id}}`);
  expect(refusal(reply)).toEqual(badInput('INVALID_QUERY_INPUT', 'Missing required argument: "filter" (object)'));
});
