import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { config as settings } from '../../config.ts';
import { discardAside, restoreAside, sweepDiscarded } from '../../receive/discard.ts';
import { pack } from '../../receive/pack.ts';
import { listSetAside, retrySetAside } from '../../receive/set-aside.ts';
import { readSource } from '../../receive/source.ts';
import { type Desk, openDesk } from '../desk.ts';

const DAY_MS = 86_400_000;
const ada = { name: 'Ada', email: 'ada@example.com' };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(async () => await desk.close());

async function setAside(): Promise<string> {
  const id = await desk.addMessage({ from: '' });
  const { tables } = desk.context;
  await tables.query(sql`
    update mail_message set state = 'unreadable' where tenant_id = ${thisTenant} and id = ${id}::uuid`);
  await tables.query(sql`
    insert into mail_source (tenant_id, message_id, bytes) values (${thisTenant}, ${id}, ${pack(Buffer.from('Raw'))})`);
  return id;
}

const sweep = async () =>
  await sweepDiscarded(
    { ...desk.context, config: settings.parse({ discardedKeptDays: 30 }) },
    AbortSignal.timeout(30_000),
  );
const inDays = (days: number) => (desk.clock.now = () => Date.now() + days * DAY_MS);
const listed = async (id: string) =>
  (await listSetAside(desk.context.tables)).unreadable.some((one) => (one as { id: string }).id === id);

test('what was discarded needs no look, is kept for its time, and is gone after it', async () => {
  const [id, other] = [await setAside(), await setAside()];
  await discardAside(desk.context, id, ada, 'Noise');
  expect([await listed(id), await listed(other)]).toEqual([false, true]);
  expect(await retrySetAside(desk.context, id)).toMatchObject({ unreadable: 0 });
  inDays(29);
  await sweep();
  expect((await readSource(desk.context, id)).toString()).toBe('Raw');
  inDays(31);
  await sweep();
  await sweep();
  await expect(readSource(desk.context, id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(restoreAside(desk.context, id, ada)).rejects.toMatchObject({ code: 'not-found' });
  expect((await readSource(desk.context, other)).toString()).toBe('Raw');
  desk.clock.now = Date.now;
});

test('one that was taken back is not swept, however long ago it was discarded', async () => {
  const id = await setAside();
  await discardAside(desk.context, id, ada, 'Noise');
  await restoreAside(desk.context, id, ada);
  inDays(400);
  await sweep();
  desk.clock.now = Date.now;
  expect(await listed(id)).toBe(true);
  expect((await readSource(desk.context, id)).toString()).toBe('Raw');
});

test('of two who discard it at once one is told that it is done', async () => {
  const id = await setAside();
  const both = await Promise.allSettled(['One', 'Two'].map((why) => discardAside(desk.context, id, ada, why)));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});
