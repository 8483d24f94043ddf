import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { decide } from '../../suggest/decide.ts';
import { catchUp, entriesOf, refresh } from '../../suggest/keep.ts';
import { suggestFolders, suggestMembers } from '../../suggest/suggest.ts';
import { gramsOf } from '../../suggest/grams.ts';
import { countGrams, type Entry, groupOf, keepEntries } from '../../suggest/store.ts';
import { AUTHOR, type Folders, openDesk } from '../malfunctions/folders.ts';

let desk: Folders;
let folder: string;
let member: string;
const here = { locationId: 'a0000000-0000-4000-8000-00000000000a', companyId: 'b0000000-0000-4000-8000-00000000000b' };
const sources = () => ({ tables: desk.context.tables, crm: desk.context.crm, now: desk.clock.ms });
const asking = () => ({ author: AUTHOR, crm: desk.context.crm });
const caseHere = (subject: string) =>
  desk.addCase({ subject, ...here, openedAt: new Date(desk.clock.ms).toISOString() });
const foldersFor = async (id: string) => {
  await refresh(sources(), 'serviceCase', [id]);
  const [entry] = await entriesOf(sources(), 'serviceCase', [...(await desk.seen([id])).values()]);
  return entry === undefined ? [] : await suggestFolders(sources(), entry, id);
};

beforeAll(async () => {
  desk = await openDesk();
  desk.changeInTwenty('location', here.locationId, {
    name: 'West wing',
    siteAddress: { addressLat: 52.37, addressLng: 4.9 },
  });
  member = caseHere('Lift stuck between floors');
  folder = await desk.open('Lift stands still');
  await desk.put(folder, [member]);
  // Nothing has come back from Twenty yet: the journal of the desk tells.
  await catchUp(sources());
  await countGrams(desk.context.tables);
});
afterAll(async () => await desk.close());

test('a new case at the place of an open folder gets it suggested, with reasons', async () => {
  const [first] = await foldersFor(caseHere('Lift is stuck'));
  expect(first?.folderId).toBe(folder);
  expect(first?.reasons.map(({ code }) => code)).toContain('same-location');
});

test('a folder finds what may belong into it, until it is put in', async () => {
  const other = caseHere('The lift stands still');
  await refresh(sources(), 'serviceCase', [other]);
  const ids = async () => (await suggestMembers(sources(), folder)).map(({ id }) => id);
  expect(await ids()).toContain(other);
  await desk.put(folder, [other]);
  await catchUp(sources());
  expect(await ids()).not.toContain(other);
  expect((await groupOf(desk.context.tables, folder)).map(({ id }) => id)).toContain(other);
});

test('what was turned down is not suggested again, and teaches once', async () => {
  const other = caseHere('Lift door squeaks');
  expect((await foldersFor(other)).length).toBe(1);
  const decision = { folderId: folder, object: 'serviceCase', recordId: other, isAccepted: false } as const;
  await decide(desk.context, asking(), decision);
  const once = await desk.weights();
  await decide(desk.context, asking(), decision);
  expect(await desk.weights()).toEqual(once);
  expect(once.decisions).toBe(1);
  expect(await foldersFor(other)).toEqual([]);
});

test('the folder next door is found, however many newer ones are a few streets away', async () => {
  const spot = { lat: 48.14, lng: 11.57, postcode: '', city: 'de munich', assetKind: 'ELEVATOR' };
  const at = (minutes: number) => new Date(desk.clock.ms - minutes * 60_000);
  const open = (id: string, minutes: number, lat: number): Entry => {
    const place = { ...spot, lat, companyId: randomUUID(), locationId: randomUUID() };
    return { object: 'malfunction', id, folderId: id, state: 'live', ...place, at: at(minutes), grams: [] };
  };
  const nextDoor = randomUUID();
  const others = Array.from({ length: 80 }, (_, index) => open(randomUUID(), index, spot.lat + 0.03));
  await keepEntries(desk.context.tables, [open(nextDoor, 600, spot.lat + 0.001), ...others]);
  const report = { ...spot, companyId: randomUUID(), locationId: randomUUID(), at: at(0), grams: gramsOf('No lift') };
  const [first] = await suggestFolders(sources(), report);
  expect(first).toMatchObject({ folderId: nextDoor, reasons: expect.arrayContaining([{ code: 'near', metres: 100 }]) });
});

test('an ended folder is suggested no more; taken back, it is again', async () => {
  const flowed = await desk.status(folder, 'RESOLVED', []);
  await catchUp(sources());
  const other = caseHere('Lift is stuck');
  expect(await foldersFor(other)).toEqual([]);
  if (flowed.outcome === 'done') await desk.undo(flowed.flowId);
  await catchUp(sources());
  expect((await foldersFor(other)).map(({ folderId }) => folderId)).toEqual([folder]);
});

test('what happened at one moment to more cases than one question reads is taken over with the next', async () => {
  desk.clock.ms += 3_600_000;
  const last = caseHere('Lift stands still since one flow');
  const at = new Date(desk.clock.ms);
  await desk.real.tables.query(sql`
    insert into service_desk_touch (tenant_id, at, case_id, member_name, fields)
    select ${thisTenant}, ${at}, case when number = 2600 then ${last}::uuid end, 'Ada', '{}'
    from generate_series(1, 2600) as number order by number`);
  await catchUp(sources());
  await catchUp(sources());
  const [kept] = await desk.real.tables.query<{ id: string }>(sql`
    select id from service_desk_trait where tenant_id = ${thisTenant} and id = ${last}`);
  expect(kept?.id).toBe(last);
});

test('a decision about what is gone or hidden is refused, and neither kept nor learnt from', async () => {
  const other = caseHere('Lift hums');
  await refresh(sources(), 'serviceCase', [other]);
  const before = await desk.weights();
  const decision = { folderId: folder, object: 'serviceCase', recordId: other, isAccepted: false } as const;
  const hidden = { ...asking(), crm: { ...desk.context.crm, get: async () => undefined } };
  const refused = { code: 'not-found' };
  await expect(decide(desk.context, asking(), { ...decision, folderId: randomUUID() })).rejects.toMatchObject(refused);
  await expect(decide(desk.context, asking(), { ...decision, recordId: randomUUID() })).rejects.toMatchObject(refused);
  await expect(decide(desk.context, hidden, decision)).rejects.toMatchObject(refused);
  const unknown = { ...decision, object: 'phoneCall', recordId: randomUUID() } as const;
  await expect(decide(desk.context, asking(), unknown)).rejects.toMatchObject(refused);
  expect(await desk.weights()).toEqual(before);
  const kept = await desk.real.tables.query(sql`
    select from service_desk_decision where tenant_id = ${thisTenant} and record_id = ${other}`);
  expect(kept).toEqual([]);
});
