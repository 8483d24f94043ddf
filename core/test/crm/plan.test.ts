import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { createHoldBack } from '../../crm/hold-back.ts';
import { planBatches } from '../../crm/plan.ts';
import type { PendingRow, PlanOptions } from '../../crm/plan.ts';

const nobody: PlanOptions = { busy: new Set(), existing: new Set(), maxRecords: 200, maxBytes: 9_000_000 };

const row = (seq: number, recordId: string, more: Partial<PendingRow> = {}): PendingRow => ({
  seq,
  object: 'person',
  recordId,
  refs: [],
  bytes: 100,
  state: 'pending',
  ...more,
});

/** Everything that may go, the batches that are not full last. */
const sendable = (rows: readonly PendingRow[], options = nobody) => {
  const { ready, partial } = planBatches(rows, options);
  return [...ready, ...partial];
};

const idsOf = (rows: readonly PendingRow[], options = nobody) =>
  sendable(rows, options).map((batch) => batch.records.map(({ recordId }) => recordId));

describe('planBatches', () => {
  test('cuts at the number of records and at the size', () => {
    const many = Array.from({ length: 401 }, (_, index) => row(index, `r${index}`));
    expect(idsOf(many).map((ids) => ids.length)).toEqual([200, 200, 1]);
    const large = [row(1, 'a', { bytes: 6e6 }), row(2, 'b', { bytes: 6e6 }), row(3, 'c', { bytes: 1e6 })];
    expect(idsOf(large)).toEqual([['a'], ['b', 'c']]);
  });

  test('a record that was refused before travels alone with what came since', () => {
    const rows = [row(1, 'a', { state: 'parked' }), row(2, 'b'), row(3, 'a')];
    expect(sendable(rows).map(({ records }) => records.map(({ seqs }) => seqs))).toEqual([[[1, 3]], [[2]]]);
  });

  test('what points at a refused record is blocked, unless Twenty has that record', () => {
    const rows = [row(1, 'a', { state: 'parked' }), row(2, 'b', { refs: ['a'] })];
    expect(planBatches(rows, nobody)).toMatchObject({ ready: [], partial: [], blocked: [{ waitsFor: 'a' }] });
    expect(idsOf(rows, { ...nobody, existing: new Set(['a']) })).toEqual([['b']]);
  });

  test('a circle opens with one record that goes without its relation', () => {
    const rows = [row(1, 'x', { refs: ['a'] }), row(2, 'a', { refs: ['b'] }), row(3, 'b', { refs: ['a'] })];
    const { ready } = planBatches(rows, nobody);
    expect(ready).toHaveLength(1);
    expect(ready[0]?.records).toMatchObject([{ recordId: 'a', withhold: ['b'] }]);
  });

  test('tells the batches that are full from the others', () => {
    const rows = [
      ...Array.from({ length: 200 }, (_, index) => row(index, `r${index}`)),
      row(300, 'c', { object: 'company' }),
    ];
    const { ready, partial } = planBatches(rows, nobody);
    expect(ready.map(({ object }) => object)).toEqual(['person']);
    expect(partial.map(({ object }) => object)).toEqual(['company']);
  });
});

describe('a batch that is not full', () => {
  const batch = { object: 'company', records: [] };

  test('waits for company while others go, for as long as its lane is patient', () => {
    let now = 0;
    const { release } = createHoldBack({ now: () => now });
    expect(release('bulk', [batch], 'crowd')).toEqual([]);
    now += 14_000;
    expect(release('bulk', [batch], 'crowd')).toEqual([]);
    now += 1000;
    expect(release('bulk', [batch], 'crowd')).toEqual([batch]);
    expect(release('bulk', [batch], 'crowd')).toEqual([]);
  });

  test('waits a moment for what the answer under way brings, and is not looked at meanwhile', () => {
    let now = 0;
    const { release, keeps } = createHoldBack({ now: () => now });
    expect(release('normal', [batch], 'company')).toEqual([]);
    expect(keeps('normal')).toBe(true);
    now += 200;
    expect(release('normal', [batch], 'company')).toEqual([batch]);
    expect(keeps('normal')).toBe(false);
  });

  test('goes when nothing else does, and at once when somebody waits for it', () => {
    const { release } = createHoldBack({ now: () => 0 });
    expect(release('bulk', [batch], undefined)).toEqual([batch]);
    expect(release('live', [batch], 'crowd')).toEqual([batch]);
  });
});

const rowsOfAnyShape = fc
  .array(
    fc.record({
      record: fc.integer({ min: 0, max: 12 }),
      refs: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
      bytes: fc.integer({ min: 1, max: 400 }),
    }),
    { maxLength: 60 },
  )
  .map((drafts) =>
    drafts.map(({ record, refs, bytes }, index) =>
      row(index, `r${record}`, { object: `object${record % 3}`, refs: refs.map((ref) => `r${ref}`), bytes }),
    ),
  );

test('whatever is staged goes out, each patch once, patches of a record in order, what points at another record later', () => {
  fc.assert(
    fc.property(rowsOfAnyShape, (rows) => {
      const sent: number[] = [];
      const landed = new Set<string>();
      let left = [...rows];
      while (left.length > 0) {
        const ready = sendable(left, { ...nobody, existing: landed, maxRecords: 5, maxBytes: 1000 });
        expect(ready.length).toBeGreaterThan(0);
        const together = ready.flatMap(({ records }) => records);
        for (const { seqs, withhold } of together) {
          const refs = left.filter(({ seq }) => seqs.includes(seq)).flatMap((one) => one.refs);
          const own = left.find(({ seq }) => seq === seqs[0])?.recordId;
          const unmet = refs.filter((ref) => ref !== own && !landed.has(ref) && !withhold.includes(ref));
          expect(unmet.filter((ref) => left.some(({ recordId }) => recordId === ref))).toEqual([]);
        }
        for (const { records } of ready) {
          expect(records.length).toBeLessThanOrEqual(5);
          if (records.length > 1) expect(records.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(1000);
        }
        sent.push(...together.flatMap(({ seqs }) => seqs));
        for (const { recordId } of together) landed.add(recordId);
        left = left.filter(({ seq }) => !sent.includes(seq));
      }
      expect(sent.toSorted((one, other) => one - other)).toEqual(rows.map(({ seq }) => seq));
      for (const recordId of landed) {
        const own = sent.filter((seq) => rows[seq]?.recordId === recordId);
        expect(own).toEqual(own.toSorted((one, other) => one - other));
      }
    }),
  );
});
