import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { live, type LiveChange } from '../../contract/index.ts';
import { type Ask, type Browser, openBrowser } from './browser.ts';
import { desk, notices, rings, startWeb, type Web } from './desk.ts';
import { openStage, publish, type Stage } from './stage.ts';

let stage: Stage;
let web: Web;
let tenantId: string;
const open: Browser[] = [];

const show = async (changes: readonly LiveChange[], tenant = tenantId) => await stage.show(tenant, ...changes);

const ring = (key: string, from: string, options?: Parameters<typeof live>[3]) => live(rings, key, { from }, options);

/** @param as default: the member ada, who may read calls */
function browser({ member = 'ada', ...ask }: Partial<Ask> & { member?: string } = {}): Browser {
  const one = openBrowser(web.url, { as: `${tenantId} ${member} phoneCall`, ...ask });
  open.push(one);
  return one;
}

beforeAll(async () => {
  stage = await openStage();
  web = await startWeb({ database: stage.database });
});
afterAll(async () => {
  await web.close();
  await stage.close();
});
beforeEach(async () => {
  tenantId = await stage.newTenant();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('what happens now', () => {
  test('is there when one begins to look, and then as it changes', async () => {
    await show([ring('a', 'Ann')]);
    const seen = browser();
    expect(await seen.told(1)).toEqual(['snapshot rings/a {"from":"Ann","step":0}']);
    await show([ring('b', 'Bob')]);
    await seen.told(2);
    await show([ring('a', 'Ann Smith'), live(rings, 'b', undefined)]);
    expect((await seen.told(4)).slice(1)).toEqual([
      'upsert rings/b {"from":"Bob","step":0}',
      'upsert rings/a {"from":"Ann Smith","step":0}',
      'remove rings/b',
    ]);
  });

  test('the same state again is no news', async () => {
    await show([ring('a', 'Ann')]);
    const seen = browser();
    await seen.told(1);
    await show([ring('a', 'Ann')]);
    await show([live(rings, 'nothing', undefined)]);
    await show([ring('b', 'Bob')]);
    expect((await seen.told(2)).slice(1)).toEqual(['upsert rings/b {"from":"Bob","step":0}']);
  });

  test('of two changes of one key in a commit the last counts', async () => {
    const seen = browser();
    await seen.told(1);
    await show([ring('a', 'Ann'), ring('b', 'Bob'), live(rings, 'a', undefined), ring('b', 'Bo')]);
    expect((await seen.told(2)).slice(1)).toEqual(['upsert rings/b {"from":"Bo","step":0}']);
  });

  test('a rolled-back transaction shows nothing', async () => {
    const seen = browser();
    await seen.told(1);
    const failing = stage.database.db.transaction().execute(async (transaction) => {
      await publish(transaction, { tenantId, pluginId: desk.id }, [ring('ghost', 'Nobody')]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await show([ring('b', 'Bob')]);
    expect((await seen.told(2)).slice(1)).toEqual(['upsert rings/b {"from":"Bob","step":0}']);
  });

  test('a thousand items come whole', async () => {
    await show(Array.from({ length: 1000 }, (_, index) => ring(`k${index}`, `Caller ${index}`)));
    const [snapshot = ''] = await browser().told(1);
    expect(snapshot.match(/rings\/k\d+ /g)).toHaveLength(1000);
  });

  test('names that PostgreSQL cannot keep as they are do not stop it', async () => {
    await show([ring('a', 'An\0n \ud800 😀')]);
    expect(await browser().told(1)).toEqual(['snapshot rings/a {"from":"Ann \ufffd 😀","step":0}']);
  });

  test('two transactions that overlap are told in the order in which they end', async () => {
    const seen = browser();
    await seen.told(1);
    const gate = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const slow = stage.database.db.transaction().execute(async (transaction) => {
      await publish(transaction, { tenantId, pluginId: desk.id }, [ring('slow', 'Sue')]);
      locked.resolve();
      await gate.promise;
    });
    await locked.promise;
    const fast = show([ring('fast', 'Fay')]);
    gate.resolve();
    await Promise.all([slow, fast]);
    expect((await seen.told(3)).slice(1)).toEqual([
      'upsert rings/slow {"from":"Sue","step":0}',
      'upsert rings/fast {"from":"Fay","step":0}',
    ]);
  });
});

describe('who may see it', () => {
  test('nothing of another tenant', async () => {
    const other = await stage.newTenant();
    await show([ring('theirs', 'Tom')], other);
    const seen = browser();
    expect(await seen.told(1)).toEqual(['snapshot']);
    await show([ring('theirs', 'Tim')], other);
    await show([ring('ours', 'Olga')]);
    expect((await seen.told(2)).slice(1)).toEqual(['upsert rings/ours {"from":"Olga","step":0}']);
  });

  test('only the members it is for, until they are left out', async () => {
    await show([ring('a', 'Ann', { members: ['ada', 'bea'] })]);
    const [ada, bea, cleo] = ['ada', 'bea', 'cleo'].map((member) => browser({ member }));
    expect(await ada?.told(1)).toEqual(['snapshot rings/a {"from":"Ann","step":0}']);
    expect(await bea?.told(1)).toEqual(['snapshot rings/a {"from":"Ann","step":0}']);
    expect(await cleo?.told(1)).toEqual(['snapshot']);
    await show([ring('a', 'Ann', { members: ['bea'] })]);
    await bea?.told(2);
    await show([live(rings, 'a', undefined), live(notices, 'end', { text: 'x' })]);
    expect((await ada?.told(2))?.slice(1)).toEqual(['remove rings/a']);
    expect((await bea?.told(3))?.slice(1)).toEqual(['upsert rings/a {"from":"Ann","step":0}', 'remove rings/a']);
    await show([ring('all', 'Al')]);
    expect((await cleo?.told(2))?.slice(1)).toEqual(['upsert rings/all {"from":"Al","step":0}']);
  });

  test('who was left out while away is told to drop it', async () => {
    await show([ring('a', 'Ann', { members: ['ada'] })]);
    const before = browser();
    await before.told(1);
    await before.close();
    await show([ring('a', 'Ann', { members: ['bea'] })]);
    await show([ring('a', 'Ann', { members: ['cleo'] })]);
    expect(await browser({ lastEventId: before.lastId() }).told(1)).toEqual(['remove rings/a']);
  });

  test('topics about an object that the role may not read are not there', async () => {
    await show([ring('a', 'Ann'), live(notices, 'n', { text: 'Lunch' })]);
    const seen = browser({ as: `${tenantId} ada person`, topics: ['rings', 'notices'] });
    expect(await seen.told(1)).toEqual(['snapshot notices/n {"text":"Lunch"}']);
    expect(JSON.parse(seen.events[0]?.data ?? '')).toMatchObject({ topics: ['notices'] });
  });

  test('an id of a narrower view is no ground for a difference', async () => {
    await show([ring('a', 'Ann')]);
    const before = browser({ as: `${tenantId} ada person`, topics: ['rings', 'notices'] });
    await before.told(1);
    const after = browser({ topics: ['rings', 'notices'], lastEventId: before.lastId() });
    expect(await after.told(1)).toEqual(['snapshot rings/a {"from":"Ann","step":0}']);
  });
});
