import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { listDeliveries, logArrival, logNote, logOutcome, storeArrival } from '../../deliveries/index.ts';

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
  return (await listDeliveries(database.db, { tenantId })).find((line) => line.inboxId === inboxId)?.result;
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
