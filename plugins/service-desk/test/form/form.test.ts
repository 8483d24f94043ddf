import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RawRequest } from '@switchboard/core/contract';
import { formRoute } from '../../form/route.ts';
import { findDuplicates } from '../../suggest/duplicates.ts';
import { refresh } from '../../suggest/keep.ts';
import { type Folders, openDesk } from '../malfunctions/folders.ts';

/** Cases from a form on a web page; and whether a case that is being written is there already. */

let desk: Folders;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const KEY = 'a-key-for-the-form';
const person = { id: randomUUID(), companyId: randomUUID() };
const context = (config: object = {}) => ({
  ...desk.context,
  config: { ...desk.context.config, formKey: KEY, ...config },
  crm: {
    ...desk.context.crm,
    findByEmail: async (email: string) => (email === 'anna@example.com' ? [{ object: 'person', record: person }] : []),
    findByPhone: async () => [],
  },
});
const request = (
  body: unknown,
  { key = randomUUID(), token = KEY }: { readonly key?: string; readonly token?: string } = {},
): RawRequest => ({
  method: 'POST',
  path: '/cases',
  query: new URLSearchParams(),
  headers: { authorization: `Bearer ${token}`, ...(key === '' ? {} : { 'idempotency-key': key }) },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const send = async (body: unknown, options: { key?: string; config?: object } = {}) =>
  (await formRoute.handle(context(options.config), request(body, options), AbortSignal.timeout(30_000))) as {
    status: number;
    body: { caseId: string; number: string };
  };

test('opens a case with the contact whose address it is, and its contract; the same key twice, also at once, is one case', async () => {
  const contractId = randomUUID();
  const covers = { companyId: person.companyId, status: 'ACTIVE', serviceLevel: 'PREMIUM' };
  desk.changeInTwenty('contract', contractId, { ...covers, responseMinutes: 60, resolveMinutes: 240 });
  const filled = { subject: 'No heating', text: 'Since <b>yesterday</b>', email: 'anna@example.com', reference: 'A-7' };
  const key = randomUUID();
  const [one, again] = await Promise.all([send(filled, { key }), send(filled, { key })]);
  expect(one).toEqual(again);
  desk.land();
  expect(desk.records.get('serviceCase')?.get(one.body.caseId)).toMatchObject({
    number: one.body.number,
    status: 'NEW',
    channel: 'FORM',
    personId: person.id,
    companyId: person.companyId,
    customerReference: 'A-7',
    contractId,
    serviceLevel: 'PREMIUM',
    serviceState: 'ON_TRACK',
    resolveDueAt: expect.any(String),
  });
  await expect(send({ ...filled, subject: 'Another' }, { key })).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  [{}, 'body.subject'],
  [{ subject: ' ' }, 'body.subject'],
  [{ subject: 'x', email: 'anna' }, 'body.email'],
  [{ subject: 'x', colour: 'red' }, 'body'],
  ['not JSON', 'body'],
])('names the field that is wrong: %j', async (body, field) => {
  await expect(send(body)).rejects.toMatchObject({ code: 'payload', field });
});

test('wants a key for each form, and the key of the tenant', async () => {
  await expect(send({ subject: 'x' }, { key: '' })).rejects.toMatchObject({ field: 'headers.idempotency-key' });
  const isLet = async (token: string, config: object = {}) =>
    await formRoute.verify?.(context(config), request({}, { token }));
  expect(await isLet(KEY)).toBe(true);
  expect(await isLet('another')).toBe(false);
  expect(await isLet('', { formKey: undefined })).toBe(false);
  expect(await isLet('undefined', { formKey: undefined })).toBe(false);
});

test('takes no more a minute than the tenant allows, however many come at once, and gives no number away', async () => {
  const config = { formPerMinute: 5 };
  const sent = await Promise.allSettled(
    Array.from({ length: 12 }, async (_, index) => await send({ subject: `Flood ${index}` }, { config })),
  );
  const taken = sent.filter(({ status }) => status === 'fulfilled');
  expect(taken.length).toBeLessThanOrEqual(5);
  const refused = sent.find(({ status }) => status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'rate-limited' } });
});

test('a case that is being written is compared with those of the same contact and place, open or just over', async () => {
  const [personId, locationId] = [randomUUID(), randomUUID()];
  desk.changeInTwenty('location', locationId, { name: 'Harbour 3' });
  const openedAt = new Date(desk.clock.ms - 3_600_000).toISOString();
  const long = new Date(desk.clock.ms - 40 * 86_400_000).toISOString();
  const same = desk.addCase({ personId, locationId, openedAt, name: 'C-1 No light', subject: 'No light in the hall' });
  const other = desk.addCase({ openedAt, subject: 'Question about an invoice' });
  const old = desk.addCase({ personId, locationId, openedAt: long, status: 'CLOSED', subject: 'No light in the hall' });
  const merged = desk.addCase({ personId, locationId, openedAt, status: 'CLOSED', mergedIntoId: same });
  const ids = [same, other, old, merged];
  const { tables } = desk.context;
  const records = ids.map((id) => desk.records.get('serviceCase')!.get(id)!);
  const newest = async () => records.map((record) => ({ object: 'serviceCase', record, at: openedAt }));
  const crm = { ...desk.context.crm, newest, sees: async () => true, mayChange: async () => true };
  await refresh({ tables, crm, now: desk.clock.ms }, 'serviceCase', ids);
  const found = await findDuplicates(
    { tables, crm, all: crm, now: desk.clock.ms },
    { personId, locationId, text: 'Light is out in the hall' },
  );
  expect(found.map(({ id }) => id)).toEqual([same]);
  expect(found[0]?.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['same-contact', 'same-location']));
});
