import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type CrmReader, type CrmRecord, json, sql, thisTenant } from '@switchboard/core/contract';
import type { FolderState } from '../../malfunctions/choices.ts';
import { changeStatus } from '../../malfunctions/flow.ts';
import { lockFolder } from '../../malfunctions/folder.ts';
import { undoFlow } from '../../malfunctions/undo.ts';
import { AUTHOR, type Folders, openDesk } from './folders.ts';

/** What somebody sees who works with malfunction folders; the CRM is slow, so most of it happens before Twenty has taken anything. */

let desk: Folders;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const statusOf = async (id: string) => (await desk.seen([id])).get(id)?.['status'];
const byId = (results: readonly { id: string; result: string }[]) =>
  Object.fromEntries(results.map(({ id, result }) => [id, result]));
const flowOf = (flowed: Awaited<ReturnType<Folders['status']>>): string => {
  if (flowed.outcome !== 'done') throw new Error('It asks');
  return flowed.flowId;
};

test('a call and a case are in a folder at once, and keep their identity', async () => {
  const [one, call] = [desk.addCase({ subject: 'Lift two' }), desk.addCall()];
  const folder = await desk.open('Lifts of the west wing', [
    { object: 'serviceCase', id: one },
    { object: 'phoneCall', id: call },
  ]);
  expect(await desk.inFolder(folder)).toEqual([one]);
  expect(await desk.callsInFolder(folder)).toEqual([call]);
  expect((await desk.folder(folder))['number']).toMatch(/^M-\d{6}$/);
  expect((await desk.seen([one])).get(one)).toMatchObject({ subject: 'Lift two', status: 'OPEN' });
  desk.land();
  expect(await desk.inFolder(folder)).toEqual([one]);
});

test('each member of a bulk has its own result; again changes nothing; another folder is told', async () => {
  const [first, second] = [await desk.open('First'), await desk.open('Second')];
  const [one, two] = [desk.addCase(), desk.addCase()];
  const strange = 'ffffffff-0000-4000-8000-00000000000f';
  await desk.put(first, [one]);
  expect(byId(await desk.put(first, [one, two, strange]))).toEqual({
    [one]: 'there',
    [two]: 'put',
    [strange]: 'not-found',
  });
  expect(await desk.put(second, [one])).toEqual([{ object: 'serviceCase', id: one, result: 'moved', from: first }]);
  // The journal of the folder that it left has it too.
  expect(desk.journal.at(-1)?.subjects.map(({ id }) => id)).toEqual([one, second, first]);
  expect([await desk.inFolder(first), await desk.inFolder(second)]).toEqual([[two], [one]]);
  expect(byId(await desk.take(first, [one, two]))).toEqual({ [one]: 'not-in-it', [two]: 'taken-out' });
  expect(byId(await desk.take(first, [two]))).toEqual({ [two]: 'not-in-it' });
});

test('a call that still rings is put in, moved, and taken out before it has a record', async () => {
  const call = '7d444840-9dc0-51d1-b245-5ffdce74fad2';
  const [first, second] = [await desk.open('First'), await desk.open('Second')];
  const ring = [{ object: 'phoneCall', id: call } as const];
  const { moveMembers } = await import('../../malfunctions/move.ts');
  const asking = { author: { id: call, name: 'Ada' }, crm: desk.context.crm };
  const move = async (folderId: string, into: boolean) =>
    (await moveMembers(desk.context, asking, { folderId, into, members: ring }))[0]?.result;
  expect(await move(first, true)).toBe('put');
  expect(await desk.callsInFolder(first)).toEqual([call]);
  expect(await move(second, true)).toBe('moved');
  expect([await desk.callsInFolder(first), await desk.callsInFolder(second)]).toEqual([[], [call]]);
  expect(await move(second, false)).toBe('taken-out');
  expect(await desk.callsInFolder(second)).toEqual([]);
});

test('ending a folder with open cases asks first, and ends those that were chosen', async () => {
  const [one, two, own] = [desk.addCase(), desk.addCase({ status: 'IN_PROGRESS' }), desk.addCase({ status: 'CLOSED' })];
  const folder = await desk.open();
  await desk.put(folder, [one, two, own]);
  const asked = await desk.status(folder, 'CLOSED');
  expect(asked).toMatchObject({ outcome: 'asks' });
  expect((await desk.folder(folder))['status']).toBe('REPORTED');
  expect(asked.outcome === 'asks' && new Set(asked.preview.map(({ caseId, result }) => `${caseId} ${result}`))).toEqual(
    new Set([`${one} changes`, `${two} changes`, `${own} ended-on-its-own`]),
  );
  await desk.status(folder, 'CLOSED', [one, own]);
  expect([await statusOf(one), await statusOf(two), await statusOf(own)]).toEqual(['CLOSED', 'IN_PROGRESS', 'CLOSED']);
  expect((await desk.folder(folder))['status']).toBe('CLOSED');
});

test('whoever has the case by now is told that their day has changed, though Twenty does not know yet', async () => {
  const [before, now] = [randomUUID(), randomUUID()];
  const one = desk.addCase({ assigneeId: before });
  const folder = await desk.open();
  await desk.put(folder, [one]);
  const asked = { was: [before], at: new Date(desk.clock.ms).toISOString() };
  await desk.real.tables.query(sql`
    update service_desk_case set pending = pending || ${json({ assigneeId: { value: now, ...asked } })}::jsonb
    where tenant_id = ${thisTenant} and case_id = ${one}`);
  desk.live.length = 0;
  flowOf(await desk.status(folder, 'RESOLVED', [one]));
  expect(desk.live.filter(({ topic }) => topic.name === 'day').map(({ key }) => key)).toEqual([now]);
});

test('what somebody changed in Twenty since stays when the flow is taken back, and is named', async () => {
  const [kept, changed, gone] = [desk.addCase(), desk.addCase(), desk.addCase()];
  const folder = await desk.open();
  await desk.put(folder, [kept, changed, gone]);
  const flow = flowOf(await desk.status(folder, 'RESOLVED', [kept, changed, gone]));
  desk.land();
  desk.changeInTwenty('serviceCase', changed, { status: 'WAITING_FOR_CUSTOMER' });
  await desk.deleteCase(gone);
  const undone = await desk.undo(flow);
  expect(undone.folder).toBe('restored');
  expect(Object.fromEntries(undone.lines.map(({ caseId, result }) => [caseId, result]))).toEqual({
    [kept]: 'restored',
    [changed]: 'changed-since',
    [gone]: 'gone',
  });
  expect([await statusOf(kept), await statusOf(changed)]).toEqual(['OPEN', 'WAITING_FOR_CUSTOMER']);
  expect(await desk.undo(flow)).toEqual(undone);
});

test('a note reaches the chosen cases, and is taken back by a correction that says so', async () => {
  const [one, two] = [desk.addCase(), desk.addCase()];
  const folder = await desk.open();
  await desk.put(folder, [one, two]);
  const flow = await desk.note(folder, 'The part comes tomorrow.', [one]);
  expect(flow).toMatchObject({ outcome: 'done' });
  await desk.undo(flowOf(flow));
  const entries = desk.journal.filter(({ subjects }) => subjects.some(({ id }) => id === one));
  expect(entries.map(({ kind }) => kind)).toEqual(['LINKED', 'NOTE', 'CORRECTION']);
});

test('a major folder is announced to agents until it ends, and again when that is taken back', async () => {
  const folder = await desk.open('Power cut');
  const { editFolder } = await import('../../malfunctions/edit.ts');
  const asking = { author: { id: folder, name: 'Ada' }, crm: desk.context.crm };
  const last = () =>
    desk.live.findLast(({ topic, key }) => topic.name === 'major-malfunctions' && key === folder)?.data;
  const fields = { isMajor: true, announcement: 'Back by noon' };
  await editFolder(desk.context, asking, { requestId: 'major', folderId: folder, fields });
  expect(last()).toMatchObject({ title: 'Power cut', announcement: 'Back by noon' });
  const flow = flowOf(await desk.status(folder, 'RESOLVED', []));
  expect(last()).toBeUndefined();
  await desk.undo(flow);
  expect(last()).toMatchObject({ title: 'Power cut' });
});

/** The reader of a role that does not see the fields, or nothing of the object at all. */
function roleWithout(object: string, hidden: readonly string[] | 'all'): CrmReader {
  const { crm } = desk.context;
  const shown = (record: CrmRecord) =>
    hidden === 'all'
      ? []
      : [Object.fromEntries(Object.entries(record).filter(([field]) => !hidden.includes(field))) as CrmRecord];
  return {
    ...crm,
    get: async (kind, id) => {
      const record = await crm.get(kind, id);
      return kind !== object || record === undefined ? record : shown(record)[0];
    },
    getMany: async (kind, ids) => {
      const records = await crm.getMany(kind, ids);
      return kind === object ? new Map([...records.values()].flatMap(shown).map((one) => [one.id, one])) : records;
    },
    findBy: async (kind, ...rest) => {
      const records = await crm.findBy(kind, ...rest);
      return kind === object ? records.flatMap(shown) : records;
    },
  };
}

const change = (folderId: string, crm: CrmReader, cases?: readonly string[], to: FolderState = 'RESOLVED') =>
  changeStatus(desk.context, { author: AUTHOR, crm }, { requestId: randomUUID(), folderId, to, cases, note: '' });

test('a flow keeps and puts back what a role does not see of a case', async () => {
  const responded = '2026-11-20T08:00:00.000Z';
  const one = desk.addCase({ status: 'RESOLVED', reopenCount: 3, resolvedAt: responded });
  const folder = await desk.open();
  await desk.put(folder, [one]);
  desk.land();
  desk.changeInTwenty('serviceCase', one, { status: 'OPEN', resolvedAt: responded });
  const crm = roleWithout('serviceCase', ['reopenCount', 'resolvedAt']);
  const flow = flowOf(await change(folder, crm, [one]));
  await undoFlow(desk.context, { author: AUTHOR, crm }, flow);
  desk.land();
  expect((await desk.seen([one])).get(one)).toMatchObject({ status: 'OPEN', reopenCount: 3, resolvedAt: responded });
});

test('a folder is announced with its number and customer by whoever does not see them', async () => {
  const folder = await desk.open('Power cut');
  desk.land();
  const companyId = randomUUID();
  desk.changeInTwenty('malfunction', folder, { isMajor: true, companyId });
  await change(folder, roleWithout('malfunction', ['number', 'companyId']), [], 'IN_REPAIR');
  const told = desk.live.findLast(({ topic, key }) => topic.name === 'major-malfunctions' && key === folder)?.data;
  expect(told).toMatchObject({ number: expect.stringMatching(/^M-\d{6}$/), companyId });
});

test('who sees no cases is asked before open ones are left in an ended folder, and changes none of them', async () => {
  const one = desk.addCase();
  const folder = await desk.open();
  await desk.put(folder, [one]);
  const crm = roleWithout('serviceCase', 'all');
  expect(await change(folder, crm)).toEqual({ outcome: 'asks', preview: [] });
  expect((await desk.folder(folder))['status']).toBe('REPORTED');
  expect(await change(folder, crm, [one])).toMatchObject({ outcome: 'done', lines: [] });
  expect(await statusOf(one)).toBe('OPEN');
});

test('a case that is put in while the folder ends is asked about, or finds it ended', async () => {
  const [one, second] = [desk.addCase(), desk.addCase()];
  const folder = await desk.open();
  // Exactly between the reading of the members and the change: the commit of the one begins with that of the other.
  let isFirst = true;
  const between: Folders['context'] = {
    ...desk.context,
    commit: async (changes) => {
      if (isFirst) await desk.put(folder, [one]);
      isFirst = false;
      await desk.context.commit(changes);
    },
  };
  const end = (cases?: readonly string[]) =>
    changeStatus(
      between,
      { author: AUTHOR, crm: desk.context.crm },
      { requestId: randomUUID(), folderId: folder, to: 'CLOSED', cases, note: '' },
    );
  expect(await end()).toMatchObject({ outcome: 'asks', preview: [{ caseId: one, result: 'changes' }] });
  expect((await desk.folder(folder))['status']).toBe('REPORTED');
  isFirst = true;
  await desk.put(folder, [second]);
  await desk.take(folder, [one]);
  const decided = await end([second]);
  expect(decided.outcome === 'done' && byId(decided.lines.map(({ caseId: id, result }) => ({ id, result })))).toEqual({
    [one]: 'left-out',
    [second]: 'changed',
  });
});

test('a folder that is being changed has who puts a case in wait, and nobody else', async () => {
  const [one, two] = [desk.addCase(), desk.addCase()];
  const [folder, other] = [await desk.open(), await desk.open()];
  let put: Promise<unknown> | undefined;
  await desk.context.commit({
    rows: async (tables) => {
      await lockFolder(tables, folder);
      put = desk.put(folder, [one]);
      // What was asked for later is done meanwhile, there and back again.
      await desk.put(other, [two]);
      await desk.take(other, [two]);
      expect(await desk.inFolder(folder)).toEqual([]);
      return undefined;
    },
  });
  await put;
  expect(await desk.inFolder(folder)).toEqual([one]);
});
