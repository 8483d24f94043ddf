import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Folders, openDesk } from './folders.ts';

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
