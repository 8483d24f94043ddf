import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type MemberRequest, type Reply, sql, thisTenant } from '@switchboard/core/contract';
import { type Dovecot, startDovecot } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { changeMailbox } from '../../mailboxes/edit.ts';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import type { MailboxSettings } from '../../mailboxes/settings.ts';
import { attentionRoutes } from '../../routes/attention.ts';
import { addMailbox, type MailHub, readMailbox, simpleMail, startMailHub, storedMessages } from '../mail-hub.ts';

const server = await startDovecot();
const describeWith = server.port === undefined ? describe.skip : describe;

describeWith(`a mailbox that is changed${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let hub: MailHub;

  beforeAll(async () => {
    hub = await startMailHub();
  }, 60_000);
  afterAll(async () => {
    await hub.close();
    await dovecot.close();
  });

  const ask = async (path: string, body: object) =>
    await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes/${path}`, body);
  const withServers = ({ settings }: Mailbox, imap: object, more: object = {}): MailboxSettings => ({
    ...settings,
    imap: { ...settings.imap, ...imap },
    ...more,
  });
  const passwordOf = async ({ id }: Mailbox) => await hub.context.vault.get(`password/${id}`);

  describe('keeps what is stored from servers that have not had it', () => {
    const elsewhere = { host: 'imap.example.net' };

    test('by another server the password is asked for, in the trial as in the change, and nothing is changed', async () => {
      const mailbox = await addMailbox(hub, dovecot, 'kept');
      const settings = withServers(mailbox, elsewhere);
      for (const path of ['try-change', 'change']) {
        const { status, body } = await ask(path, { id: mailbox.id, settings });
        expect(status).toBe(400);
        expect(body).toMatchObject({ error: { field: 'body.password', reason: 'mail.password-for-new-server' } });
      }
      expect((await hub.context.services.mailboxes.get(mailbox.id)).settings).toEqual(mailbox.settings);
      expect((await ask('change', { id: mailbox.id, settings, password: 'another' })).status).toBe(200);
      expect(await passwordOf(mailbox)).toBe('another');
    });

    test('a certificate authority of somebody else counts as another server', async () => {
      const mailbox = await addMailbox(hub, dovecot, 'kept-ca');
      const settings = withServers(mailbox, {}, { ca: '-----BEGIN CERTIFICATE-----' });
      expect((await ask('try-change', { id: mailbox.id, settings })).status).toBe(400);
    });

    test('of a sign-in with Google nothing goes anywhere else', async () => {
      const { settings, rules } = await addMailbox(hub, dovecot, 'kept-model');
      const kind = { kind: 'desk', ownerId: undefined, password: undefined, auth: 'google' } as const;
      const own = { ...kind, name: 'Team', address: 'kept-google@example.com', settings, rules };
      const mailbox = await hub.context.services.mailboxes.add(own);
      const { status, body } = await ask('change', { id: mailbox.id, settings: withServers(mailbox, elsewhere) });
      expect([status, body]).toMatchObject([409, { error: { reason: 'mail.servers-of-sign-in' } }]);
    });

    test('at the same servers the password need not be entered again', async () => {
      const mailbox = await addMailbox(hub, dovecot, 'same');
      const settings = withServers(mailbox, {}, { folders: ['Old'], horizonDays: 90 });
      const { lines } = (await ask('try-change', { id: mailbox.id, settings })).body as { lines: { state: string }[] };
      expect(lines[0]?.state).not.toBe('failed');
      const changed = await ask('change', { id: mailbox.id, settings, name: 'Service', rules: { opensCases: false } });
      expect(changed.body).toMatchObject({ mailbox: { name: 'Service', rules: { opensCases: false }, settings } });
      expect(await passwordOf(mailbox)).toBe('password');
    });
  });

  const read = async (mailbox: Mailbox) =>
    await readMailbox(hub.holding, await hub.context.services.mailboxes.get(mailbox.id));
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  /** By subject: whether it is history, and how often it was handed on to be filed. */
  const known = async (mailbox: Mailbox) => {
    const { rows } = await hub.hub.database.pool.query<{ payload: { messageIds: string[] } }>(
      `select payload from job where type = 'mail.file'`,
    );
    const filed = rows.flatMap(({ payload }) => payload.messageIds);
    return Object.fromEntries(
      (await storedMessages(hub.context, mailbox)).map(({ id, subject, is_history }) => [
        subject.replace('About ', ''),
        [is_history, filed.filter((one) => one === id).length],
      ]),
    );
  };

  test('into another account files nothing a second time and misses nothing there, whatever its numbers', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'first');
    await read(mailbox);
    for (const id of ['both', 'only-first', 'third']) await dovecot.deliver('first', simpleMail(id));
    await read(mailbox);
    expect(await known(mailbox)).toEqual({ both: [false, 1], 'only-first': [false, 1], third: [false, 1] });
    await dovecot.deliver('second', simpleMail('long-there'), { receivedAt: daysAgo(3) });
    await dovecot.deliver('second', simpleMail('both'));
    const { settings } = mailbox;
    const second = withServers(mailbox, { user: 'second' });
    await numberAs(mailbox, second);
    await changeMailbox(hub.context, mailbox.id, { settings: second });
    await read(mailbox);
    await dovecot.deliver('second', simpleMail('new-there'));
    await read(mailbox);
    const after = {
      both: [false, 1],
      'only-first': [false, 1],
      third: [false, 1],
      'long-there': [true, 1],
      'new-there': [false, 1],
    };
    expect(await known(mailbox)).toEqual(after);
    await changeMailbox(hub.context, mailbox.id, { settings });
    await dovecot.deliver('first', simpleMail('meanwhile'));
    await read(mailbox);
    await read(mailbox);
    expect(await known(mailbox)).toEqual({ ...after, meanwhile: [false, 1] });
  });

  /** By chance the inbox that was read has the UIDVALIDITY of the one that comes. */
  async function numberAs(mailbox: Mailbox, settings: MailboxSettings): Promise<void> {
    const imap = await hub.holding.connect({ ...mailbox, settings }, AbortSignal.timeout(30_000));
    const { uidValidity } = await imap.select('INBOX');
    imap.close();
    for (const table of [sql`mail_folder`, sql`mail_placement`]) {
      await hub.context.tables.query(sql`
        update ${table} set uid_validity = ${String(uidValidity)}::bigint
          where tenant_id = ${thisTenant} and mailbox_id = ${mailbox.id}::uuid`);
    }
  }

  test('begins no folder of the account that it was', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'leaving');
    await changeMailbox(hub.context, mailbox.id, { settings: withServers(mailbox, { user: 'arriving' }) });
    const imap = await hub.holding.connect(mailbox, AbortSignal.timeout(30_000));
    const { passOver } = await import('../../receive/pass.ts');
    await passOver(hub.holding, imap, mailbox, [{ path: 'INBOX', role: 'inbox' }], AbortSignal.timeout(30_000));
    imap.close();
    const folders = await hub.context.tables.query(sql`
      select id from mail_folder where tenant_id = ${thisTenant} and mailbox_id = ${mailbox.id}::uuid`);
    expect(folders).toEqual([]);
  });

  test('to a longer time takes in what lies before, and to a shorter one forgets nothing', async () => {
    for (const days of [2, 40])
      await dovecot.deliver('time', simpleMail(`time-${days}`), { receivedAt: daysAgo(days) });
    const mailbox = await addMailbox(hub, dovecot, 'time');
    await read(mailbox);
    expect(Object.keys(await known(mailbox))).toEqual(['time-2']);
    await changeMailbox(hub.context, mailbox.id, { settings: { ...mailbox.settings, horizonDays: 90 } });
    await read(mailbox);
    await changeMailbox(hub.context, mailbox.id, { settings: { ...mailbox.settings, horizonDays: 0 } });
    await read(mailbox);
    expect(await known(mailbox)).toEqual({ 'time-2': [true, 1], 'time-40': [true, 1] });
  });

  describe('because it lacks a password or a sign-in', () => {
    const OWNER = crypto.randomUUID();
    const asMember = async (path: string, member: string, body?: object, manages = false): Promise<Reply> => {
      const route = attentionRoutes.find((one) => one.path === `/mailboxes/attention${path}`);
      const request = {
        member: { id: member, name: 'Robin', email: 'robin@example.com' },
        may: async (permission: string) => manages && permission === 'plugins.manage',
        body: Buffer.from(JSON.stringify(body ?? {})),
      } as unknown as MemberRequest;
      return (await route?.handle(hub.context, request, AbortSignal.timeout(30_000))) ?? { status: 404 };
    };
    const asked = async (member: string, manages = false) =>
      ((await asMember('', member, undefined, manages)).body as { mailboxes: { address: string }[] }).mailboxes.map(
        ({ address }) => address,
      );

    test("is told to its owner alone, the desk's to who manages plugins, and ends with the password", async () => {
      const { settings, rules, id: deskId } = await addMailbox(hub, dovecot, 'desk');
      const own = {
        name: 'Robin',
        address: 'own@example.com',
        auth: 'password',
        password: 'old',
        settings,
        rules,
      } as const;
      const { id } = await hub.context.services.mailboxes.add({ ...own, kind: 'member', ownerId: OWNER });
      expect(await asked(OWNER)).toEqual([]);
      for (const one of [id, deskId])
        await hub.context.services.mailboxes.setState(one, 'needs-authorisation', 'The server refuses the credentials');
      expect(await asked(OWNER)).toEqual(['own@example.com']);
      expect(await asked(crypto.randomUUID(), true)).toEqual(['kept-google@example.com', 'desk@example.com']);
      expect(await asked(crypto.randomUUID())).toEqual([]);
      const stranger = asMember('/password', crypto.randomUUID(), { id, password: 'password' }, true);
      await expect(stranger).rejects.toMatchObject({ code: 'not-found' });
      const wrong = (await asMember('/password', OWNER, { id, password: 'wrong' })).body as { isSaved: boolean };
      expect(wrong.isSaved).toBe(false);
      expect(await hub.context.vault.get(`password/${id}`)).toBe('old');
      await asMember('/password', OWNER, { id, password: 'password', isCertain: true });
      expect(await hub.context.vault.get(`password/${id}`)).toBe('password');
      expect(await asked(OWNER)).toEqual([]);
    });

    test('of Google begins the sign-in for its owner, and says what is missing for it', async () => {
      const { settings, rules } = await addMailbox(hub, dovecot, 'google-model');
      const own = {
        name: 'Robin',
        address: 'own@gmail.com',
        auth: 'google',
        password: undefined,
        settings,
        rules,
      } as const;
      const { id } = await hub.context.services.mailboxes.add({ ...own, kind: 'member', ownerId: OWNER });
      expect(await asked(OWNER)).toEqual(['own@gmail.com']);
      await expect(asMember('/sign-in', OWNER, { id })).rejects.toMatchObject({ code: 'config' });
      await expect(asMember('/sign-in', crypto.randomUUID(), { id })).rejects.toMatchObject({ code: 'not-found' });
      await expect(asMember('/password', OWNER, { id, password: 'x' })).rejects.toMatchObject({ code: 'conflict' });
    });
  });
});
