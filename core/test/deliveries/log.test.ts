import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { pageEnd } from '../../contract/index.ts';
import {
  type DeliveryPage,
  listDeliveries,
  logArrival,
  logNote,
  logOutcome,
  storeArrival,
} from '../../deliveries/index.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;
const tenantId = randomUUID();
const failed = { result: 'failed', summary: 'The worker was lost.' } as const;

beforeAll(async () => {
  database = await hubDatabase();
  const tenant = { id: tenantId, slug: 'acme', name: 'Acme', country: 'NL', time_zone: 'UTC', locale: 'en' };
  await database.db.insertInto('tenant').values(tenant).execute();
});
afterAll(async () => await database.close());

async function arrive(): Promise<string> {
  const { db } = database;
  const request = { method: 'POST', path: '/x', query: new URLSearchParams(), headers: {}, body: Buffer.from('x') };
  const arrival = { tenantId, pluginId: 'depot', webhook: 'parcel', deliveryKey: randomUUID(), request };
  const { id } = await storeArrival(db, arrival);
  await logArrival(db, {
    tenantId,
    pluginId: 'depot',
    kind: 'parcel',
    inboxId: id,
    result: 'waiting',
    summary: 'Stored.',
  });
  return id;
}

async function resultOf(inboxId: string): Promise<string | undefined> {
  return (await listDeliveries(database.db, { tenantId })).lines.find((line) => line.inboxId === inboxId)?.result;
}

test('a worker lost after its commit does not make a delivery fail that was worked on', async () => {
  const inboxId = await arrive();
  await logNote(database.db, tenantId, 'depot', {
    direction: 'in',
    kind: 'parcel',
    result: 'done',
    summary: 'Parcel.',
    inboxId,
  });
  await logOutcome(database.db, inboxId, failed);
  expect(await resultOf(inboxId)).toBe('done');
});

test('a delivery that failed is done once a later run succeeds, also without a note', async () => {
  const inboxId = await arrive();
  await logOutcome(database.db, inboxId, failed);
  expect(await resultOf(inboxId)).toBe('failed');
  await logOutcome(database.db, inboxId, { result: 'rejected', summary: 'Not readable.' });
  expect(await resultOf(inboxId)).toBe('rejected');
  await logOutcome(database.db, inboxId, { result: 'done', summary: 'Worked on.' });
  expect(await resultOf(inboxId)).toBe('done');
});

test('the pages of the log lose no line of one moment or one millisecond, and have none twice', async () => {
  const { db } = database;
  const inboxIds: string[] = [];
  for (const microseconds of ['123456', '123456', '123456', '123789', '123001']) {
    const inboxId = await arrive();
    const at = `2026-01-02T03:04:05.${microseconds}Z`;
    await sql`update delivery set created_at = ${at}::timestamptz, kind = 'paged' where inbox_id = ${inboxId}`.execute(
      db,
    );
    inboxIds.push(inboxId);
  }
  const found: (string | null)[] = [];
  let end = {};
  for (let turn = 0; turn < inboxIds.length; turn += 1) {
    const { lines, next }: DeliveryPage = await listDeliveries(db, { tenantId, search: 'paged', limit: 2, ...end });
    found.push(...lines.map(({ inboxId }) => inboxId));
    if (next === null) break;
    end = { before: pageEnd.parse(next) };
  }
  expect(found.toSorted()).toEqual(inboxIds.toSorted());
  expect([found[0], found.at(-1)]).toEqual([inboxIds[3], inboxIds[4]]);
});
