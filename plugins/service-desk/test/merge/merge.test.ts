import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { attachCall } from '../../cases/attach.ts';
import { changeCase } from '../../cases/change.ts';
import { noteOutsideChange } from '../../cases/outside.ts';
import { isEnded } from '../../map.ts';
import { linkCases } from '../../merge/links.ts';
import { mergeCases } from '../../merge/merge.ts';
import { relationsOf } from '../../merge/show.ts';
import { splitCase } from '../../merge/split.ts';
import { mergedInto, mergeOf, survivorOf } from '../../merge/store.ts';
import { noteMergedChange, separateDeleted, undoMerge } from '../../merge/undo.ts';
import { addReminder, openReminders } from '../../reminders/reminders.ts';
import { AUTHOR, type Folders, openDesk } from '../malfunctions/folders.ts';

/** Cases that become one, are two again, are split and linked; by two people at once, and with Twenty going its own way. */

let desk: Folders;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const asking = () => ({ author: AUTHOR, crm: desk.context.crm });
const merge = async (caseId: string, intoId: string, requestId: string = randomUUID()) =>
  await mergeCases(desk.context, asking(), { requestId, caseId, intoId });
const merged = async (caseId: string, intoId: string) => {
  const done = await merge(caseId, intoId);
  if (done.outcome !== 'merged') throw new Error('Not merged');
  return done.mergeId;
};
const shown = async (caseId: string) => (await desk.seen([caseId])).get(caseId);
const survivor = async (caseId: string) => await survivorOf(desk.context.tables, caseId);
const member = async () => ({ ...desk.context.crm, sees: async () => true, mayChange: async () => true });
const relations = async (caseId: string) =>
  (await relationsOf(desk.context, await member(), caseId)).map(({ id, relation }) => ({ id, relation }));

describe('merging', () => {
  test('closes the one and keeps the other, which has its folder and its reminders; taking it back restores both', async () => {
    const [one, other] = [desk.addCase({ status: 'IN_PROGRESS' }), desk.addCase()];
    const folderId = await desk.open('Lights', [{ object: 'serviceCase', id: one }]);
    const id = randomUUID();
    const reminder = { id, memberId: AUTHOR.id, object: 'serviceCase', recordId: one, note: '', dueAt: new Date() };
    await addReminder(desk.context.tables, reminder);
    const mergeId = await merged(one, other);
    desk.land();
    expect(await shown(one)).toMatchObject({ status: 'CLOSED', closeReason: 'MERGED', mergedIntoId: other });
    expect(await shown(other)).toMatchObject({ status: 'OPEN', malfunctionId: folderId });
    expect(await openReminders(desk.context.tables, { memberId: AUTHOR.id })).toMatchObject([{ recordId: other }]);
    expect(await relations(one)).toEqual([{ id: other, relation: 'merged-into' }]);
    expect(await relations(other)).toEqual([{ id: one, relation: 'merged' }]);

    expect(await undoMerge(desk.context, asking(), mergeId)).toMatchObject({ outcome: 'restored' });
    expect(await undoMerge(desk.context, asking(), mergeId)).toMatchObject({ outcome: 'undone-already' });
    expect(await shown(one)).toMatchObject({ status: 'IN_PROGRESS', mergedIntoId: null, closeReason: null });
    expect(await shown(other)).toMatchObject({ malfunctionId: null });
    expect(await openReminders(desk.context.tables, { memberId: AUTHOR.id })).toMatchObject([{ recordId: one }]);
  });

  test('the same click is one merge, and crosswise at once is one as well', async () => {
    const [one, other] = [desk.addCase(), desk.addCase()];
    const click = randomUUID();
    const [first, again] = await Promise.all([merge(one, other, click), merge(one, other, click)]);
    expect(first).toEqual(again);
    const [left, right] = [desk.addCase(), desk.addCase()];
    const both = await Promise.all([merge(left, right), merge(right, left)]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['merged', 'one-already']);
    expect(await survivor(left)).toBe(await survivor(right));
  });

  test('does not make an open case vanish in one that is over, nor one that is elsewhere by now', async () => {
    const [one, over, third] = [desk.addCase(), desk.addCase({ status: 'CLOSED' }), desk.addCase()];
    await expect(merge(one, over)).rejects.toMatchObject({ code: 'conflict', field: 'body.intoId' });
    await expect(merge(one, one)).rejects.toMatchObject({ code: 'conflict' });
    await merge(one, third);
    await expect(merge(one, desk.addCase())).rejects.toMatchObject({ code: 'conflict', field: 'body.caseId' });
    // Into what was merged means into where it goes on.
    expect(await merge(desk.addCase(), one)).toMatchObject({ outcome: 'merged', intoId: third });
  });

  test('leaves no status of its own, and what somebody changed since stays when it is taken back', async () => {
    const [one, other] = [desk.addCase(), desk.addCase()];
    const mergeId = await merged(one, other);
    const changes = { status: { from: 'CLOSED', to: 'OPEN' } };
    const change = async () =>
      await changeCase(desk.context, asking(), { requestId: randomUUID(), caseId: one, changes });
    await expect(change()).rejects.toMatchObject({ code: 'conflict' });
    desk.land();
    desk.changeInTwenty('serviceCase', one, { closeReason: 'DUPLICATE' });
    expect(await undoMerge(desk.context, asking(), mergeId)).toMatchObject({ outcome: 'changed-since' });
    expect(await shown(one)).toMatchObject({ status: 'CLOSED', closeReason: 'DUPLICATE', mergedIntoId: null });
    await change();
  });

  test('a mail that was being filed meanwhile opens the case in which it goes on', async () => {
    const [one, other] = [desk.addCase({ status: 'RESOLVED' }), desk.addCase({ status: 'RESOLVED' })];
    await merge(one, other);
    desk.land();
    desk.changeInTwenty('serviceCase', one, { status: 'OPEN' });
    await noteMergedChange(desk.context, one, ['status']);
    desk.land();
    expect([(await shown(one))?.['status'], (await shown(other))?.['status']]).toEqual(['CLOSED', 'OPEN']);
  });

  test('a call to the merged case is a call to the other', async () => {
    const [one, other, callId] = [desk.addCase(), desk.addCase(), desk.addCall()];
    await merge(one, other);
    const wanted = { requestId: randomUUID(), callId, to: { caseId: one }, note: '', isMove: false };
    expect(await attachCall(desk.context, asking(), wanted)).toMatchObject({ outcome: 'attached', caseId: other });
  });

  test('what was merged into a case that is deleted in Twenty is on its own again', async () => {
    const [one, other] = [desk.addCase(), desk.addCase()];
    await merge(one, other);
    desk.land();
    await desk.deleteCase(other);
    await separateDeleted(desk.context, other);
    expect(await shown(one)).toMatchObject({ status: 'OPEN', mergedIntoId: null });
    await expect(merge(desk.addCase(), other)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a link that somebody takes away in Twenty is gone here, too', async () => {
    const [one, other] = [desk.addCase(), desk.addCase()];
    await merge(one, other);
    desk.land();
    desk.changeInTwenty('serviceCase', one, { mergedIntoId: null });
    await noteOutsideChange(desk.context, one, { fields: ['mergedIntoId'], at: new Date() });
    await noteMergedChange(desk.context, one, ['mergedIntoId']);
    expect(await survivor(one)).toBe(one);
  });

  test('whatever is done in whatever order and at once, there is no circle, and every case goes on in one that is there', async () => {
    const index = fc.integer({ min: 0, max: 3 });
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('merge' as const), one: index, other: index }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), one: index, other: index }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), one: index, other: index }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('land' as const), one: index, other: index }) },
    );
    const settled = async (work: Promise<unknown>) => {
      await work.catch((error: { code?: string }) => expect(['conflict', 'not-found']).toContain(error.code));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 2, maxLength: 5 }), async (rounds) => {
        const ids = [desk.addCase(), desk.addCase(), desk.addCase(), desk.addCase()];
        const run = async ({ kind, one, other }: (typeof rounds)[number][0]) => {
          if (kind === 'merge') await settled(merge(ids[one]!, ids[other]!));
          if (kind === 'land') desk.land();
          if (kind === 'undo') {
            const ended = await mergeOf(desk.context.tables, ids[one]!);
            if (ended !== undefined) await settled(undoMerge(desk.context, asking(), ended.id));
          }
          if (kind !== 'delete') return;
          await desk.deleteCase(ids[one]!);
          await separateDeleted(desk.context, ids[one]!);
        };
        // What happens at once happens in pairs.
        for (const pair of rounds) await Promise.all(pair.map(run));
        desk.land();
        for (const id of ids) {
          const own = await mergeOf(desk.context.tables, id);
          const last = await survivor(id);
          expect(await mergeOf(desk.context.tables, last)).toBeUndefined();
          const record = await shown(id);
          if (record === undefined) continue;
          expect(record['mergedIntoId'] ?? null).toBe(own?.intoId ?? null);
          expect(isEnded(record['status'])).toBe(own !== undefined);
          expect((await mergedInto(desk.context.tables, last)).some(({ caseId }) => caseId === id)).toBe(last !== id);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('splitting', () => {
  test('takes the calls that are named, and the customer; twice is once', async () => {
    const caseId = desk.addCase({ companyId: randomUUID(), priority: 'HIGH' });
    const [taken, left, foreign] = [
      desk.addCall({ serviceCaseId: caseId }),
      desk.addCall({ serviceCaseId: caseId }),
      desk.addCall({ serviceCaseId: desk.addCase() }),
    ];
    const wanted = {
      requestId: randomUUID(),
      caseId,
      subject: 'The door as well',
      callIds: [taken, foreign],
      mailIds: [],
    };
    const [split, again] = [
      await splitCase(desk.context, asking(), wanted),
      await splitCase(desk.context, asking(), wanted),
    ];
    expect(again).toEqual(split);
    // What was filed elsewhere meanwhile stays there.
    expect(split.calls).toEqual([taken]);
    expect(await shown(split.caseId)).toMatchObject({
      subject: 'The door as well',
      splitFromId: caseId,
      priority: 'HIGH',
    });
    expect(await relations(split.caseId)).toEqual([{ id: caseId, relation: 'split-from' }]);
    expect(left).not.toBe(taken);
  });
});

describe('linking', () => {
  const link = async (caseId: string, otherId: string, kind: Parameters<typeof linkCases>[2]['kind']) =>
    await linkCases(desk.context, asking(), { caseId, otherId, kind });

  test('is seen from both ends, is one thing at a time, and can be taken away', async () => {
    const [one, other] = [desk.addCase(), desk.addCase()];
    await Promise.all([link(one, other, 'related'), link(other, one, 'related')]);
    expect(await relations(one)).toEqual([{ id: other, relation: 'related' }]);
    await link(one, other, 'child-of');
    expect([await relations(one), await relations(other)]).toEqual([
      [{ id: other, relation: 'child-of' }],
      [{ id: one, relation: 'parent-of' }],
    ]);
    await link(other, one, null);
    expect(await relations(one)).toEqual([]);
  });

  test('makes no circle of parents', async () => {
    const [one, two, three] = [desk.addCase(), desk.addCase(), desk.addCase()];
    await link(one, two, 'child-of');
    await link(two, three, 'child-of');
    await expect(link(three, one, 'child-of')).rejects.toMatchObject({ code: 'conflict' });
    expect(await relations(three)).toEqual([{ id: two, relation: 'parent-of' }]);
  });
});

describe('coming back', () => {
  const DAY = 86_400_000;
  const call = async (caseId: string) =>
    await attachCall(desk.context, asking(), {
      requestId: randomUUID(),
      callId: desk.addCall(),
      to: { caseId },
      note: '',
      isMove: false,
    });
  const solved = (days: number) => ({
    status: 'RESOLVED',
    resolvedAt: new Date(desk.clock.ms - days * DAY).toISOString(),
    reopenCount: 1,
  });

  test('within the days of the tenant opens a solved case again; later, or once closed, nothing is touched', async () => {
    const [fresh, old, closed] = [
      desk.addCase(solved(13)),
      desk.addCase(solved(15)),
      desk.addCase({ status: 'CLOSED' }),
    ];
    expect(await call(fresh)).toMatchObject({ outcome: 'attached' });
    expect(await shown(fresh)).toMatchObject({ status: 'OPEN', reopenCount: 2, resolvedAt: null });
    expect(await call(old)).toEqual({ outcome: 'over', caseId: old });
    expect(await call(closed)).toEqual({ outcome: 'over', caseId: closed });
    expect([(await shown(old))?.['status'], (await shown(closed))?.['status']]).toEqual(['RESOLVED', 'CLOSED']);
  });
});

describe('what is not there any more', () => {
  const change = async (caseId: string, changes: Parameters<typeof changeCase>[2]['changes']) =>
    await changeCase(desk.context, asking(), { requestId: randomUUID(), caseId, changes });

  test('a status that no longer exists in Twenty is replaced as every other, and the case counts as open until then', async () => {
    const [caseId, other] = [desk.addCase({ status: 'ESCALATED' }), desk.addCase({ status: 'CLOSED' })];
    await expect(merge(caseId, other)).rejects.toMatchObject({ code: 'conflict' });
    await change(caseId, { status: { from: 'ESCALATED', to: 'IN_PROGRESS' } });
    expect(await shown(caseId)).toMatchObject({ status: 'IN_PROGRESS' });
  });

  test('a location that was merged into another is named, and the case can be given the one that is left', async () => {
    const [gone, left] = [randomUUID(), randomUUID()];
    desk.changeInTwenty('location', left, { name: 'West wing' });
    const caseId = desk.addCase({ locationId: gone });
    await expect(change(caseId, { locationId: { from: null, to: gone } })).rejects.toMatchObject({
      code: 'payload',
      field: 'body.fields.locationId',
    });
    await change(caseId, { locationId: { from: gone, to: left } });
    expect(await shown(caseId)).toMatchObject({ locationId: left });
  });
});
