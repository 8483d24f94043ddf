import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changeCase } from '../../cases/change.ts';
import { numberCase } from '../../cases/number-case.ts';
import { openCase } from '../../cases/open.ts';
import { noteOutsideChange } from '../../cases/outside.ts';
import { noteResponse } from '../../promises/response.ts';
import { casesDue } from '../../promises/store.ts';
import { tellOf } from '../../promises/watch.ts';
import { AUTHOR, type Folders, openDesk } from '../malfunctions/folders.ts';

/** What is promised for a case, from its opening to its solution, and who is told when it is late. */

let desk: Folders;
let contractId: string;
const HOUR = 3_600_000;
const monday = Date.parse('2026-11-23T08:00:00Z');
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());
beforeEach(() => {
  desk.clock.ms = monday;
  desk.events.length = 0;
  contractId = randomUUID();
  const promised = { responseMinutes: 60, resolveMinutes: 240, supportHours: 'BUSINESS_HOURS', supportSchedule: null };
  desk.changeInTwenty('contract', contractId, { name: 'Full care', status: 'ACTIVE', ...promised });
});

const context = () => ({ ...desk.context, tenant: { ...desk.context.tenant, timeZone: 'UTC' } });
const asking = () => ({ author: AUTHOR, crm: desk.context.crm });
const open = async (fields: object = { contractId }) => {
  const wanted = { requestId: randomUUID(), isAnother: false, note: '', fields: { subject: 'No light', ...fields } };
  return (await openCase(context(), asking(), wanted)).caseId;
};
const change = async (caseId: string, changes: Parameters<typeof changeCase>[2]['changes']) =>
  await changeCase(context(), asking(), { requestId: randomUUID(), caseId, changes });
const shown = async (caseId: string) => (await desk.seen([caseId])).get(caseId)!;
const dueIn = async (caseId: string, field = 'resolveDueAt') => {
  const value = (await shown(caseId))[field];
  return typeof value === 'string' ? (Date.parse(value) - monday) / HOUR : null;
};
const after = (hours: number) => (desk.clock.ms = monday + hours * HOUR);
const watch = async () => {
  for (const id of await casesDue(desk.context.tables, new Date(desk.clock.ms), 100)) await tellOf(context(), id);
};
const told = (caseId: string) =>
  desk.events
    .map(({ type, payload }) => ({ name: type.name, ...(payload as { caseId: string; promise: string }) }))
    .flatMap((one) => (one.caseId === caseId ? [`${one.name} ${one.promise}`] : []));
const noted = (caseId: string) =>
  desk.journal.filter(({ kind, subjects }) => kind === 'PROMISE' && subjects.some(({ id }) => id === caseId));

describe('a case', () => {
  test('has its times from the contract; with another priority, without one and with one again they follow', async () => {
    const caseId = await open();
    expect([await dueIn(caseId, 'responseDueAt'), await dueIn(caseId)]).toEqual([1, 4]);
    await change(caseId, { priority: { from: 'NORMAL', to: 'HIGH' } });
    expect([await dueIn(caseId, 'responseDueAt'), await dueIn(caseId)]).toEqual([0.5, 2]);
    await change(caseId, { contractId: { from: contractId, to: null } });
    expect(await shown(caseId)).toMatchObject({ responseDueAt: null, resolveDueAt: null, serviceState: null });
    after(1);
    await change(caseId, { contractId: { from: null, to: contractId } });
    expect(await dueIn(caseId)).toBe(2);
  });

  test('that waits for the customer stands still, wherever that was said', async () => {
    const caseId = await open();
    desk.land();
    after(1);
    await change(caseId, { status: { from: 'OPEN', to: 'WAITING_FOR_CUSTOMER' } });
    expect(await shown(caseId)).toMatchObject({ resolveDueAt: null, serviceState: 'PAUSED' });
    desk.land();
    desk.changeInTwenty('serviceCase', caseId, { status: 'OPEN' });
    // The hub hears of it an hour late.
    after(4);
    await noteOutsideChange(context(), caseId, { fields: ['status'], at: new Date(monday + 3 * HOUR) });
    expect(await dueIn(caseId)).toBe(6);
  });

  test('that a mail has opened has its times once it has a number', async () => {
    const caseId = desk.addCase({ contractId, status: 'NEW', openedAt: new Date(monday - HOUR).toISOString() });
    await numberCase(context(), caseId);
    await numberCase(context(), caseId);
    // The hour before the desk opens does not count.
    expect(await dueIn(caseId)).toBe(4);
    desk.land();
    await noteResponse(context(), caseId, new Date(monday + HOUR / 2));
    expect(await shown(caseId)).toMatchObject({ firstResponseAt: new Date(monday + HOUR / 2).toISOString() });
    after(2);
    await watch();
    expect(told(caseId)).toEqual([]);
  });

  test('opened by a mail, or from a call elsewhere, comes under the contract of its place or its customer', async () => {
    const [companyId, locationId] = [randomUUID(), randomUUID()];
    const better = randomUUID();
    desk.changeInTwenty('company', companyId, { name: 'Harbour Housing' });
    desk.changeInTwenty('location', locationId, { name: 'Harbour 3', companyId });
    desk.changeInTwenty('contract', contractId, { companyId, serviceLevel: 'STANDARD' });
    const ofCompany = { companyId, status: 'ACTIVE', supportHours: 'BUSINESS_HOURS', supportSchedule: null };
    desk.changeInTwenty('contract', better, { ...ofCompany, serviceLevel: 'PREMIUM', resolveMinutes: 180 });
    desk.changeInTwenty('contract', randomUUID(), { ...ofCompany, serviceLevel: 'CRITICAL', endsOn: '2026-11-22' });
    const openedAt = new Date(monday).toISOString();
    const mailed = desk.addCase({ status: 'NEW', locationId, openedAt });
    const over = desk.addCase({ status: 'CLOSED', locationId, openedAt });
    const brought = desk.addCase({ status: 'OPEN', number: 'X-1', locationId, openedAt });
    for (const id of [mailed, over, brought]) await numberCase(context(), id);
    const written = await open({ companyId });
    for (const id of [mailed, written]) {
      expect(await shown(id)).toMatchObject({ contractId: better, serviceLevel: 'PREMIUM' });
      expect([await dueIn(id, 'responseDueAt'), await dueIn(id)]).toEqual([2, 3]);
    }
    for (const id of [over, brought]) expect(await shown(id)).not.toHaveProperty('contractId');
  });

  test('goes with its folder: solved with it, and due again when that is taken back', async () => {
    const caseId = await open();
    const folderId = await desk.open('Lights', [{ object: 'serviceCase', id: caseId }]);
    const flowed = await desk.status(folderId, 'RESOLVED', [caseId]);
    expect((await shown(caseId))['serviceState']).toBe('MET');
    if (flowed.outcome === 'done') await desk.undo(flowed.flowId);
    expect((await shown(caseId))['serviceState']).toBe('ON_TRACK');
  });
});

describe('whoever should know', () => {
  test('is told before it is late and when it is, each once', async () => {
    const caseId = await open();
    await noteResponse(context(), caseId, new Date(monday));
    desk.land();
    after(3.3);
    await watch();
    await watch();
    expect((await shown(caseId))['serviceState']).toBe('AT_RISK');
    after(4);
    await watch();
    desk.land();
    after(30);
    await watch();
    expect(told(caseId)).toEqual(['case.due-soon resolve', 'case.overdue resolve']);
    expect(noted(caseId)).toHaveLength(2);
    expect((await shown(caseId))['serviceState']).toBe('BREACHED');
  });

  test('after a day of downtime is told what is late, once, and not what was about to be', async () => {
    const caseId = await open();
    desk.land();
    after(24);
    await Promise.all([watch(), watch()]);
    expect(told(caseId).toSorted()).toEqual(['case.overdue resolve', 'case.overdue response']);
    expect(noted(caseId)).toHaveLength(2);
  });

  test('is not told of what was solved meanwhile, even when nobody has heard of it', async () => {
    const caseId = await open();
    desk.land();
    desk.changeInTwenty('serviceCase', caseId, { status: 'RESOLVED' });
    after(24);
    await watch();
    expect(told(caseId)).toEqual([]);
  });

  test('is not told of a case that was deleted, and nobody asks for it again', async () => {
    const caseId = await open();
    await desk.deleteCase(caseId);
    after(24);
    await watch();
    expect(told(caseId)).toEqual([]);
    expect(await casesDue(desk.context.tables, new Date(desk.clock.ms), 100)).not.toContain(caseId);
  });
});
