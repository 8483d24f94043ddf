import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTwentyClient as createApiClient } from '@switchboard/sandbox/demo';
import { waitFor } from '@switchboard/testing';
import { createTwentyClient } from '../../crm/twenty/client.ts';
import { bodyOf, connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

/**
 * What a write can meet in Twenty, beyond what these files show: `writes.test.ts` (poison record, unknown target, soft-deleted target,
 * unique value under another id, composites that are replaced whole), `outages.test.ts` (5xx, reset after commit, refused key),
 * `limits.test.ts` and `server-limits.test.ts` (limits), `application-token.test.ts` (both credentials).
 */

let world: World;
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world);
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
});
afterEach(async () => {
  world.faults().clear();
  await tenant.retire();
  await stop();
});

const idOf = (key: string): string => tenant.crm.reader(tenant.id).idFor('person', key);
const parked = () => tenant.crm.listParked(tenant.id);
const email = (address: string) => ({ emails: { primaryEmail: address, additionalEmails: [] } });
const names = async (): Promise<string[]> =>
  (await tenant.api.people()).map(({ name }) => (name as { lastName: string }).lastName).toSorted();

/** The schema is read again at most every few seconds. */
const throughByReplay = () =>
  waitFor('everything to land', async () => {
    await tenant.crm.replayParked(tenant.id);
    await tenant.drained();
    return (await parked()).length === 0;
  });

describe('unique values', () => {
  test('two matches: parked with both sides of it explained, the others land', async () => {
    await tenant.stage([person(1, email('one@example.com')), person(2, email('two@example.com'))]);
    await tenant.drained();
    await tenant.stage([person(1, email('two@example.com')), person(3), person(4)]);
    await tenant.drained();
    expect(await parked()).toMatchObject([
      { recordId: idOf('p1'), code: 'refused', remedy: expect.stringMatching(/merge them, or change one/) },
    ]);
    expect(await names()).toEqual(['Example 1', 'Example 2', 'Example 3', 'Example 4']);
    expect(await tenant.api.people({ emails: { primaryEmail: { eq: 'one@example.com' } } })).toHaveLength(1);
  });

  test('two new records of ours with one value become one record, found by both keys', async () => {
    await tenant.stage([person(1, email('same@example.com')), person(2, email('same@example.com')), person(3)]);
    await tenant.drained();
    expect(await parked()).toEqual([]);
    expect(await tenant.api.people()).toHaveLength(2);
    const reader = tenant.crm.reader(tenant.id);
    const [one, two] = [await reader.get('person', idOf('p1')), await reader.get('person', idOf('p2'))];
    expect(one).toBeDefined();
    expect(two?.id).toBe(one?.id);
  });
});

describe('the shape of the data', () => {
  test('an option that does not exist is parked, naming the options', async () => {
    await tenant.stage([
      { object: 'opportunity', key: 'o1', fields: { name: 'One', stage: 'NOWHERE' } },
      { object: 'opportunity', key: 'o2', fields: { name: 'Two', stage: 'MEETING' } },
    ]);
    await tenant.drained();
    expect(await parked()).toMatchObject([{ code: 'refused', message: expect.stringMatching(/MEETING/) }]);
  });

  test('a field that disappears while the hub runs: only what sets it is parked, and it follows once the field is back', async () => {
    const admin = createApiClient(world.url, tenant.workspace.apiKey);
    const objectMetadataId = await personObject(admin);
    const shoeSize = { objectMetadataId, name: 'shoeSize', label: 'Shoe size', type: 'NUMBER' };
    const create = 'mutation($input:CreateOneFieldMetadataInput!){createOneField(input:$input){id}}';
    const { createOneField } = await admin.metadata(create, { input: { field: shoeSize } });
    await tenant.stage([person(1, { shoeSize: 44 })]);
    await throughByReplay();
    const input = { id: (createOneField as { id: string }).id };
    const deactivate = 'mutation($input:UpdateOneFieldMetadataInput!){updateOneField(input:$input){id}}';
    await admin.metadata(deactivate, { input: { ...input, update: { isActive: false } } });
    await admin.metadata('mutation($input:DeleteOneFieldInput!){deleteOneField(input:$input){id}}', { input });
    const before = tenant.mutations().length;
    await tenant.stage([person(2, { shoeSize: 45 }), ...Array.from({ length: 100 }, (_, index) => person(10 + index))]);
    await tenant.drained();
    expect(await parked()).toMatchObject([
      { recordId: idOf('p2'), code: 'missing', remedy: expect.stringMatching(/crm:install/) },
    ]);
    expect(await tenant.api.people()).toHaveLength(101);
    expect(tenant.mutations().length - before).toBe(2);
    await admin.metadata(create, { input: { field: shoeSize } });
    await throughByReplay();
    expect(await tenant.api.people()).toHaveLength(102);
  });

  test('a record over 10 MB, grown by two patches, is parked as too large; the others land', async () => {
    const long = 'x'.repeat(6_000_000);
    await tenant.stage([person(1, { jobTitle: long }), person(1, { name: { lastName: long } }), person(2), person(3)]);
    await tenant.drained();
    const found = await parked();
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ code, remedy }) => code === 'too-large' && remedy?.includes('attach it as a file'))).toBe(
      true,
    );
    expect(await names()).toEqual(['Example 2', 'Example 3']);
  });
});

/** The metadata id of the object `person`. */
async function personObject(admin: ReturnType<typeof createApiClient>): Promise<string> {
  const { objects } = await admin.metadata('{objects(paging:{first:1000}){edges{node{id nameSingular}}}}');
  const { edges } = objects as { edges: { node: { id: string; nameSingular: string } }[] };
  return edges.find(({ node }) => node.nameSingular === 'person')?.node.id ?? '';
}

describe('the answer', () => {
  test('in another order, updates first, is told apart by id', async () => {
    await tenant.stage([person(2), person(4)]);
    await tenant.drained();
    await tenant.stage([1, 2, 3, 4, 5].map((index) => person(index, { jobTitle: `job ${index}` })));
    await tenant.drained();
    const reader = tenant.crm.reader(tenant.id);
    for (const index of [1, 2, 3, 4, 5]) {
      expect(await reader.get('person', idOf(`p${index}`))).toMatchObject({ jobTitle: `job ${index}` });
    }
  });

  test('that does not come in time is an outage, not a refusal', async () => {
    world.faults().set({ kind: 'delay', ms: 500 }, { path: '/graphql' });
    const client = createTwentyClient(world.url);
    const request = { query: '{people(first:1){totalCount}}', timeoutMs: 100 };
    await expect(client.records(tenant.workspace.apiKey, request, AbortSignal.timeout(10_000))).rejects.toMatchObject({
      code: 'upstream',
      message: 'Twenty did not answer within 100 ms',
    });
  });

  test('that is lost by a time-out after the work was done: the batch is sent again and nothing is there twice', async () => {
    let lost = 0;
    tenant.wire.answer = async (input, init) => {
      const response = await fetch(input, init);
      if (lost > 0 || !bodyOf(init).includes('mutation($data')) return response;
      lost += 1;
      throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    };
    await tenant.stage(Array.from({ length: 300 }, (_, index) => person(index)));
    await tenant.drained();
    expect(lost).toBe(1);
    expect(await tenant.api.people()).toHaveLength(300);
    expect(await parked()).toEqual([]);
  });
});

describe('the requests', () => {
  test('have one root field each, because several run in parallel and in no order', async () => {
    const companyId = tenant.crm.reader(tenant.id).idFor('company', 'c1');
    await tenant.stage([
      person(1, { companyId }),
      { object: 'company', key: 'c1', fields: { name: 'Example Ltd' } },
      { object: 'note', key: 'n1', fields: { title: 'Call' } },
    ]);
    await tenant.drained();
    expect(tenant.mutations().map((query) => query.match(/create\w+\(/g)?.length)).toEqual([1, 1, 1]);
  });

  test('never ask for nested lists, which end silently at 60 rows', async () => {
    // The worker of the other tests would copy for this tenant what they read.
    await stop();
    const other = await connectTenant(world, { mirrors: [{ object: 'company', fields: ['name', 'people'] }] });
    stop = runWorker(other.crm);
    await other.settledMirror();
    const asked = other.requests.filter((query) => query.includes('companies('));
    expect(asked).not.toEqual([]);
    expect(asked.filter((query) => query.includes('people'))).toEqual([]);
    const isTold = (text: string): boolean => text.includes('company has no people');
    await waitFor('the notice', async () => (await other.crm.status(other.id)).session?.notices.some(isTold));
    await other.retire();
  });
});
