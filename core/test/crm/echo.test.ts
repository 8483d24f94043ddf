import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import { waitFor } from '@switchboard/testing';
import { withoutEcho } from '../../crm/mirror/echo.ts';
import { connectTenant, person, runWorker, startWorld } from './harness.ts';
import type { TestTenant, World } from './harness.ts';

/** A worker was killed after Twenty had committed its write and before the answer came; meanwhile others change the same record. */

let world: World;
let tenant: TestTenant;
let member: TwentyClient;
let id: string;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  tenant = await connectTenant(world, { timing: { pollMs: 300, sweepMs: 3_600_000 } });
  const login = { email: `admin@${tenant.slug}.example.com`, password: 'correct horse battery' };
  member = createTwentyClient(world.url, await signIn(world.url, login));
  id = tenant.crm.reader(tenant.id).idFor('person', 'p1');
});
afterEach(async () => {
  world.faults().clear();
  await tenant.retire();
});

/** The write has left, Twenty has it, and nobody heard the answer. */
async function writeUnanswered(fields: Record<string, unknown>): Promise<void> {
  await tenant.stage([person(1, fields)]);
  await world.hub.pool.query('update crm_outbox set sent_at = now() where tenant_id = $1', [tenant.id]);
  await tenant.api.graphql('mutation($d:[PersonCreateInput!]!){createPeople(data:$d,upsert:true){id}}', {
    d: [{ id, ...person(1, fields).fields }],
  });
}

/** Runs a worker once, so that the mirror is copied and the webhook registered. */
async function prepare(): Promise<void> {
  const end = runWorker(tenant.crm);
  await tenant.settledMirror();
  await waitFor('the webhook', async () => {
    const { webhooks } = (await member.metadata('{webhooks{id}}')) as { webhooks: unknown[] };
    return webhooks.length > 0;
  });
  await end();
}

const heard = (count: number): Promise<unknown> =>
  waitFor('the webhooks', () => world.door.seen.filter((one) => one.tenant === tenant.id).length >= count);
const update = (client: TwentyClient, data: object): Promise<unknown> =>
  client.records('mutation($id:UUID!,$d:PersonUpdateInput!){updatePerson(id:$id,data:$d){id}}', { id, d: data });
const script = (): TwentyClient => createTwentyClient(world.url, tenant.workspace.apiKey);
const news = () => tenant.events.map(({ name, payload }) => [name, payload]);

test('a new record of ours that Twenty has already by its address is no news when it comes back before its answer', async () => {
  const emails = { primaryEmail: 'pat@example.com', additionalEmails: [] };
  const known = await tenant.api.createPerson({ name: { lastName: 'Example' }, emails });
  const stop = runWorker(tenant.crm);
  await tenant.settledMirror();
  world.faults().set({ kind: 'reset-after-commit' }, { path: '/graphql', times: 2 });
  await tenant.stage([person(1, { emails, jobTitle: 'Buyer' })]);
  await heard(1);
  await tenant.drained();
  const reader = tenant.crm.reader(tenant.id);
  expect(await reader.get('person', id)).toMatchObject({ id: known, jobTitle: 'Buyer' });
  expect((await reader.getMany('person', [id])).get(id)).toMatchObject({ id: known });
  await stop();
  expect(news()).toEqual([]);
});

test('of a change that is theirs and ours at once, what we wrote is neither named nor shown', () => {
  const emails = { before: 'was@example.com', after: 'is@example.com' };
  const change = {
    kind: 'updated',
    object: 'person',
    recordId: id,
    updatedFields: ['jobTitle', 'emails'],
    values: { jobTitle: { before: 'Trainee', after: 'Buyer' }, emails },
    occurredAt: new Date(),
    dedupeKey: 'person/1',
  } as const;
  expect(withoutEcho(change, new Set(['jobTitle']))).toEqual([
    { ...change, updatedFields: ['emails'], values: { emails } },
  ]);
});

/** Whose key it is. */
const program = { memberId: null, name: 'hub', source: 'API' };

describe('while a new record of ours waits for its answer', () => {
  beforeEach(async () => {
    await prepare();
    await writeUnanswered({ jobTitle: 'Buyer' });
    await heard(1);
  });

  test('its own creation is no news, nor what a member changes that nobody reads', async () => {
    await update(member, { avatarUrl: 'https://example.com/pat.png' });
    await heard(2);
    expect(news()).toEqual([]);
  });

  test('what a member changes of it is told, by the fields that he changed', async () => {
    await update(member, { jobTitle: 'Owner', avatarUrl: 'https://example.com/pat.png' });
    await heard(2);
    const by = { memberId: expect.any(String), name: 'Ada Example', source: 'MANUAL' };
    expect(news()).toEqual([['record.updated', { object: 'person', recordId: id, updatedFields: ['jobTitle'], by }]]);
  });
});

describe('while a change of ours waits for its answer', () => {
  beforeEach(async () => {
    await script().records('mutation($d:PersonCreateInput!){createPerson(data:$d){id}}', {
      d: { id, ...person(1, { jobTitle: 'Trainee' }).fields },
    });
    await prepare();
    await writeUnanswered({ jobTitle: 'Buyer' });
    await heard(1);
    expect(news()).toEqual([]);
  });

  test('what another program changes of the record is told and read at once', async () => {
    const emails = { primaryEmail: 'pat@example.com', additionalEmails: [] };
    await update(script(), { emails });
    await heard(2);
    const values = { before: { emails: { ...emails, primaryEmail: '' } }, after: { emails } };
    const told = { object: 'person', recordId: id, updatedFields: ['emails'], by: program, ...values };
    expect(news()).toEqual([['record.updated', told]]);
    expect(await tenant.crm.reader(tenant.id).findByEmail('pat@example.com')).toHaveLength(1);
  });

  test('that another program deletes the record is told and read at once', async () => {
    await tenant.api.deletePerson(id);
    await heard(2);
    expect(news()).toEqual([['record.deleted', { object: 'person', recordId: id, by: program }]]);
    expect(await tenant.crm.reader(tenant.id).get('person', id)).toBeUndefined();
  });
});
