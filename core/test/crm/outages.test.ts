import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  world.faults().clear();
  tenant = await connectTenant(world, { mirrors: [] });
  stop = runWorker(tenant.crm);
});
afterEach(async () => {
  world.faults().clear();
  await tenant.retire();
  await stop();
});

const people = (count: number, from = 0) => Array.from({ length: count }, (_, index) => person(from + index));
const count = async (): Promise<number> => (await tenant.api.people()).length;

test.each([
  ['answers 500', { kind: 'status', status: 500 } as const],
  ['cuts the connection after it committed', { kind: 'reset-after-commit' } as const],
  ['cuts every connection', { kind: 'down' } as const],
])('a server that %s loses and doubles nothing', async (_, fault) => {
  world.faults().set(fault, { path: '/graphql', times: 3 });
  await tenant.stage(people(250));
  await tenant.drained();
  expect(await count()).toBe(250);
  expect(await tenant.crm.listParked(tenant.id)).toEqual([]);
});

test('a server that is down is waited for; the order per record is kept', async () => {
  await world.stopTwenty();
  await tenant.stage([person(1, { jobTitle: 'first' })]);
  const breaker = await waitFor('the failure in the status', async () => {
    const { session } = await tenant.crm.status(tenant.id);
    return session !== undefined && session.breaker.failures > 0 ? session.breaker : undefined;
  });
  expect(breaker.reason).toMatch(/could not be reached/);
  expect((await tenant.crm.figures()).unreachableTenants).toBeGreaterThan(0);
  await tenant.stage([{ object: 'person', key: 'p1', fields: { jobTitle: 'second' } }, person(2)]);
  await world.startTwenty();
  await tenant.drained();
  expect((await tenant.api.people({ jobTitle: { eq: 'second' } })).length).toBe(1);
  expect(await count()).toBe(2);
});

test('a worker that stops in the middle leaves the rest to the next one, nothing twice', async () => {
  world.faults().set({ kind: 'delay', ms: 150 }, { path: '/graphql' });
  await tenant.stage(people(1500));
  await waitFor('the first batch', async () => (await tenant.crm.status(tenant.id)).outbox.pending < 1500);
  await stop();
  expect((await tenant.crm.status(tenant.id)).outbox.pending).toBeGreaterThan(0);
  world.faults().clear();
  stop = runWorker(tenant.build());
  await tenant.drained();
  expect(await count()).toBe(1500);
});

test('two workers send each write once', async () => {
  const stopOther = runWorker(tenant.build());
  await tenant.stage(people(800));
  await tenant.drained();
  await stopOther();
  expect(await count()).toBe(800);
  expect(tenant.mutations()).toHaveLength(4);
});

test('a body that is too large is divided, not retried', async () => {
  await tenant.stage(
    people(8).map((write) => ({ ...write, fields: { ...write.fields, jobTitle: 'x'.repeat(2_000_000) } })),
  );
  await tenant.drained();
  expect(await count()).toBe(8);
});

test('a key that Twenty refuses stops the session with a sentence, and a new key goes on', async () => {
  const { apiKey } = tenant.workspace;
  await tenant.useKey('eyJhbGciOiJIUzI1NiJ9.e30.bm90IGEga2V5');
  await tenant.stage([person(1)]);
  const problem = await waitFor('the problem', async () => (await tenant.crm.status(tenant.id)).session?.problem);
  expect(problem).toMatchObject({ code: 'credentials' });
  expect(problem.remedy).toMatch(/connect the workspace again/);
  await tenant.useKey(apiKey);
  await tenant.drained();
  expect(await count()).toBe(1);
});
