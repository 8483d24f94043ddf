import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { live } from '../../contract/index.ts';
import { type Browser, openBrowser } from './browser.ts';
import { looks, startWeb, visits, type Web } from './desk.ts';
import { openStage, type Stage } from './stage.ts';

/** What an item shows of the CRM, every member sees as far as the own role may read it. */

let stage: Stage;
let web: Web;
let tenantId: string;
let clock: { now: number };
const opened: { close: () => Promise<void> }[] = [];

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => {
  clock = { now: Date.now() };
  web = await startWeb({ database: stage.database, now: () => clock.now });
  tenantId = await stage.newTenant();
  looks.count = 0;
});
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
  await web.close();
});

function look(member: string, objects: string, lastEventId?: string): Browser {
  const browser = openBrowser(web.url, { as: `${tenantId} ${member} ${objects}`, topics: ['visits'], lastEventId });
  opened.push(browser);
  return browser;
}

const visit = async (key: string, person: string) =>
  await stage.show(tenantId, live(visits, key, { person, at: 'noon' }));

test('a role that may not read people sees the visit, and not whose it is', async () => {
  await visit('a', 'Ann');
  const [desk, porter] = [look('ada', 'person'), look('bo', 'company')];
  await Promise.all([desk.told(1), porter.told(1)]);
  await visit('b', 'Bob');
  expect(await desk.told(2)).toEqual([
    'snapshot visits/a {"person":"Ann","at":"noon"}',
    'upsert visits/b {"person":"Bob","at":"noon"}',
  ]);
  expect(await porter.told(2)).toEqual([
    'snapshot visits/a {"person":"","at":"noon"}',
    'upsert visits/b {"person":"","at":"noon"}',
  ]);
});

test('what a role sees is worked out once for all who have it', async () => {
  const members = Array.from({ length: 15 }, (_, index) =>
    look(`ada-${index}`, index % 3 === 0 ? 'company' : 'person'),
  );
  await Promise.all(members.map((one) => one.told(1)));
  await visit('a', 'Ann');
  await Promise.all(members.map((one) => one.told(2)));
  expect(looks.count).toBe(2);
});

test('who may not read people any more has the names taken away', async () => {
  await visit('a', 'Ann');
  const before = look('ada', 'person');
  expect(await before.told(1)).toEqual(['snapshot visits/a {"person":"Ann","at":"noon"}']);
  web.demoted.add(`${tenantId} ada person`);
  clock.now += 11_000;
  expect(await before.ended).toBeUndefined();
  // With the id of the last event, but as somebody who sees less: everything anew.
  expect(await look('ada', 'person', before.lastId()).told(1)).toEqual(['snapshot visits/a {"person":"","at":"noon"}']);
});

test('an item that is not of the shape of its topic is shown to nobody, and the others are', async () => {
  await visit('a', 'Ann');
  await visit('b', 'Bob');
  await stage.database.db
    .updateTable('live_item')
    .set({ data: JSON.stringify({ visitor: 'Ann' }) })
    .where('tenant_id', '=', tenantId)
    .where('key', '=', 'a')
    .execute();
  expect(await look('ada', 'person').told(1)).toEqual(['snapshot visits/b {"person":"Bob","at":"noon"}']);
});
