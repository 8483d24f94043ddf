import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JobRun, RefusedError } from '@switchboard/core/contract';
import { type Dovecot, startDovecot } from '@switchboard/testing';
import { explain } from '../../client/errors.ts';
import { openImap } from '../../client/imap.ts';
import type { Accounts } from '../../mailboxes/accounts.ts';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import { createSentFolder } from '../../mailboxes/sent-folder.ts';
import { acceptRequest } from '../../send/accept.ts';
import { findOutgoing, transmissionsOf } from '../../send/outgoing.ts';
import { copyAgain, copyMail } from '../../send/sent-copy.ts';
import { transmit } from '../../send/transmit.ts';
import { COPY_TRIES } from '../../send/work.ts';
import { AGENT, CASE, type Desk, DESK, openDesk } from '../desk.ts';
import { type Smtp, startSmtp } from './smtp.ts';

/** So much fits into each mailbox of the server. */
const QUOTA_KB = 64;

const server = await startDovecot({ quotaKb: QUOTA_KB });
const describeWith = server.port === undefined ? describe.skip : describe;

describeWith(`the copy in Sent of a real server${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let desk: Desk;
  let smtp: Smtp;

  beforeAll(async () => {
    desk = await openDesk();
    smtp = await startSmtp();
    desk.line.account = smtp.account;
  }, 60_000);
  afterAll(async () => {
    await smtp.close();
    await desk.close();
    await dovecot.close();
  });

  const runOf = (attempt = 1): JobRun => ({ id: crypto.randomUUID(), attempt, signal: new AbortController().signal });
  const connectAs =
    (user: string): Accounts['connect'] =>
    async (_mailbox, signal) => {
      const { host, port, ca } = dovecot;
      const account = { host, address: '127.0.0.1', port, security: 'tls', ca, user } as const;
      return await openImap({ ...account, credential: { password: 'password' } }, { maxBytes: 1_000_000, signal });
    };
  const sentFolderOf = (user: string) =>
    createSentFolder(
      { connect: connectAs(user) } as Accounts,
      {
        address: 'desk@example.com',
        settings: { smtp: { host: 'smtp.example.com' } },
      } as Mailbox,
    );
  /** A mail that its server has taken. */
  async function sent(kilobytes: number): Promise<string> {
    const { mails } = await acceptRequest(desk.context, {
      requestId: crypto.randomUUID(),
      by: { memberId: AGENT },
      about: { caseId: CASE },
      to: 'contact',
      subject: 'Elevator',
      text: 'A line of text. '.repeat(kilobytes * 64),
    });
    const mailId = mails[0]?.mailId ?? '';
    await transmit(desk.context, mailId, runOf());
    return mailId;
  }
  const find = async (mailId: string) => await findOutgoing(desk.context.tables, mailId);
  const stateOf = async (mailId: string) => (await transmissionsOf(desk.context.tables, [mailId]))[0]?.state;

  test('is there once, whatever number of times it is made, and is the bytes that were sent', async () => {
    desk.sent.folder = sentFolderOf('roomy');
    const mailId = await sent(1);
    await copyMail(desk.context, mailId, runOf());
    expect(await find(mailId)).toMatchObject({ copyState: 'there' });
    const imap = await connectAs('roomy')({} as Mailbox, new AbortController().signal);
    await imap.select('Sent');
    const [uid = 0, ...others] = await imap.uidsFrom(1);
    expect(others).toEqual([]);
    for await (const { source } of imap.sources([uid]))
      expect(source.equals(smtp.taken.at(-1)?.raw ?? source)).toBe(true);
    imap.close();
  });

  test('is given up where the mailbox is full, the mail stays sent, and it is made when there is room', async () => {
    desk.sent.folder = sentFolderOf('full');
    await dovecot.deliver('full', `Subject: Large\r\n\r\n${'x'.repeat((QUOTA_KB - 8) * 1024)}`);
    const before = smtp.taken.length;
    const mailId = await sent(20);
    await expect(copyMail(desk.context, mailId, runOf())).rejects.toMatchObject({ trouble: 'full', retry: 'backoff' });
    expect(await find(mailId)).toMatchObject({ copyState: 'wanted' });
    await copyMail(desk.context, mailId, runOf(COPY_TRIES));
    expect(await find(mailId)).toMatchObject({ copyState: 'failed' });
    expect((await find(mailId))?.copyDetail).toContain('OVERQUOTA');
    const { rows } = await desk.hub.hub.database.pool.query<{ summary: string }>(
      `select summary from delivery where kind = 'mail' and result = 'failed'`,
    );
    expect(rows.map(({ summary }) => summary)).toEqual([expect.stringContaining('no room left')]);
    dovecot.change('full', 'delete 1');
    expect(await copyAgain(desk.context, DESK)).toBe(1);
    expect(await copyAgain(desk.context, DESK)).toBe(0);
    await copyMail(desk.context, mailId, runOf());
    expect(await find(mailId)).toMatchObject({ copyState: 'there', copyDetail: '' });
    expect(await stateOf(mailId)).toBe('accepted');
    expect(smtp.taken).toHaveLength(before + 1);
  });

  test('is given up at once where trying again makes no sense', async () => {
    const has = async () => {
      throw new RefusedError('The address of imap.example.com is not public');
    };
    desk.sent.folder = { ...sentFolderOf('gone'), has };
    const mailId = await sent(1);
    await copyMail(desk.context, mailId, runOf());
    expect(await find(mailId)).toMatchObject({ copyState: 'failed' });
    expect(await stateOf(mailId)).toBe('accepted');
  });

  test.each([
    [{ serverResponseCode: 'OVERQUOTA' }, 'full'],
    [{ responseText: 'No space left on device' }, 'full'],
    [{ serverResponseCode: 'SERVERBUG', responseText: 'Internal error' }, 'declined'],
    [{ serverResponseCode: 'LIMIT', responseText: 'APPEND rate limit hit' }, 'declined'],
    [{ serverResponseCode: 'UNAVAILABLE' }, 'throttled'],
  ])('tells apart why a server does not take it: %j', (answer, trouble) => {
    const told = explain({ responseStatus: 'NO', ...answer }, { host: 'imap.example.com', port: 993 });
    expect(told).toMatchObject({ trouble, retry: 'backoff' });
  });
});
