import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineJob } from '@switchboard/queue';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { waitFor } from '@switchboard/testing';
import { z } from 'zod';
import { PayloadError } from '../../contract/index.ts';
import { createDepot } from '../host/sample-plugins.ts';

/** What an operator sees of the work, finds in the log, and puts right. */

const depot = createDepot();
let hub: TestHub;

interface Letter {
  readonly id: string;
  readonly errorCode: string;
  readonly payload: { readonly inboxId: string; readonly webhook: string };
}
interface Work {
  readonly dead: number;
  readonly plugins: readonly object[];
  readonly hours: readonly { readonly pluginId: string; readonly count: number; readonly failed: number }[];
}

interface Jobs {
  readonly jobs: readonly object[];
  readonly lanes: readonly { readonly lane: string; readonly scheduled: number }[];
  readonly next: string | null;
}
const tonight = defineJob({ name: 'test.tonight', payload: z.object({}) });

beforeAll(async () => {
  hub = await startTestHub({ plugins: [depot.plugin], crm: false });
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'depot', { key: 'the-depot-key' }, 'test');
}, 60_000);
afterAll(async () => await hub?.close());

const ask = async <T>(path: string): Promise<T> => (await hub.api('GET', `/tenants/${TEST_TENANT}${path}`)).body as T;
const letters = async () => (await ask<{ deadLetters: Letter[] }>('/dead-letters')).deadLetters;
const found = async (search: string) => {
  const { deliveries } = await ask<{ deliveries: { summary: string }[] }>(
    `/deliveries?${new URLSearchParams({ search }).toString()}`,
  );
  return deliveries.map(({ summary }) => summary).toSorted();
};
const run = async (body: object) => (await hub.api('POST', `/tenants/${TEST_TENANT}/dead-letters/replay`, body)).body;

async function deliver(number: string): Promise<void> {
  const url = `${hub.url}/hooks/${TEST_TENANT}/depot/parcel`;
  await fetch(url, { method: 'POST', headers: { authorization: 'Bearer the-depot-key' }, body: number });
}

/** @returns the dead letters of deliveries that cannot be read, in the order of the numbers */
async function giveUp(...numbers: readonly string[]): Promise<Letter[]> {
  const given: Letter[] = [];
  for (const number of numbers) {
    depot.failures.push(new PayloadError('The parcel has no address', { remedy: 'Write one on it.' }));
    await deliver(number);
    const known = new Set((await letters()).map(({ id }) => id).concat(given.map(({ id }) => id)));
    const fresh = await waitFor('a dead letter', async () =>
      (await letters()).find(({ id }) => !known.has(id) || given.length === 0),
    );
    given.push(fresh);
  }
  return given;
}

test('tells what waits, what gave up and how much came in, plugin by plugin', async () => {
  await deliver('11');
  await waitFor('the parcel', () => depot.worked.includes('11'));
  const [letter] = await giveUp('12');
  const work = await ask<Work>('/work');
  expect(work).toMatchObject({ dead: 1, waiting: 0, parked: 0 });
  expect(await ask('/stuck')).toEqual({ count: 1 });
  expect(work.plugins).toEqual([
    { id: 'depot', name: 'Depot', state: 'enabled', detail: '', link: expect.any(String) },
  ]);
  expect(work.hours.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(work.hours.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
  expect(await run({ id: letter?.id })).toEqual({ count: 1 });
  await waitFor('the second parcel', () => depot.worked.includes('12'));
});

test('finds lines by the words of what happened and how they begin, and takes no sign for a pattern', async () => {
  await deliver("100%_Zürich's");
  // What became of it is noted a moment after the work.
  await waitFor('the line of the parcel', async () => (await found('zür PARCEL')).length > 0);
  const line = ["Parcel 100%_Zürich's."];
  expect(await found('zür PARCEL')).toEqual(line);
  expect(await found('100%_zürich')).toEqual(line);
  for (const search of ['parcel nothing', '1%0', "zürich' | parcel & !x", '%', "'"]) {
    expect({ search, lines: await found(search) }).toEqual({ search, lines: [] });
  }
  const { deliveries } = await ask<{ deliveries: { id: string; summary: string }[] }>('/deliveries?limit=1');
  const [newest] = deliveries;
  expect(await found(String(newest?.id))).toEqual([newest?.summary]);
  expect(await found('00000000-0000-4000-8000-000000000000')).toEqual([]);
});

test('runs what gave up with what an operator wrote instead, and gives up again when that is nonsense', async () => {
  const [first, second] = await giveUp('21', '22');
  expect(await run({ id: first?.id, payload: second?.payload })).toEqual({ count: 1 });
  await waitFor('the parcel of the other letter', () => depot.worked.includes('22'));
  expect(depot.worked).not.toContain('21');

  expect(await run({ id: second?.id, payload: { inbox: 'what?' } })).toEqual({ count: 1 });
  const again = await waitFor('the letter', async () => (await letters()).find(({ id }) => id === second?.id));
  expect(again).toMatchObject({ errorCode: 'payload', payload: { inbox: 'what?' } });
  const entries = await ask<{ entries: { details: object }[] }>('/audit?action=dead-letter.replay&limit=2');
  expect(entries.entries.map(({ details }) => details)).toEqual([
    { count: 1, edited: true },
    { count: 1, edited: true },
  ]);
});

test('lists what is under way, page by page, of the tenant that is asked about', async () => {
  const later = { type: tonight, payload: {}, owner: 'depot', delayMs: 86_400_000 };
  await hub.hub.queue.enqueueMany([
    { ...later, tenantId: hub.tenantId, dedupeKey: 'first' },
    { ...later, tenantId: hub.tenantId, dedupeKey: 'second', lane: 'bulk' },
    { ...later, tenantId: randomUUID(), dedupeKey: 'of another' },
  ]);
  const first = await ask<Jobs>('/jobs?plugin=depot&state=scheduled&limit=1');
  const second = await ask<Jobs>(`/jobs?plugin=depot&state=scheduled&limit=1&after=${first.next}`);
  expect([first.jobs, second.jobs]).toMatchObject([
    [{ type: 'test.tonight', owner: 'depot', lane: 'normal', state: 'scheduled', isPaused: false, attempts: 0 }],
    [{ type: 'test.tonight', owner: 'depot', lane: 'bulk', state: 'scheduled', errorMessage: null, startedAt: null }],
  ]);
  expect(second.next).toBeNull();
  expect(first.jobs[0]).not.toHaveProperty('payload');
  expect(first.lanes.map(({ lane, scheduled }) => [lane, scheduled])).toEqual([
    ['live', 0],
    ['normal', 1],
    ['bulk', 1],
  ]);
  for (const wrong of ['state=dead', 'after=x', "after=1'"]) {
    expect((await hub.api('GET', `/tenants/${TEST_TENANT}/jobs?${wrong}`)).status).toBe(400);
  }
});
