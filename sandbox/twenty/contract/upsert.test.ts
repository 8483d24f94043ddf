import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { badInput, extensions, page, refusal, row, rows } from './answers.ts';
import { openFixture } from './fixture.ts';

const contract = openFixture();
const { things, thing } = contract;
afterAll(() => contract.close());

const duplicate = badInput(undefined, 'A duplicate entry was detected');
const selection = 'id name textF extId numF selF deletedAt createdAt updatedAt';
const countOf = async (name: string) =>
  page(await things.findMany({ filter: { name: { like: name } } }, 'totalCount')).totalCount;
const batch = (prefix: string, length: number) =>
  Array.from({ length }, (_, index) => ({ id: randomUUID(), name: `${prefix}-${index}` }));

describe('batches', () => {
  test('200 rows are the maximum of a createMany, answered in order', async () => {
    const sent = batch('up-many', 200);
    expect(rows(await things.createMany(sent, 'id name'))).toEqual(sent);
  });

  test('200 rows are the maximum of an upsert', async () => {
    expect(rows(await things.upsert(batch('up-two-hundred', 200)))).toHaveLength(200);
  });

  test.each(['createMany', 'upsert'] as const)(
    '201 rows are refused by %s and nothing is written',
    async (operation) => {
      expect(refusal(await things[operation](batch('up-201', 201)))).toEqual(
        badInput('TOO_MANY_RECORDS_TO_UPDATE', 'Maximum number of records to upsert is 200.'),
      );
      expect(await countOf('up-201-%')).toBe(0);
    },
  );

  test('an empty list answers an empty list', async () => {
    expect(rows(await things.createMany([]))).toEqual([]);
    expect(rows(await things.upsert([]))).toEqual([]);
  });
});

describe('an existing record', () => {
  const existing = { id: '', extId: '' };

  beforeEach(async () => {
    existing.id = randomUUID();
    existing.extId = `up-${existing.id}`;
    row(await things.create({ ...existing, name: 'up-existing', textF: 'keep me', numF: 5, selF: 'OPEN' }));
  });

  test('its id again without upsert is a duplicate', async () => {
    expect(refusal(await things.createMany([{ id: existing.id, name: 'up-again' }]))).toEqual(duplicate);
  });

  test('upsert by id updates what is sent and keeps the rest; only updatedAt moves', async () => {
    const before = row(await things.findOne({ id: { eq: existing.id } }, selection));
    const [after] = rows(await things.upsert([{ id: existing.id, name: 'up-renamed' }], selection));
    expect(after).toEqual({ ...before, name: 'up-renamed', updatedAt: expect.any(String) });
    expect(String(after?.['updatedAt']) > String(before['updatedAt'])).toBe(true);
  });

  test('identical values still move updatedAt', async () => {
    const before = row(await things.findOne({ id: { eq: existing.id } }, selection));
    const [after] = rows(await things.upsert([{ id: existing.id, name: 'up-existing' }], selection));
    expect(String(after?.['updatedAt']) > String(before['updatedAt'])).toBe(true);
  });

  test('null clears', async () => {
    expect(rows(await things.upsert([{ id: existing.id, numF: null, textF: null }], 'numF textF selF'))).toEqual([
      { numF: null, textF: '', selF: 'OPEN' },
    ]);
  });

  test('the answer has updates first, then inserts, whatever was sent first', async () => {
    const fresh = randomUUID();
    const answer = rows(
      await things.upsert(
        [
          { id: fresh, name: 'up-new' },
          { id: existing.id, name: 'up-old' },
        ],
        'id name',
      ),
    );
    expect(answer).toEqual([
      { id: existing.id, name: 'up-old' },
      { id: fresh, name: 'up-new' },
    ]);
  });

  test('a unique field finds it', async () => {
    expect(rows(await things.upsert([{ extId: existing.extId, name: 'up-by-ext' }], 'id name textF'))).toEqual([
      { id: existing.id, name: 'up-by-ext', textF: 'keep me' },
    ]);
  });

  test('a unique field finds it although another id is sent, which is ignored', async () => {
    expect(
      rows(await things.upsert([{ id: randomUUID(), extId: existing.extId, name: 'up-other' }], 'id name')),
    ).toEqual([{ id: existing.id, name: 'up-other' }]);
  });

  test('a unique text is matched case-sensitively', async () => {
    const [created] = rows(await things.upsert([{ extId: existing.extId.toUpperCase(), name: 'up-case' }]));
    expect(created?.id).not.toBe(existing.id);
  });

  test('id of one record and unique value of another: refused', async () => {
    const other = row(await things.create({ name: 'up-third' })).id;
    const message = `Multiple records found with the same unique field values for id (id: ${other}); extId (extId: ${existing.extId}). Cannot determine which record to update.`;
    expect(refusal(await things.upsert([{ id: other, extId: existing.extId }]))).toEqual(
      badInput('UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT', message),
    );
  });

  test('two rows for one record are both applied and answered as one', async () => {
    const sent = [
      { extId: existing.extId, name: 'up-first' },
      { extId: existing.extId, textF: 'second' },
    ];
    expect(rows(await things.upsert(sent, 'id name textF'))).toEqual([
      { id: existing.id, name: 'up-first', textF: 'second' },
    ]);
  });

  test('createOne can upsert too', async () => {
    expect(row(await things.create({ extId: existing.extId, name: 'up-one' }, 'id name', true))).toEqual({
      id: existing.id,
      name: 'up-one',
    });
  });

  test('a duplicate of a unique value names the other record', async () => {
    const reply = await things.createMany([{ extId: existing.extId, name: 'up-dup' }]);
    expect(refusal(reply)).toEqual(duplicate);
    expect(extensions(reply)).toMatchObject({
      conflictingRecordId: existing.id,
      conflictingObjectNameSingular: thing.singular,
    });
  });

  describe('soft-deleted', () => {
    beforeEach(async () => {
      row(await things.delete(existing.id));
    });

    test('its unique value is still taken, and the error does not name it', async () => {
      const reply = await things.createMany([{ extId: existing.extId, name: 'up-after-delete' }]);
      expect(refusal(reply)).toEqual(duplicate);
      expect(extensions(reply)).not.toHaveProperty('conflictingRecordId');
    });

    test.each(['id', 'extId'] as const)('an upsert by %s updates and restores it', async (by) => {
      expect(
        rows(await things.upsert([{ [by]: existing[by], name: 'up-revived' }], 'id name textF deletedAt')),
      ).toEqual([{ id: existing.id, name: 'up-revived', textF: 'keep me', deletedAt: null }]);
    });

    test('an upsert that sends deletedAt restores it all the same', async () => {
      const deletedAt = new Date().toISOString();
      expect(rows(await things.upsert([{ id: existing.id, deletedAt }], 'id deletedAt'))).toEqual([
        { id: existing.id, deletedAt: null },
      ]);
    });

    test('updateOne works and leaves it deleted', async () => {
      expect(row(await things.update(existing.id, { name: 'up-touched' }, 'name deletedAt'))).toEqual({
        name: 'up-touched',
        deletedAt: expect.any(String),
      });
    });
  });
});

describe('new records', () => {
  test('an upsert keeps the id that was sent', async () => {
    const id = randomUUID();
    expect(rows(await things.upsert([{ id, name: 'up-insert', extId: id }], 'id extId'))).toEqual([{ id, extId: id }]);
  });

  test('one unique value twice in a batch: refused, nothing written, no record named', async () => {
    const extId = randomUUID();
    const reply = await things.upsert([
      { extId, name: 'up-twin-1' },
      { extId, name: 'up-twin-2' },
    ]);
    expect(refusal(reply)).toEqual(duplicate);
    expect(extensions(reply)).not.toHaveProperty('conflictingRecordId');
    expect(await countOf('up-twin-%')).toBe(0);
  });

  test('parallel upserts of one new value: one inserts, the others update it or get the duplicate error', async () => {
    const extId = randomUUID();
    const replies = await Promise.all([1, 2, 3, 4].map((numF) => things.upsert([{ extId, name: 'up-race', numF }])));
    const refused = replies.filter((reply) => reply.errors.length > 0);
    expect(refused.length).toBeLessThan(replies.length);
    for (const reply of refused) expect(refusal(reply)).toEqual(duplicate);
    expect(await countOf('up-race')).toBe(1);
  });
});

describe('a batch with a bad row', () => {
  const missing = { companyId: randomUUID() };

  test('a plain createMany writes nothing', async () => {
    const reply = await things.createMany([
      { name: 'up-bad-1' },
      { name: 'up-bad-2', ...missing },
      { name: 'up-bad-3' },
    ]);
    expect(refusal(reply).message).toMatch(/violates foreign key constraint/);
    expect(await countOf('up-bad-%')).toBe(0);
  });

  test('an upsert keeps the updates it made before the insert failed', async () => {
    const { id } = row(await things.create({ name: 'up-half' }));
    const reply = await things.upsert([
      { id, name: 'up-half-updated' },
      { id: randomUUID(), name: 'up-half-new', ...missing },
    ]);
    expect(refusal(reply).message).toMatch(/violates foreign key constraint/);
    expect(row(await things.findOne({ id: { eq: id } }, 'name'))).toEqual({ name: 'up-half-updated' });
    expect(await countOf('up-half-new')).toBe(0);
  });
});
