import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { sql } from 'kysely';
import { live, UnauthorizedError, UpstreamError } from '../../contract/index.ts';
import type { LiveTiming } from '../../live/timing.ts';
import { type Ask, type Browser, openBrowser } from './browser.ts';
import { type Credentials, notices, rings, startWeb, type Web } from './desk.ts';
import { openStage, type Stage } from './stage.ts';

const MINUTE = 60_000;

let stage: Stage;
let tenantId: string;
let ada: Credentials;
const opened: { close: () => Promise<void> }[] = [];

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => {
  tenantId = await stage.newTenant();
  ada = `${tenantId} ada phoneCall`;
});
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function newWeb(timing: Partial<LiveTiming> = {}, clock: { now: number } | DateConstructor = Date): Promise<Web> {
  const web = await startWeb({
    database: stage.database,
    timing,
    now: clock === Date ? Date.now : () => (clock as { now: number }).now,
  });
  opened.push(web);
  return web;
}

function look(web: Web, ask: Partial<Ask> = {}): Browser {
  const browser = openBrowser(web.url, { as: ada, ...ask });
  opened.push(browser);
  return browser;
}

const ring = (key: string, from: string, expiresAt?: Date) =>
  live(rings, key, { from }, expiresAt === undefined ? {} : { expiresAt });

describe('a member', () => {
  test('whose token is revoked is cut within seconds, and not let in again', async () => {
    const clock = { now: Date.now() };
    const web = await newWeb({}, clock);
    const browser = look(web);
    await browser.told(1);
    web.revoked.set(ada, new UnauthorizedError('Twenty does not accept this token'));
    clock.now += 11_000;
    expect(await browser.ended).toBeUndefined();
    await waitFor('the end of the connection', () => web.live.connections() === 0);
    expect(await look(web, { lastEventId: browser.lastId() }).ended).toMatchObject({
      message: 'Twenty does not accept this token',
    });
  });

  test('who may read less from now on is cut, and sees less afterwards', async () => {
    const clock = { now: Date.now() };
    const web = await newWeb({}, clock);
    await stage.show(tenantId, ring('a', 'Ann'), live(notices, 'n', { text: 'Lunch' }));
    const browser = look(web, { topics: ['rings', 'notices'] });
    expect(await browser.told(1)).toEqual(['snapshot rings/a {"from":"Ann","step":0} notices/n {"text":"Lunch"}']);
    web.demoted.add(ada);
    clock.now += 11_000;
    expect(await browser.ended).toBeUndefined();
    const after = look(web, { topics: ['rings', 'notices'], lastEventId: browser.lastId() });
    expect(await after.told(1)).toEqual(['snapshot notices/n {"text":"Lunch"}']);
  });

  test('goes on while Twenty is down, but not for ever', async () => {
    const clock = { now: Date.now() };
    const web = await newWeb({}, clock);
    const browser = look(web);
    await browser.told(1);
    web.revoked.set(ada, new UpstreamError('Twenty does not answer'));
    clock.now += 5 * MINUTE;
    await stage.show(tenantId, ring('a', 'Ann'));
    expect((await browser.told(2)).at(-1)).toBe('upsert rings/a {"from":"Ann","step":0}');
    await waitFor('a question whether the member still is one', () => web.asked() > 1);
    expect(web.live.connections()).toBe(1);
    clock.now += 15 * MINUTE;
    expect(await browser.ended).toBeUndefined();
  });

  test('has at most twenty connections, and room again when one ends', async () => {
    const web = await newWeb();
    const browsers = Array.from({ length: 20 }, () => look(web));
    await Promise.all(browsers.map((browser) => browser.told(1)));
    expect(await look(web).ended).toMatchObject({ message: 'A member has at most 20 live connections' });
    await look(web, { as: `${tenantId} bea phoneCall` }).told(1);
    await browsers[0]?.close();
    await waitFor('the end to be noticed', () => web.live.connections() === 20);
    expect(await look(web).told(1)).toEqual(['snapshot']);
  });
});

describe('what ends by itself', () => {
  test('an item goes when its time is over', async () => {
    const web = await newWeb({ expire: 20 });
    const browser = look(web);
    await browser.told(1);
    await stage.show(tenantId, ring('a', 'Ann', new Date(Date.now() + 300)), ring('b', 'Bob'));
    expect((await browser.told(4)).slice(1)).toEqual([
      'upsert rings/a {"from":"Ann","step":0}',
      'upsert rings/b {"from":"Bob","step":0}',
      'remove rings/a',
    ]);
  });

  test('what was over before anybody swept is not shown', async () => {
    const web = await newWeb({ expire: MINUTE });
    await stage.show(tenantId, ring('a', 'Ann', new Date(Date.now() - 1)), ring('b', 'Bob'));
    expect(await look(web).told(1)).toEqual(['snapshot rings/b {"from":"Bob","step":0}']);
  });

  test('what a plugin showed goes when it is disabled', async () => {
    const web = await newWeb({ tidy: 20 });
    await stage.show(tenantId, ring('a', 'Ann'));
    const browser = look(web);
    await browser.told(1);
    const { db } = stage.database;
    await db.updateTable('plugin_setting').set({ state: 'disabled' }).where('tenant_id', '=', tenantId).execute();
    expect((await browser.told(2)).slice(1)).toEqual(['remove rings/a']);
  });

  test('who was away for so long that removals are forgotten gets everything anew', async () => {
    const web = await newWeb({ tidy: 20 });
    await stage.show(tenantId, ring('a', 'Ann'), ring('b', 'Bob'), ring('c', 'Cid'));
    const before = look(web);
    await before.told(1);
    await before.close();
    await stage.show(tenantId, live(rings, 'a', undefined));
    const middle = look(web, { lastEventId: before.lastId() });
    expect(await middle.told(1)).toEqual(['remove rings/a']);
    await middle.close();
    await sql`update live_item set removed_at = now() - interval '11 minutes' where key = 'a'`.execute(
      stage.database.db,
    );
    await waitFor('the removal to be forgotten', async () => {
      const { db } = stage.database;
      const left = await db.selectFrom('live_item').select('key').where('tenant_id', '=', tenantId).execute();
      return left.length === 2;
    });
    await stage.show(tenantId, live(rings, 'b', undefined));
    expect(await look(web, { lastEventId: before.lastId() }).told(1)).toEqual([
      'snapshot rings/c {"from":"Cid","step":0}',
    ]);
    expect(await look(web, { lastEventId: middle.lastId() }).told(1)).toEqual(['remove rings/b']);
  });
});

describe('a connection', () => {
  test('shows that it is alive, and how far it has come', async () => {
    const clock = { now: Date.now() };
    const web = await newWeb({}, clock);
    const browser = look(web, { topics: ['notices'] });
    const other = look(web, { topics: ['rings'] });
    await Promise.all([browser.told(1), other.told(1)]);
    const [first] = browser.events;
    await stage.show(tenantId, ring('a', 'Ann'));
    // Until this process has read it, there is nothing farther to have come.
    await other.told(2);
    clock.now += 15_000;
    const sign = await waitFor('a sign of life', () => browser.events[1]);
    expect(sign.event).toBe('');
    expect(Number.parseInt(sign.id ?? '', 10)).toBeGreaterThan(Number.parseInt(first?.id ?? '', 10));
  });

  test('finds out by itself what no notification told', async () => {
    const web = await newWeb({ poll: 50 });
    const browser = look(web);
    await browser.told(1);
    await stage.show(tenantId, ring('a', 'Ann'));
    await browser.told(2);
    await sql`update live_item set data = '{"from":"Amy","step":1}', version = version + 1 where tenant_id = ${tenantId}`.execute(
      stage.database.db,
    );
    await sql`update live_head set version = version + 1 where tenant_id = ${tenantId}`.execute(stage.database.db);
    expect((await browser.told(3)).at(-1)).toBe('upsert rings/a {"from":"Amy","step":1}');
  });

  test('ends cleanly when the process stops, and another process goes on', async () => {
    const [first, second] = [await newWeb(), await newWeb()];
    const browser = look(first);
    await browser.told(1);
    await stage.show(tenantId, ring('a', 'Ann'));
    await browser.told(2);
    await first.live.close();
    expect(await browser.ended).toBeUndefined();
    expect(await look(first).ended).toMatchObject({ message: 'This process of the hub is stopping' });
    await stage.show(tenantId, ring('b', 'Bob'));
    expect(await look(second, { lastEventId: browser.lastId() }).told(1)).toEqual([
      'upsert rings/b {"from":"Bob","step":0}',
    ]);
  });
});

describe('a reader that takes nothing', () => {
  /** More than the buffers of two sockets hold. */
  const ROUNDS = 400;
  const bulk = (round: number) => ring('a', `${round} ${'x'.repeat(60_000)}`);

  async function stalled(web: Web): Promise<{ socket: Socket; text: () => string }> {
    const { hostname, port, pathname } = new URL(web.url);
    const socket = connect(Number(port), hostname);
    opened.push({ close: async () => void socket.destroy() });
    const parts: string[] = [];
    socket.pause();
    socket.on('data', (part) => parts.push(part.toString()));
    socket.write(`GET ${pathname}?topics=rings HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${ada}\r\n\r\n`);
    await waitFor('the connection', () => web.live.connections() === 1);
    for (let round = 1; round <= ROUNDS; round += 1) await stage.show(tenantId, bulk(round));
    return { socket, text: () => parts.join('') };
  }

  test('gets the newest state when it goes on, not everything that it missed', async () => {
    const web = await newWeb();
    const { socket, text } = await stalled(web);
    socket.resume();
    await waitFor('the newest state', () => text().includes(`"${ROUNDS} xxx`));
    expect(text().match(/event: upsert/g)?.length).toBeLessThan(ROUNDS / 2);
  });

  test('is cut after a while', async () => {
    const web = await newWeb({ blocked: 50 }, Date);
    await stalled(web);
    await waitFor('the cut', () => web.live.connections() === 0);
  });
});
