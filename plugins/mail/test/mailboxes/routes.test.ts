import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Dovecot, freePort, startDovecot, waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { SMTPServer } from 'smtp-server';
import { once } from 'node:events';
import { plugin } from '../../plugin.ts';
import { simpleMail } from '../mail-hub.ts';

const server = await startDovecot();
const describeWith = server.port === undefined ? describe.skip : describe;

type Line = {
  readonly name: string;
  readonly state: string;
  readonly code?: string;
  readonly detail: string;
  readonly remedy?: string;
};
type Shown = {
  readonly id: string;
  readonly state: string;
  readonly stateReason: string;
  readonly isSignedIn: boolean;
};

describeWith(`mailboxes of a desk${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let hub: TestHub;
  let smtpPort = 0;
  // Without a certificate that anybody would trust.
  const smtp = new SMTPServer({ secure: true, authOptional: false, logger: false });

  beforeAll(async () => {
    smtpPort = await freePort();
    smtp.listen(smtpPort, '127.0.0.1');
    smtp.on('error', () => {});
    await once(smtp.server, 'listening');
    hub = await startTestHub({ plugins: [plugin], crm: false });
    await hub.hub.admin.tenants.create({ slug: 'other', name: 'Other', country: 'DE' }, 'test');
    for (const tenant of [TEST_TENANT, 'other'])
      await hub.hub.admin.plugins.enable(tenant, 'mail', { internalHosts: 'localhost' }, 'test');
  }, 60_000);
  afterAll(async () => {
    await hub.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
    await dovecot.close();
  });

  const ask = async (method: string, path: string, body?: object, tenant = TEST_TENANT) =>
    await hub.api(method, `/tenants/${tenant}/plugins/mail/doors${path}`, body);
  const mailboxes = async (tenant = TEST_TENANT) =>
    ((await ask('GET', '/mailboxes', undefined, tenant)).body as { mailboxes: Shown[] }).mailboxes;
  const settings = () => ({
    imap: { host: 'localhost', port: dovecot.port, security: 'tls', user: 'desk' },
    smtp: { host: 'localhost', port: smtpPort, security: 'tls', user: 'desk' },
    ca: dovecot.ca,
  });
  const add = async (more: object) =>
    await ask('POST', '/mailboxes', { name: 'Desk', address: 'desk@example.com', settings: settings(), ...more });

  test('are added, read at once, paused and removed; passwords are shown to nobody', async () => {
    const added = await add({ password: 'password' });
    expect(added.status).toBe(201);
    const { id } = (added.body as { mailbox: Shown }).mailbox;
    expect(await mailboxes('other')).toEqual([]);
    expect((await ask('POST', '/mailboxes/pause', { id }, 'other')).status).toBe(404);
    expect((await add({ password: 'password' })).status).toBe(409);
    expect(JSON.stringify(await ask('GET', '/mailboxes'))).not.toContain('"password":"');
    await dovecot.deliver('desk', simpleMail('first'));
    const count = async () =>
      (await hub.hub.database.pool.query<{ count: number }>(`select count(*)::int as count from mail_message`)).rows[0]
        ?.count;
    await waitFor('the mail', async () => (await count()) === 1);
    const { rows } = await hub.hub.database.pool.query(`select * from mail_mailbox`);
    expect(JSON.stringify(rows)).not.toContain('"password"}');

    const lines = ((await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/check`)).body as { lines: Line[] })
      .lines;
    expect(lines).toContainEqual(expect.objectContaining({ name: 'desk@example.com: IMAP (reading)', state: 'ok' }));
    // One way may be broken where the other works.
    const sending = lines.find(({ name }) => name === 'desk@example.com: SMTP (sending)');
    expect(sending).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('certificate') as unknown as string,
    });

    await ask('POST', '/mailboxes/pause', { id });
    expect(await mailboxes()).toMatchObject([{ state: 'paused' }]);
    await ask('POST', '/mailboxes/resume', { id });
    expect(await mailboxes()).toMatchObject([{ state: 'active' }]);
    expect((await ask('POST', '/mailboxes/remove', { id })).status).toBe(200);
    expect(await mailboxes()).toEqual([]);
    expect(await count()).toBe(0);
  });

  test('are tried before they are stored, and nothing of the trial is kept', async () => {
    const trial = async (password: string) =>
      (
        (await ask('POST', '/mailboxes/try', { address: 'desk@example.com', password, settings: settings() })).body as {
          lines: Line[];
        }
      ).lines;
    const wrong = await trial('not-the-password');
    expect(wrong.map(({ state, code }) => [state, code])).toEqual([
      ['failed', 'mail.refused'],
      ['failed', 'mail.certificate'],
    ]);
    expect(wrong[0]?.remedy).toContain('password');
    expect(JSON.stringify(wrong)).not.toContain('not-the-password');
    expect((await trial('password'))[0]).toMatchObject({ state: 'ok', values: { address: 'desk@example.com' } });
    expect(await mailboxes()).toEqual([]);
    const noPassword = await ask('POST', '/mailboxes/try', { address: 'desk@example.com', settings: settings() });
    expect(noPassword).toMatchObject({ status: 400, body: { error: { field: 'body.password' } } });
  });

  test.each([
    ['Google', 'google', 'imap.gmail.com', { host: 'smtp.gmail.com', port: 465, security: 'tls' }],
    [
      'Microsoft',
      'microsoft',
      'outlook.office365.com',
      { host: 'smtp.office365.com', port: 587, security: 'starttls' },
    ],
  ])("with a sign-in with %s are at that provider's servers and no others", async (_, auth, host, sending) => {
    const address = `${auth}@example.com`;
    const own = { imap: { host, port: 993, security: 'tls' }, smtp: sending };
    for (const wrong of [{ imap: settings().imap }, { smtp: settings().smtp }, { ca: dovecot.ca }]) {
      const refused = await add({ address, auth, settings: { ...own, ...wrong } });
      expect(refused).toMatchObject({ status: 400, body: { error: { field: 'body.settings' } } });
    }
    expect(await mailboxes()).toEqual([]);
    const { status, body } = await add({ address, auth, settings: own });
    expect([status, body]).toMatchObject([201, { mailbox: { state: 'needs-authorisation' } }]);
    await ask('POST', '/mailboxes/remove', { id: (body as { mailbox: Shown }).mailbox.id });
  });

  test('say how much of each is set aside', async () => {
    const { id } = ((await add({ password: 'password' })).body as { mailbox: Shown }).mailbox;
    const other = (await add({ address: 'other@example.com', password: 'password' })).body as { mailbox: Shown };
    await ask('POST', '/mailboxes/pause', { id });
    const { pool } = hub.hub.database;
    await pool.query(
      `insert into mail_message (tenant_id, id, state, problem, message_id, subject, from_address, from_name, received_at,
          verdict, is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
        select tenant_id, gen_random_uuid(), 'unreadable', 'odd', '', '', '', '', now(),
          'human', false, false, 1, 0, '{}', '', '', '', id
        from mail_mailbox where id = $1`,
      [id],
    );
    expect(await mailboxes()).toMatchObject([
      { id, setAside: 1, missingCopies: 0 },
      { id: other.mailbox.id, setAside: 0, missingCopies: 0 },
    ]);
    for (const one of [id, other.mailbox.id]) await ask('POST', '/mailboxes/remove', { id: one });
  });

  test('are told apart from what is in the network of the hub', async () => {
    const inside = { host: '127.0.0.1', port: dovecot.port, security: 'tls' };
    const added = await add({ address: 'inside@example.com', password: 'x', settings: { imap: inside, smtp: inside } });
    const { id } = (added.body as { mailbox: Shown }).mailbox;
    const { lines } = (await ask('POST', '/mailboxes/test', { id })).body as { lines: Line[] };
    expect(lines.map(({ state, detail }) => [state, detail.includes('not public')])).toEqual([
      ['failed', true],
      ['failed', true],
    ]);
    await ask('POST', '/mailboxes/remove', { id });
  });

  test.each([
    ['an address that is none', { address: 'nobody', password: 'x' }, 'body.address'],
    ['no password', {}, 'body.password'],
    ['a member without a name', { kind: 'member', password: 'x' }, 'body.ownerMemberId'],
    [
      'servers without encryption',
      { settings: { imap: { host: 'a.example.com', port: 143, security: 'none' } } },
      'body.settings.imap.security',
    ],
  ])('refuse %s, naming the field', async (_what, body, field) => {
    const { status, body: answer } = await add(body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ error: { field } });
  });
});
