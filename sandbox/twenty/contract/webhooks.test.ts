import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { refusal, row, rows, value } from './answers.ts';
import { eventually } from './eventually.ts';
import { needsUser, openFixture, testWhen } from './fixture.ts';
import { isSigned, startReceiver, type Delivery } from './receiver.ts';
import { recordsOf } from './records.ts';

const contract = openFixture();
const { key, user, thing } = contract;
const things = recordsOf(key, thing);
const receiver = await startReceiver();
contract.onClose(receiver.close);
afterAll(() => contract.close());

const deadlineMs = 30_000;
const secret = randomBytes(16).toString('hex');
type Webhook = { id: string; targetUrl: string; operations: string[]; secret: string };

const create = (input: Record<string, unknown>) =>
  key.metadata(
    'mutation($i:CreateWebhookInput!){createWebhook(input:$i){id targetUrl operations description secret}}',
    { i: input },
  );
const remove = (id: string) => key.metadata('mutation($i:UUID!){deleteWebhook(id:$i){id}}', { i: id });

async function newWebhook(
  path: string,
  operations: string[],
  rest: Record<string, unknown> = { secret },
): Promise<Webhook> {
  const webhook = value(await create({ targetUrl: `${receiver.url}${path}`, operations, ...rest })) as Webhook;
  contract.onClose(() => remove(webhook.id));
  return webhook;
}

describe('management', () => {
  test('unknown operations and a second hook of the same URL are accepted; a secret is made when none is sent', async () => {
    const first = await newWebhook('/management', ['unicorn.exploded'], {});
    expect(first).toMatchObject({ targetUrl: `${receiver.url}/management`, operations: ['unicorn.exploded'] });
    expect(first.secret).toMatch(/^.{64}$/);
    const second = await newWebhook('/management', ['nothing.created'], { secret: 'x', description: 'second' });
    expect(second).toMatchObject({ secret: 'x', description: 'second' });
    const listed = value(await key.metadata('{webhooks{id targetUrl operations secret}}')) as Webhook[];
    expect(
      listed
        .filter((each) => each.id === first.id || each.id === second.id)
        .map((each) => each.secret)
        .toSorted(),
    ).toEqual([first.secret, 'x'].toSorted());
  });

  test('a URL that is none is refused', async () => {
    const reply = await create({ targetUrl: 'not a url', operations: ['*.*'] });
    expect(refusal(reply).code).toBe('METADATA_VALIDATION_FAILED');
    expect(reply.errors[0]?.extensions?.['errors']).toMatchObject({
      webhook: [{ errors: [{ code: 'INVALID_TARGET_URL', message: 'Invalid target URL provided' }] }],
    });
  });

  test('operations are changed, and a hook is deleted once', async () => {
    const { id } = await newWebhook('/changed', ['nothing.created']);
    const update = 'mutation($i:UpdateWebhookInput!){updateWebhook(input:$i){id operations}}';
    expect(value(await key.metadata(update, { i: { id, update: { operations: ['nothing.deleted'] } } }))).toEqual({
      id,
      operations: ['nothing.deleted'],
    });
    expect(value(await remove(id))).toEqual({ id });
    expect(refusal(await remove(id))).toEqual({
      code: 'NOT_FOUND',
      subCode: 'WEBHOOK_NOT_FOUND',
      message: 'Webhook not found',
    });
  });
});

const received = (path: string, recordId: string): Delivery[] =>
  receiver.deliveries.filter((delivery) => delivery.path === path && delivery.body.record.id === recordId);

/** The deliveries of a record once there are that many. */
async function deliveries(path: string, recordId: string, count: number): Promise<Delivery[]> {
  const found = await eventually(() => {
    const soFar = received(path, recordId);
    return soFar.length >= count ? soFar : undefined;
  }, deadlineMs);
  if (!found) throw new Error(`${count} deliveries to ${path} expected, got ${received(path, recordId).length}`);
  return found;
}
const eventsOf = (found: Delivery[]) => found.map(({ body }) => body.eventName.slice(thing.singular.length + 1));

const all = await newWebhook('/all', [`${thing.singular}.*`]);
await newWebhook('/deleted', [`${thing.singular}.deleted`]);
await newWebhook('/destroyed', ['*.destroyed']);
await newWebhook('/fail', [`${thing.singular}.restored`]);
await newWebhook('/redirect', [`${thing.singular}.restored`]);

/** A new hook fires some seconds late, and a server elsewhere, or in safe mode, never reaches this loopback address. */
const reachable = await eventually(async () => {
  const { id } = row(await things.create({ name: 'wh-probe' }));
  for (const step of ['delete', 'restore', 'destroy'] as const) row(await things[step](id));
  const paths = ['/all', '/deleted', '/destroyed', '/fail', '/redirect'];
  const everywhere = () => (paths.every((path) => received(path, id).length > 0) ? true : undefined);
  return eventually(everywhere, 3000);
}, 45_000);
const delivered = testWhen(reachable === true, 'this server does not reach webhooks on loopback');

describe('deliveries', () => {
  delivered('tell the event, the object, the whole record, and are signed', async () => {
    const { id } = row(await things.create({ name: 'wh-signed', numF: 1, emailsF: { primaryEmail: 'H@example.com' } }));
    const [delivery] = await deliveries('/all', id, 1);
    if (!delivery) throw new Error('no delivery');
    expect(delivery.method).toBe('POST');
    expect(delivery.headers).toMatchObject({
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': expect.stringMatching(/^\d{13}$/),
      'x-twenty-webhook-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
      'x-twenty-webhook-nonce': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(isSigned(delivery, secret)).toBe(true);
    expect(isSigned(delivery, `${secret}x`)).toBe(false);
    expect(delivery.body).toEqual({
      targetUrl: all.targetUrl,
      eventName: `${thing.singular}.created`,
      objectMetadata: { id: thing.objectId, nameSingular: thing.singular },
      workspaceId: expect.any(String),
      webhookId: all.id,
      eventDate: expect.stringMatching(/^\d{4}-.*Z$/),
      record: expect.objectContaining({
        id,
        name: 'wh-signed',
        numF: 1,
        textF: '',
        selF: 'NEW',
        companyId: null,
        subjectPersonId: null,
        deletedAt: null,
        emailsF: { primaryEmail: 'h@example.com', additionalEmails: [] },
        createdBy: expect.objectContaining({ source: 'API' }),
      }),
    });
  });

  delivered('one for each change of a record, none when nothing changes', async () => {
    const { id } = row(await things.create({ name: 'wh-life' }));
    await deliveries('/all', id, 1);
    row(await things.update(id, { numF: 2, textF: 'x' }));
    await deliveries('/all', id, 2);
    row(await things.update(id, { numF: 2 }));
    rows(await things.upsert([{ id, numF: 2 }]));
    rows(await things.upsert([{ id, numF: 3 }]));
    await deliveries('/all', id, 3);
    row(await things.delete(id));
    await deliveries('/all', id, 4);
    row(await things.restore(id));
    await deliveries('/all', id, 5);
    row(await things.delete(id));
    await deliveries('/all', id, 6);
    rows(await things.upsert([{ id, numF: 4 }]));
    await deliveries('/all', id, 7);
    row(await things.destroy(id));
    const found = await deliveries('/all', id, 8);

    const expected = ['created', 'updated', 'updated', 'deleted', 'restored', 'deleted', 'updated', 'destroyed'];
    expect(eventsOf(found)).toEqual(expected);
    const fields = (index: number) =>
      (found[index]?.body.updatedFields ?? []).filter((name) => name !== 'updatedAt').toSorted();
    expect(fields(1)).toEqual(['numF', 'textF']);
    expect(fields(2)).toEqual(['numF']);
    expect(fields(6)).toEqual(['deletedAt', 'numF']);
    expect(found[1]?.body.record).toMatchObject({ numF: 2, textF: 'x', name: 'wh-life' });
    expect(found[3]?.body.record).toMatchObject({ deletedAt: expect.any(String) });
    expect(found[6]?.body.record).toMatchObject({ deletedAt: null, numF: 4 });
    expect(new Set(found.map(({ headers }) => headers['x-twenty-webhook-nonce'])).size).toBe(found.length);
  });

  delivered('only the operations that were asked for; * stands for any object', async () => {
    const { id } = row(await things.create({ name: 'wh-chosen' }));
    row(await things.delete(id));
    row(await things.destroy(id));
    await deliveries('/all', id, 3);
    expect(eventsOf(await deliveries('/deleted', id, 1))).toEqual(['deleted']);
    expect(eventsOf(await deliveries('/destroyed', id, 1))).toEqual(['destroyed']);
  });

  delivered('one per row of a createMany and of an updateMany', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID());
    rows(await things.createMany(ids.map((id) => ({ id, name: 'wh-many' }))));
    for (const id of ids) await deliveries('/all', id, 1);
    rows(await things.updateMany({ id: { in: ids } }, { textF: 'um' }));
    for (const id of ids) expect(eventsOf(await deliveries('/all', id, 2))).toEqual(['created', 'updated']);
  });

  delivered('one attempt: a 500 is not repeated; a redirect is followed', async () => {
    const { id } = row(await things.create({ name: 'wh-fail' }));
    row(await things.delete(id));
    row(await things.restore(id));
    await deliveries('/fail', id, 1);
    const [redirected] = await deliveries('/redirected', id, 1);
    expect(redirected).toMatchObject({ method: 'POST', body: { record: { id } } });
    const repeated = await eventually(() => (received('/fail', id).length > 1 ? true : undefined), 10_000);
    expect(repeated).toBeUndefined();
  });

  testWhen(reachable === true && user !== undefined, needsUser)("a user's change names the user", async () => {
    if (!user) throw new Error('no user');
    const { id } = row(await recordsOf(user, thing).create({ name: 'wh-user' }));
    const [delivery] = await deliveries('/all', id, 1);
    expect(delivery?.body).toMatchObject({ userId: expect.any(String), workspaceMemberId: expect.any(String) });
    const byKey = row(await things.create({ name: 'wh-key' }));
    const [other] = await deliveries('/all', byKey.id, 1);
    expect(other?.body).not.toHaveProperty('userId');
  });
});

test('the rule of the signature', () => {
  const raw = Buffer.from('{"targetUrl":"https://hub.example/hook","eventName":"person.created"}');
  const headers = {
    'x-twenty-webhook-timestamp': '1700000000000',
    'x-twenty-webhook-signature': '86687b91e24d4638e5129643517e151c196d7bef3695feea90f41a8ddc595538',
  };
  expect(isSigned({ headers, raw }, 'test-secret')).toBe(true);
});
