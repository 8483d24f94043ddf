import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { connectTenant, person, runWorker, startWorld, uuid } from './harness.ts';
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
  tenant = await connectTenant(world);
  stop = runWorker(tenant.crm);
  await tenant.settledMirror();
});
afterEach(async () => {
  await tenant.retire();
  await stop();
});

const idOf = (index: number): string => tenant.crm.reader(tenant.id).idFor('person', `p${index}`);
const names = async (): Promise<string[]> =>
  (await tenant.api.people()).map(({ name }) => (name as { lastName: string }).lastName).toSorted();
const parked = () => tenant.crm.listParked(tenant.id);

describe('coalescing', () => {
  test('500 writes of one object reach Twenty in 3 requests', async () => {
    await tenant.stage(Array.from({ length: 500 }, (_, index) => person(index)));
    await tenant.drained();
    expect(await tenant.api.people()).toHaveLength(500);
    expect(tenant.mutations()).toHaveLength(3);
  });

  test('patches of one record are one row, the later ones winning, composites part by part', async () => {
    await tenant.stage([
      person(1, { jobTitle: 'first' }),
      { object: 'person', key: 'p1', fields: { jobTitle: 'second' }, lane: 'bulk' },
      { object: 'person', key: 'p1', fields: { name: { firstName: 'Sam' } }, lane: 'live' },
    ]);
    await tenant.drained();
    expect(await tenant.api.people()).toMatchObject([
      { id: idOf(1), jobTitle: 'second', name: { firstName: 'Sam', lastName: 'Example 1' } },
    ]);
    expect(tenant.mutations()).toHaveLength(1);
  });

  test('the same write twice is one record', async () => {
    await tenant.stage([person(1)]);
    await tenant.drained();
    await tenant.stage([person(1)]);
    await tenant.drained();
    expect(await names()).toEqual(['Example 1']);
  });

  test('a rolled back transaction writes nothing', async () => {
    const rolledBack = world.hub.db.transaction().execute(async (transaction) => {
      await tenant.crm.stage(transaction, tenant.id, [person(1)]);
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await tenant.stage([person(2)]);
    await tenant.drained();
    expect(await names()).toEqual(['Example 2']);
  });

  test('what points at a new record goes after it, whatever was staged first', async () => {
    const companyId = tenant.crm.reader(tenant.id).idFor('company', 'c1');
    await tenant.stage([
      ...Array.from({ length: 20 }, (_, index) => person(index, { companyId })),
      { object: 'company', key: 'c1', fields: { name: 'Example Ltd' }, lane: 'bulk' },
    ]);
    await tenant.drained();
    expect(await parked()).toEqual([]);
    expect((await tenant.api.people()).every((one) => one['companyId'] === companyId)).toBe(true);
    expect(tenant.mutations().map((query) => /\{(\w+)\(/.exec(query)?.[1])).toEqual([
      'createCompanies',
      'createPeople',
    ]);
  });
});

describe('refusals', () => {
  test("one poisoned record is parked with Twenty's words, the others land", async () => {
    const writes = Array.from({ length: 40 }, (_, index) => person(index));
    await tenant.stage([...writes, person(40, { emails: { primaryEmail: 'no address', additionalEmails: [] } })]);
    await tenant.drained();
    expect(await tenant.api.people()).toHaveLength(40);
    expect(await parked()).toMatchObject([{ object: 'person', recordId: idOf(40), code: 'refused' }]);
    expect((await parked())[0]?.message).toMatch(/mail/i);
  });

  test('a corrected patch gets a parked record through', async () => {
    await tenant.stage([person(1, { emails: { primaryEmail: 'no address', additionalEmails: [] } })]);
    await waitFor('the refusal', async () => (await parked()).length > 0);
    await tenant.stage([{ object: 'person', key: 'p1', fields: { emails: { primaryEmail: 'pat@example.com' } } }]);
    await waitFor('the record', async () => (await parked()).length === 0);
    await tenant.drained();
    expect(await tenant.api.people()).toMatchObject([
      { emails: { primaryEmail: 'pat@example.com' }, name: { lastName: 'Example 1' } },
    ]);
    expect(await parked()).toEqual([]);
  });

  test('a relation to a record that nobody has is parked, the others land', async () => {
    await tenant.stage([person(1), person(2, { companyId: uuid() }), person(3)]);
    await tenant.drained();
    expect(await names()).toEqual(['Example 1', 'Example 3']);
    expect((await parked())[0]?.remedy).toMatch(/points at a record/);
  });

  test('a relation to an id that Twenty refuses is parked before it spoils a batch', async () => {
    await tenant.stage([person(1, { companyId: '01a1ffad-20ca-7d96-a1bf-7b8a36b6eab0' }), person(2)]);
    await tenant.drained();
    expect((await parked()).map(({ message }) => message)).toEqual([
      expect.stringMatching(/"person.companyId" must name a record/),
    ]);
    expect(await names()).toEqual(['Example 2']);
  });

  test('what points at a parked record waits with it and follows when it is replayed', async () => {
    const companyId = tenant.crm.reader(tenant.id).idFor('company', 'c1');
    await tenant.stage([
      { object: 'company', key: 'c1', fields: { name: 'Example Ltd', domainName: { primaryLinkUrl: 'not a url' } } },
      person(1, { companyId }),
      person(2),
    ]);
    await waitFor('both refusals', async () => (await parked()).length === 2);
    expect((await parked()).map(({ code }) => code).toSorted()).toEqual(['dependency', 'refused']);
    expect(await names()).toEqual(['Example 2']);
    await tenant.stage([
      { object: 'company', key: 'c1', fields: { domainName: { primaryLinkUrl: 'https://example.com' } } },
    ]);
    await waitFor('the dependent record', async () => (await names()).length === 2);
    await waitFor('an empty list', async () => (await parked()).length === 0);
  });

  test('a field and an object that the workspace lacks are parked with what to do', async () => {
    await tenant.stage([
      person(1, { shoeSize: 44 }),
      { object: 'unicorn', key: 'u1', fields: { name: 'x' } },
      person(2),
    ]);
    await waitFor('the refusals', async () => (await parked()).length === 2);
    await tenant.drained();
    expect(await names()).toEqual(['Example 2']);
    expect((await parked()).every(({ code, remedy }) => code === 'missing' && remedy?.includes('crm:install'))).toBe(
      true,
    );
  });

  test('a discarded write is gone from the list and does not hold its record back', async () => {
    await tenant.stage([person(1, { shoeSize: 44 })]);
    const first = await waitFor('the refusal', async () => (await parked())[0]);
    expect(await tenant.crm.discardParked(tenant.id, { id: first.id }, 'not needed')).toBe(1);
    await tenant.stage([person(1)]);
    await tenant.drained();
    expect(await parked()).toEqual([]);
    expect(await names()).toEqual(['Example 1']);
  });

  test('a NUL, half an emoji and an upper-case relation are put right', async () => {
    const companyId = tenant.crm.reader(tenant.id).idFor('company', 'c1');
    await tenant.stage([
      { object: 'company', key: 'c1', fields: { name: 'Example Ltd' } },
      person(1, { jobTitle: 'a\0b\ud83d', companyId: companyId.toUpperCase() }),
    ]);
    await tenant.drained();
    expect(await tenant.api.people()).toMatchObject([{ jobTitle: 'ab\ufffd', companyId }]);
  });

  test.each([
    [
      'an id of a version that Twenty refuses',
      { object: 'person', id: '01a1ffad-20ca-7d96-a1bf-7b8a36b6eab0', fields: {} },
    ],
    ['an empty key', { object: 'person', key: '', fields: {} }],
    ["a field that is Twenty's own", person(1, { deletedAt: null })],
    ['a number that is none', person(1, { jobTitle: Number.NaN })],
    ['more than Twenty reads', person(1, { jobTitle: 'x'.repeat(10_000_000) })],
  ])('%s is refused when it is staged', async (_, write) => {
    await expect(tenant.stage([write])).rejects.toMatchObject({ code: 'payload' });
  });
});

describe('records that people changed', () => {
  test('a deleted record is not brought back', async () => {
    await tenant.stage([person(1)]);
    await tenant.drained();
    await tenant.api.deletePerson(idOf(1));
    await waitFor('the webhook', async () => (await tenant.crm.reader(tenant.id).get('person', idOf(1))) === undefined);
    await tenant.stage([person(1, { jobTitle: 'late' }), person(2)]);
    await waitFor('the refusal', async () => (await parked()).length === 1);
    await tenant.drained();
    expect(await names()).toEqual(['Example 2']);
    expect(await parked()).toMatchObject([{ code: 'deleted' }]);
    await tenant.api.restorePerson(idOf(1));
    await waitFor('the webhook', () => tenant.crm.reader(tenant.id).get('person', idOf(1)));
    await tenant.crm.replayParked(tenant.id);
    await waitFor(
      'the replayed write',
      async () => (await tenant.api.people({ jobTitle: { eq: 'late' } })).length === 1,
    );
  });

  test('a person that Twenty has by e-mail is updated, and later patches and relations find it', async () => {
    const id = await tenant.api.createPerson({
      name: { lastName: 'There' },
      emails: { primaryEmail: 'pat@example.com' },
    });
    await tenant.stage([person(1, { emails: { primaryEmail: 'Pat@Example.com' }, jobTitle: 'one' })]);
    await tenant.drained();
    await tenant.stage([{ object: 'person', key: 'p1', fields: { jobTitle: 'two' } }]);
    await tenant.drained();
    expect(await tenant.api.people()).toMatchObject([{ id, jobTitle: 'two' }]);
    expect(await tenant.crm.reader(tenant.id).get('person', idOf(1))).toMatchObject({ id });
  });

  test('a deleted person with the same e-mail is not brought back', async () => {
    const id = await tenant.api.createPerson({ emails: { primaryEmail: 'gone@example.com' } });
    await tenant.api.deletePerson(id);
    await waitFor('the webhooks', async () =>
      world.door.seen.some(({ request }) => request.body.includes('person.deleted') && request.body.includes(id)),
    );
    await tenant.stage([person(1, { emails: { primaryEmail: 'gone@example.com' } })]);
    await waitFor('the refusal', async () => (await parked()).length === 1);
    expect(await parked()).toMatchObject([{ code: 'deleted' }]);
    expect(await tenant.api.people()).toEqual([]);
  });

  test('a patch of an id that does not exist creates nothing', async () => {
    await tenant.stage([{ object: 'person', id: uuid(), fields: { jobTitle: 'nobody' } }]);
    await waitFor('the refusal', async () => (await parked()).length === 1);
    expect(await tenant.api.people()).toEqual([]);
  });

  test('one new number keeps the other numbers, one new address the others', async () => {
    const id = await tenant.api.createPerson({
      name: { lastName: 'There' },
      phones: { primaryPhoneNumber: '+442079460001', additionalPhones: [{ number: '+442079460002' }] },
      emails: { primaryEmail: 'one@example.com', additionalEmails: ['two@example.com'] },
    });
    await waitFor('the webhook', () => tenant.crm.reader(tenant.id).get('person', id));
    await tenant.stage([
      {
        object: 'person',
        id,
        fields: {
          phones: { primaryPhoneNumber: '020 7946 0009' },
          emails: { additionalEmails: ['three@example.com'] },
        },
      },
    ]);
    await tenant.drained();
    expect(await tenant.api.people()).toMatchObject([
      {
        phones: {
          primaryPhoneNumber: '2079460009',
          primaryPhoneCallingCode: '+44',
          additionalPhones: [{ number: '2079460002' }],
        },
        emails: { primaryEmail: 'one@example.com', additionalEmails: ['three@example.com'] },
      },
    ]);
  });

  test('a number that cannot be one is left out instead of failing the batch', async () => {
    await tenant.stage([person(1, { phones: { primaryPhoneNumber: 'anonymous' } }), person(2)]);
    await tenant.drained();
    expect(await names()).toEqual(['Example 1', 'Example 2']);
    expect(await parked()).toEqual([]);
  });
});
