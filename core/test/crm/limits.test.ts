import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

/** A server that allows much less than the gateway assumes. */
const stingy = { shortMs: 1000, shortTokens: 100, longMs: 2000, longTokens: 2 };

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld(stingy);
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world, { mirrors: [] });
  stop = runWorker(tenant.crm);
});
afterEach(async () => {
  await tenant.retire();
  await stop();
});

test('a limit is learnt from the refusal, nothing is lost, and the limit is remembered', async () => {
  await tenant.stage(Array.from({ length: 1200 }, (_, index) => person(index)));
  await tenant.drained();
  expect(await tenant.crm.listParked(tenant.id)).toEqual([]);
  const limits = await waitFor('the limit', async () => {
    const { session } = await tenant.crm.status(tenant.id);
    return session?.limits.apiKey.source === 'told' ? session.limits.apiKey : undefined;
  });
  const { perMinute, ...learnt } = limits;
  expect(learnt).toEqual({
    limit: { calls: 2, perMs: 2000 },
    source: 'told',
    reason: 'Limit reached (2 tokens per 2000 ms)',
    since: expect.stringMatching(/^\d{4}-/),
  });
  expect(Math.max(...perMinute)).toBeGreaterThan(0);
});

test('an urgent write does not stand behind a bulk import', async () => {
  await tenant.stage(Array.from({ length: 1600 }, (_, index) => ({ ...person(index), lane: 'bulk' as const })));
  await waitFor('the import to begin', () => tenant.mutations().length > 0);
  await tenant.stage([{ ...person(5000), lane: 'live' }]);
  await waitFor('the urgent write', async () => {
    const { rows } = await world.hub.pool.query('select 1 from crm_outbox where tenant_id = $1 and lane = 0', [
      tenant.id,
    ]);
    return rows.length === 0;
  });
  expect((await tenant.crm.status(tenant.id)).outbox.pending).toBeGreaterThan(0);
  await tenant.drained();
});
