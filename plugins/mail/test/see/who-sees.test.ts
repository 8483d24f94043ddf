import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PluginContext } from '@switchboard/core/contract';
import { createTwentyClient, signIn } from '@switchboard/sandbox/demo';
import { type AnyPlugin, sql, thisTenant } from '@switchboard/core/contract';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { mailboxRules } from '../../mailbox-rules.ts';
import { mailboxSettings } from '../../mailboxes/settings.ts';
import { pack } from '../../receive/pack.ts';
import type { Context } from '../../services.ts';
import { plugin } from '../../plugin.ts';

/** Two agents and an administrator with their roles in Twenty, from the doors of the hub and from Twenty itself. */

type Person = {
  readonly id: string;
  readonly get: (
    path: string,
  ) => Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>;
  /** The status and the text of an answer that is no JSON. */
  readonly file: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly post: (path: string, body: object) => Promise<number>;
  readonly inTwenty: ReturnType<typeof createTwentyClient>;
};

let hub: TestHub;
let context: Context;
let robin: Person;
let kim: Person;
let ada: Person;
let boxes: { readonly desk: string; readonly robins: string; readonly kims: string };

beforeAll(async () => {
  const { start: _reads, ...rest } = plugin;
  const keepContext = (given: PluginContext) => void (context = given as unknown as Context);
  const quiet = { ...rest, check: async (given: PluginContext) => (keepContext(given), []) } as unknown as AnyPlugin;
  hub = await startTestHub({ plugins: [quiet] });
  [robin, kim, ada] = [await join('Robin', 'Agent'), await join('Kim', 'Agent'), await join('Ada', 'Admin')];
  await hub.hub.admin.plugins.enable(TEST_TENANT, 'mail', {}, 'test');
  await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/check`);
  boxes = {
    desk: await addMailbox('desk'),
    robins: await addMailbox('robin', robin),
    kims: await addMailbox('kim', kim),
  };
}, 120_000);
afterAll(async () => await hub?.close());

async function join(firstName: string, roleLabel: string): Promise<Person> {
  const login = { email: `${firstName.toLowerCase()}@example.com`, password: 'password-1' };
  const { url } = hub.twenty;
  const { workspaceId } = hub;
  await hub.twenty.createMember({ workspaceId, firstName, lastName: 'Example', roleLabel, ...login });
  const token = await frontComponentToken({ url, ...login });
  const inTwenty = createTwentyClient(url, await signIn(url, login));
  const found = (await hub.crm.records('{ workspaceMembers { edges { node { id userEmail } } } }', {}))[
    'workspaceMembers'
  ] as { edges: { node: { id: string; userEmail: string } }[] };
  const ask = async (path: string, body?: object) =>
    await fetch(`${hub.url}/panel/v1/plugins/mail${path}`, {
      headers: { origin: 'null', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  return {
    id: found.edges.find(({ node }) => node.userEmail === login.email)?.node.id ?? '',
    inTwenty,
    get: async (path) => {
      const response = await ask(path);
      return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
    },
    file: async (path) => {
      const response = await ask(path);
      return { status: response.status, text: await response.text() };
    },
    post: async (path, body) => (await ask(path, body)).status,
  };
}

async function addMailbox(name: string, owner?: Person): Promise<string> {
  const server = { host: 'mail.example.com', port: 993, security: 'tls' };
  const { id } = await context.services.mailboxes.add({
    kind: owner === undefined ? 'desk' : 'member',
    ownerId: owner?.id,
    name,
    address: `${name}@example.com`,
    auth: 'password',
    settings: mailboxSettings.parse({ imap: server, smtp: server }),
    rules: mailboxRules.parse({}),
    password: 'password',
  });
  return id;
}

/** A mail that lies in a mailbox and was filed, to a case or to none. @returns its id */
async function received(mailboxId: string, caseId: string | null, isShown: boolean): Promise<string> {
  const id = crypto.randomUUID();
  await context.tables.query(sql`
    insert into mail_message (tenant_id, id, state, message_id, subject, from_address, from_name, received_at, verdict,
        is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
      values (${thisTenant}, ${id}, 'ready', ${id}, 'Received', 'anna@example.net', 'Anna', now(), 'human', false, false, 1, 0,
        '{"to":[],"cc":[],"from":[],"replyTo":[],"attachments":[]}', 'Text', 'Text', '', ${mailboxId})`);
  const folder = crypto.randomUUID();
  await context.tables.query(sql`
    insert into mail_folder (tenant_id, mailbox_id, id, path, role, uid_validity, next_uid, past_uid, horizon, live_from)
      values (${thisTenant}, ${mailboxId}, ${folder}, ${folder}, 'other', 1, 2, 1, now(), now())`);
  await context.tables.query(sql`
    insert into mail_placement (tenant_id, mailbox_id, folder_id, uid_validity, uid, message_id, bytes, received_at)
      values (${thisTenant}, ${mailboxId}, ${folder}, 1, 1, ${id}, 1, now())`);
  await context.tables.query(sql`
    insert into mail_filing (tenant_id, message_id, mailbox_id, outcome, case_id, sender_check, is_shown, is_quiet,
        direction, why, happened_at)
      values (${thisTenant}, ${id}, ${mailboxId}, ${caseId === null ? 'kept' : 'joined'}, ${caseId}::uuid, 'VERIFIED',
        ${isShown}, false, 'INBOUND', '', now())`);
  return id;
}

/** A mail that a member has sent. @returns its id */
async function sent(author: Person, mailboxId: string): Promise<string> {
  const id = crypto.randomUUID();
  await context.tables.query(sql`
    insert into mail_outgoing (tenant_id, id, request_key, mailbox_id, author_id, people, subject, text, message_id, go_at)
      values (${thisTenant}, ${id}, ${id}, ${mailboxId}, ${author.id}, '{"to":[],"cc":[],"bcc":[],"from":{}}', 'Sent', 'Text',
        ${id}, now())`);
  return id;
}

const statusOf = async (who: Person, kind: 'received' | 'sent', id: string) =>
  (await who.get(`/mails/one?kind=${kind}&id=${id}`)).status;
const seenBy = async (kind: 'received' | 'sent', id: string) =>
  await Promise.all([robin, kim, ada].map(async (who) => await statusOf(who, kind, id)));
const sentList = async (who: Person) =>
  ((await who.get('/sent')).body['mails'] as { id: string }[]).map(({ id }) => id).toSorted();

test('the list Sent is the own one of each agent, and all of it for the administrator', async () => {
  const [ofRobin, ofKim] = [await sent(robin, boxes.robins), await sent(kim, boxes.desk)];
  expect(await sentList(robin)).toEqual([ofRobin]);
  expect(await sentList(kim)).toEqual([ofKim]);
  expect(await sentList(ada)).toEqual([ofRobin, ofKim].toSorted());
  expect((await robin.file('/sent/export')).status).toBe(403);
  const { text } = await ada.file('/sent/export?language=de');
  const lines = text.split('\r\n').slice(0, -1);
  expect(lines[0]).toMatch(/^Geschrieben \(.*\);Von;Absender;An;/);
  expect(lines).toHaveLength(3);
  expect(await seenBy('sent', ofRobin)).toEqual([200, 404, 200]);
});

test('what came to a personal mailbox is read by its owner alone, and what came to the desk by everybody', async () => {
  expect(await seenBy('received', await received(boxes.robins, null, false))).toEqual([200, 404, 404]);
  expect(await seenBy('received', await received(boxes.desk, null, false))).toEqual([200, 200, 200]);
});

test('what was filed to a case from a personal mailbox is for others only where its owner shares it', async () => {
  const caseId = await newCase();
  expect(await seenBy('received', await received(boxes.robins, caseId, false))).toEqual([200, 404, 404]);
  expect(await seenBy('received', await received(boxes.kims, caseId, true))).toEqual([200, 200, 200]);
});

async function newCase(): Promise<string> {
  const made = await hub.crm.records(
    'mutation M($data: ServiceCaseCreateInput!) { createServiceCase(data: $data) { id } }',
    {
      data: { subject: 'Elevator', status: 'OPEN' },
    },
  );
  const { id } = made['createServiceCase'] as { id: string };
  await waitFor('the copy of the case', async () => (await context.crm.get('serviceCase', id)) !== undefined);
  return id;
}

test('in Twenty itself agents may not read the mails of cases, the administrator may', async () => {
  const asked = '{ caseMessages { edges { node { id subject } } } }';
  const refusal = await robin.inTwenty.records(asked, {}).then(
    () => 'allowed',
    (error: unknown) => String(error),
  );
  expect(refusal).toMatch(/permission/i);
  await expect(ada.inTwenty.records(asked, {})).resolves.toMatchObject({ caseMessages: { edges: [] } });
});

/** A mail that could not be read. @returns its id */
async function setAside(mailboxId: string): Promise<string> {
  const id = crypto.randomUUID();
  const raw = Buffer.from('From: Anna <anna@example.net>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\r\nText\r\n');
  await context.tables.query(sql`
    insert into mail_message (tenant_id, id, state, problem, message_id, subject, from_address, from_name, received_at, verdict,
        is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
      values (${thisTenant}, ${id}, 'unreadable', 'It takes too long to be read.', '', '', '', '', now(), 'human', false, false,
        ${raw.length}, 0, '{}', '', '', '', ${mailboxId})`);
  await context.tables.query(sql`
    insert into mail_source (tenant_id, message_id, bytes) values (${thisTenant}, ${id}, ${pack(raw)})`);
  return id;
}

test('a mail that was set aside shows who may read its mailbox what it is, and operators that it is there', async () => {
  const id = await setAside(boxes.robins);
  const listed = async (who: Person) => (await who.get('/aside')).body['mails'] as Record<string, unknown>[];
  const common = { id, mailbox: 'robin@example.com', problem: 'It takes too long to be read.' };
  expect(await listed(robin)).toMatchObject([
    { ...common, subject: 'Café', from: 'Anna <anna@example.net>', mayRead: true },
  ]);
  expect(await listed(kim)).toEqual([]);
  expect(await listed(ada)).toMatchObject([{ ...common, subject: '', from: '', mayRead: false }]);
  const source = `/aside/source?id=${id}`;
  expect((await robin.file(source)).text).toContain('Subject: =?utf-8?q?Caf=C3=A9?=');
  expect([(await kim.file(source)).status, (await ada.file(source)).status]).toEqual([404, 403]);
  expect(await kim.post('/aside/retry', { id })).toBe(404);
  expect(await robin.post('/aside/retry', {})).toBe(403);
  expect(await robin.post('/aside/retry', { id })).toBe(202);
  await waitFor('the mail to be read', async () => (await listed(robin)).length === 0, 60_000);
});

test('who may read a mailbox discards what lies aside in it, with a reason, and takes it back', async () => {
  const id = await setAside(boxes.robins);
  const lists = async (who: Person) => {
    const { mails, discarded } = (await who.get('/aside')).body as Record<string, { readonly id: string }[]>;
    return [mails?.some((one) => one.id === id), discarded?.some((one) => one.id === id)];
  };
  expect(await kim.post('/aside/discard', { id, reason: 'Noise' })).toBe(404);
  expect(await ada.post('/aside/discard', { id, reason: 'Noise' })).toBe(403);
  expect(await robin.post('/aside/discard', { id, reason: ' ' })).toBe(400);
  expect(await robin.post('/aside/discard', { id, reason: 'Noise' })).toBe(200);
  expect(await robin.post('/aside/discard', { id, reason: 'Noise' })).toBe(404);
  expect([await lists(robin), await lists(kim)]).toEqual([
    [false, true],
    [false, false],
  ]);
  expect(await ada.post('/aside/restore', { id })).toBe(403);
  expect(await robin.post('/aside/restore', { id })).toBe(200);
  expect(await lists(robin)).toEqual([true, false]);
  const { rows } = await hub.hub.database.pool.query(
    'select actor, action, details from audit_entry where subject = $1 order by sequence',
    [`mail/${id}`],
  );
  expect(rows).toMatchObject([
    { actor: expect.stringContaining('@'), action: 'mail.discarded', details: { reason: 'Noise' } },
    { action: 'mail.restored' },
  ]);
  expect(await robin.post('/aside/discard', { id, reason: 'Noise' })).toBe(200);
});

test('what lies aside in a mailbox of the desk is for everybody who reads cases', async () => {
  const id = await setAside(boxes.desk);
  expect((await kim.file(`/aside/source?id=${id}`)).status).toBe(200);
  expect(await ada.post('/aside/retry', {})).toBe(202);
  await waitFor(
    'the mail to be read',
    async () => ((await kim.get('/aside')).body['mails'] as []).length === 0,
    60_000,
  );
});
