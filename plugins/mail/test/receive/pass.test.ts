import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PayloadError, sql, thisTenant } from '@switchboard/core/contract';
import { type Dovecot, startDovecot, waitFor } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import type { FolderStatus } from '../../client/imap.ts';
import type { Holding } from '../../receive/hold-mailbox.ts';
import { readSource } from '../../receive/source.ts';
import { addMailbox, type MailHub, readMailbox, simpleMail, startMailHub, storedMessages } from '../mail-hub.ts';

const server = await startDovecot();
const describeWith = server.port === undefined ? describe.skip : describe;

describeWith(`reading a mailbox${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let hub: MailHub;

  beforeAll(async () => {
    hub = await startMailHub();
  }, 60_000);
  afterAll(async () => {
    await hub.close();
    await dovecot.close();
  });

  const read = async (mailbox: Mailbox) => await readMailbox(hub.holding, mailbox);
  const messages = async (mailbox: Mailbox) => await storedMessages(hub.context, mailbox);
  const subjects = async (mailbox: Mailbox) => (await messages(mailbox)).map(({ subject }) => subject);
  /** How often each message was handed on to be filed, and in which lane. */
  const filed = async (mailbox: Mailbox) => {
    const { rows } = await hub.hub.database.pool.query<{ lane: string; payload: { messageIds: string[] } }>(
      `select lane, payload from job where type = 'mail.file'`,
    );
    const jobs = rows.flatMap(({ lane, payload }) => payload.messageIds.map((id) => ({ id, lane })));
    return (await messages(mailbox)).map(({ id, subject }) => [
      subject,
      ...jobs.filter((job) => job.id === id).map(({ lane }) => lane),
    ]);
  };
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

  test('takes new mail once, and has it filed once', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'once');
    await read(mailbox);
    await dovecot.deliver('once', simpleMail('once-1'));
    await dovecot.deliver('once', simpleMail('once-2'));
    await read(mailbox);
    await read(mailbox);
    expect(await messages(mailbox)).toMatchObject([
      { subject: 'About once-1', state: 'ready', is_history: false, is_outgoing: false },
      { subject: 'About once-2', state: 'ready', is_history: false, is_outgoing: false },
    ]);
    expect(await filed(mailbox)).toEqual([
      ['About once-1', 'normal'],
      ['About once-2', 'normal'],
    ]);
  });

  test('keeps the very bytes, small or large', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'bytes');
    await read(mailbox);
    const small = simpleMail('small');
    const large = simpleMail('large', [], 'A line of text that repeats itself.\r\n'.repeat(60_000));
    for (const raw of [small, large]) await dovecot.deliver('bytes', raw);
    await read(mailbox);
    const [first, second] = await messages(mailbox);
    expect((await readSource(hub.context, second?.id ?? '')).toString()).toBe(small);
    expect((await readSource(hub.context, first?.id ?? '')).toString()).toBe(large);
  });

  test('reads what was there before as far as the horizon, newest first, as history and without haste', async () => {
    for (const days of [1, 2, 40])
      await dovecot.deliver('past', simpleMail(`past-${days}`), { receivedAt: daysAgo(days) });
    const mailbox = await addMailbox(hub, dovecot, 'past');
    await read(mailbox);
    expect((await messages(mailbox)).map(({ subject, is_history }) => [subject, is_history])).toEqual([
      ['About past-1', true],
      ['About past-2', true],
    ]);
    expect(await filed(mailbox)).toEqual([
      ['About past-1', 'bulk'],
      ['About past-2', 'bulk'],
    ]);
    await dovecot.deliver('past', simpleMail('past-now'));
    await read(mailbox);
    expect((await messages(mailbox)).find(({ subject }) => subject === 'About past-now')?.is_history).toBe(false);
  });

  test('knows mail again that a person has read or moved first, and forgets none that was deleted', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'moved', { folders: ['Old'] });
    await dovecot.deliver('moved', simpleMail('moved-0'), { folder: 'Old', receivedAt: daysAgo(1) });
    await read(mailbox);
    await dovecot.deliver('moved', simpleMail('moved-1'));
    await dovecot.deliver('moved', simpleMail('moved-2'));
    await read(mailbox);
    dovecot.change('moved', 'seen', 'move 1 Old');
    await read(mailbox);
    dovecot.change('moved', 'delete 2');
    await read(mailbox);
    expect(await subjects(mailbox)).toEqual(['About moved-0', 'About moved-1', 'About moved-2']);
    expect(await filed(mailbox)).toEqual([
      ['About moved-0', 'bulk'],
      ['About moved-1', 'normal'],
      ['About moved-2', 'normal'],
    ]);
    const placements = await hub.context.tables.query(
      sql`select uid from mail_placement where tenant_id = ${thisTenant} and mailbox_id = ${mailbox.id}::uuid`,
    );
    expect(placements).toHaveLength(4);
  });

  type Account = 'of everything' | 'of flags alone' | 'of nothing';

  /** The server as it is, or as one that keeps less account of changes; with what it is asked for. */
  function accounting(account: Account, asked: string[]): Holding {
    const stripped = (status: FolderStatus) => (account === 'of nothing' ? { ...status, highestModseq: '' } : status);
    return {
      ...hub.holding,
      connect: async (...given) => {
        const imap = await hub.holding.connect(...given);
        return {
          ...imap,
          tellsVanished: account === 'of everything',
          status: async (path) => stripped(await imap.status(path)),
          select: async (path) => stripped(await imap.select(path)),
          list: async (uids) => {
            asked.push('list');
            return await imap.list(uids);
          },
          flags: async (span) => {
            asked.push('flags');
            return await imap.flags(span);
          },
          changesSince: async (modseq, span) => {
            asked.push('changes');
            const changes = await imap.changesSince(modseq, span);
            return account === 'of everything' ? changes : { ...changes, vanished: [] };
          },
          uidsFrom: async (first) => {
            asked.push('uids');
            return await imap.uidsFrom(first);
          },
        };
      },
    };
  }

  test.each([
    ['of everything', ['changes']],
    ['of flags alone', ['changes', 'uids']],
    ['of nothing', ['flags']],
  ] as const)(
    'learns what was read and deleted elsewhere from a server that keeps account %s',
    async (account, needed) => {
      const user = `elsewhere-${account.replaceAll(' ', '-')}`;
      const mailbox = await addMailbox(hub, dovecot, user);
      const asked: string[] = [];
      const holding = accounting(account, asked);
      const again = async () => {
        asked.length = 0;
        await readMailbox(holding, mailbox);
      };
      const places = async () =>
        await hub.context.tables.query(sql`
        select uid, is_seen as seen, is_answered as answered, gone_at is not null as gone from mail_placement
          where tenant_id = ${thisTenant} and mailbox_id = ${mailbox.id}::uuid order by uid`);
      await again();
      for (const index of [1, 2, 3]) await dovecot.deliver(user, simpleMail(`${user}-${index}`));
      await again();
      const fresh = { seen: false, answered: false, gone: false };
      expect(await places()).toEqual([1, 2, 3].map((uid) => ({ uid, ...fresh })));
      dovecot.change(user, 'delete 2', 'seen');
      await again();
      expect(asked).toEqual(needed);
      expect(await places()).toEqual([
        { uid: 1, ...fresh, seen: true },
        { uid: 2, ...fresh, gone: true },
        { uid: 3, ...fresh, seen: true },
      ]);
      await again();
      expect(asked).toEqual(account === 'of nothing' ? needed : []);
      expect(await messages(mailbox)).toHaveLength(3);
    },
  );

  test('takes mail to two of our mailboxes once', async () => {
    const [desk, sales] = [await addMailbox(hub, dovecot, 'desk'), await addMailbox(hub, dovecot, 'sales')];
    for (const mailbox of [desk, sales]) await read(mailbox);
    for (const user of ['desk', 'sales'])
      await dovecot.deliver(user, `Received: from mx by ${user}.example.com\r\n${simpleMail('both')}`);
    await Promise.all([read(desk), read(sales)]);
    expect([...(await subjects(desk)), ...(await subjects(sales))]).toEqual(['About both']);
  });

  test('takes a message once that a provider shows in several folders, and what was sent as sent', async () => {
    const all = 'All Mail';
    const mailbox = await addMailbox(hub, dovecot, 'labels', { folders: [all] });
    const fetched: number[] = [];
    /** Gmail as far as it is looked at: one id for a message in all its folders, and a label on what was sent. */
    const labelling: Holding = {
      ...hub.holding,
      connect: async (...given) => {
        const imap = await hub.holding.connect(...given);
        return {
          ...imap,
          list: async (uids) => {
            const ids = await imap.messageIds(uids);
            return (await imap.list(uids)).map((one) => {
              const emailId = ids.get(one.uid) ?? '';
              return { ...one, emailId, isSent: emailId.includes('labels-sent') };
            });
          },
          sources: (uids) => {
            fetched.push(...uids);
            return imap.sources(uids);
          },
        };
      },
    };
    dovecot.change('labels', `create ${all}`);
    await readMailbox(labelling, mailbox);
    await dovecot.deliver('labels', simpleMail('labels-in'));
    // As it lies there its header fields are others: neither size nor bytes tell that it is the same.
    await dovecot.deliver('labels', `X-Shown: in all mail\r\n${simpleMail('labels-in')}`, { folder: all });
    await dovecot.deliver('labels', simpleMail('labels-sent'), { folder: all });
    await readMailbox(labelling, mailbox);
    await dovecot.deliver('labels', simpleMail('labels-sent'), { folder: 'Sent' });
    await readMailbox(labelling, mailbox);
    expect(await messages(mailbox)).toMatchObject([
      { subject: 'About labels-in', is_outgoing: false },
      { subject: 'About labels-sent', is_outgoing: true },
    ]);
    expect(fetched).toHaveLength(2);
    expect((await filed(mailbox)).map(([, ...lanes]) => lanes)).toEqual([['normal'], ['normal']]);
  });

  test('tells another mail under a used Message-ID from the first one', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'reused');
    await read(mailbox);
    await dovecot.deliver('reused', simpleMail('reused', [], 'One.'));
    await dovecot.deliver('reused', simpleMail('reused', [], 'Two, of the same size or not.'));
    await dovecot.deliver('reused', simpleMail('reused', [], 'Two, of the same size or not!'));
    await read(mailbox);
    expect(await messages(mailbox)).toHaveLength(3);
  });

  test('reads Sent as mail of our own side', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'sent');
    await read(mailbox);
    await dovecot.deliver('sent', simpleMail('sent-1'), { folder: 'Sent' });
    await read(mailbox);
    expect(await messages(mailbox)).toMatchObject([{ subject: 'About sent-1', is_outgoing: true }]);
  });

  test('imports nothing twice when the server numbers a folder anew, and tells of it once', async () => {
    for (const days of [1, 2])
      await dovecot.deliver('reset', simpleMail(`reset-old-${days}`), { receivedAt: daysAgo(days) });
    const mailbox = await addMailbox(hub, dovecot, 'reset');
    await read(mailbox);
    await dovecot.deliver('reset', simpleMail('reset-new'));
    await dovecot.deliver('reset', simpleMail('without id').replace(/Message-ID.*\r\n/, ''));
    await read(mailbox);
    const before = await filed(mailbox);
    await dovecot.changeUidValidity('reset');
    await dovecot.deliver('reset', simpleMail('reset-unseen'), { receivedAt: daysAgo(3) });
    await dovecot.deliver('reset', simpleMail('reset-after'));
    // Dovecot may notice files of the same second a little later.
    await waitFor('all mail', async () => {
      await read(mailbox);
      return (await messages(mailbox)).length >= 6;
    });
    await read(mailbox);
    const after = new Map((await messages(mailbox)).map((one) => [one.subject, one]));
    expect(before).toHaveLength(4);
    expect(await messages(mailbox)).toHaveLength(6);
    // It lay there before the last success and was not read then: no case comes of it now.
    expect(after.get('About reset-unseen')?.is_history).toBe(true);
    expect(after.get('About reset-after')?.is_history).toBe(false);
    const again = (await filed(mailbox)).filter(([subject]) => before.some(([known]) => known === subject));
    expect(again).toEqual(before);
    const { rows } = await hub.hub.database.pool.query(
      `select payload ->> 'folder' as folder from event where name = 'mail.mailbox-reset'`,
    );
    expect(rows).toEqual([{ folder: 'INBOX' }]);
  });

  test('sets a mail aside that nobody can read, and goes on', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'poison');
    await read(mailbox);
    await dovecot.deliver('poison', simpleMail('poison-1'));
    await dovecot.deliver('poison', simpleMail('poison-2'));
    const { prepare } = hub.holding;
    const failing = {
      ...hub.holding,
      prepare: async (raw: Buffer, isOutgoing: boolean) => {
        if (raw.includes('poison-1')) throw new PayloadError('The message takes too long to be read.');
        return await prepare(raw, isOutgoing);
      },
    };
    await readMailbox(failing, mailbox);
    const [aside, fine] = await messages(mailbox);
    expect(aside).toMatchObject({
      subject: '',
      state: 'unreadable',
      problem: 'The message takes too long to be read.',
    });
    expect(fine).toMatchObject({ subject: 'About poison-2', state: 'ready' });
    expect((await readSource(hub.context, aside?.id ?? '')).toString()).toContain('poison-1');
    expect((await filed(mailbox)).map(([, ...lanes]) => lanes)).toEqual([[], ['normal']]);

    // What could not be read then can be by now.
    const ask = async (method: string, path: string, body?: object) =>
      (await hub.api(method, `/tenants/${TEST_TENANT}/plugins/mail/doors${path}`, body)).body;
    expect(await ask('GET', '/set-aside')).toMatchObject({
      unreadable: [{ id: aside?.id, mailbox: 'poison@example.com', problem: aside?.problem }],
      missing: [],
    });
    expect(await ask('POST', '/set-aside/retry', {})).toEqual({ unreadable: 1, missing: 0 });
    await waitFor('the message', async () => (await messages(mailbox)).every(({ state }) => state === 'ready'));
    expect(await ask('GET', '/set-aside')).toEqual({ unreadable: [], missing: [] });
    expect(await filed(mailbox)).toEqual([
      ['About poison-1', 'normal'],
      ['About poison-2', 'normal'],
    ]);
  });

  test('looks through a mailbox again back to a day, and takes in only what is not known', async () => {
    for (const days of [1, 40, 80])
      await dovecot.deliver('again', simpleMail(`again-${days}`), { receivedAt: daysAgo(days) });
    const mailbox = await addMailbox(hub, dovecot, 'again');
    await read(mailbox);
    expect(await subjects(mailbox)).toEqual(['About again-1']);
    const { status } = await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes/read-again`, {
      id: mailbox.id,
      from: daysAgo(50).toISOString(),
    });
    expect(status).toBe(202);
    await read(mailbox);
    expect(await subjects(mailbox)).toEqual(['About again-1', 'About again-40']);
    expect((await filed(mailbox)).map(([, ...lanes]) => lanes)).toEqual([['bulk'], ['bulk']]);
  });

  test('reads header fields and text of a mail that is too large, and names the rest', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'oversize');
    await read(mailbox);
    const parts = [
      '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe plans, näämlich.\r\n',
      `--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="plans.pdf"\r\n\r\n${'x'.repeat(200_000)}\r\n--b--`,
    ];
    await dovecot.deliver(
      'oversize',
      simpleMail('oversize', ['Content-Type: multipart/mixed; boundary=b'], parts.join('')),
    );
    await readMailbox({ ...hub.holding, maxBytes: 100_000 }, mailbox);
    const [stored] = await messages(mailbox);
    expect(stored).toMatchObject({ subject: 'About oversize', state: 'oversize', text: 'The plans, näämlich.' });
    expect(stored?.problem).toContain('plans.pdf');
  });

  test('reads folders with odd names, and hostile header fields', async () => {
    const mailbox = await addMailbox(hub, dovecot, 'odd', { folders: ['Entwürfe & Co'] });
    dovecot.change('odd', 'create Entwürfe & Co');
    await dovecot.deliver('odd', simpleMail('odd-old'));
    dovecot.change('odd', 'move 1 Entwürfe & Co');
    await read(mailbox);
    await dovecot.deliver(
      'odd',
      simpleMail('odd\u0000\ud800', ['References: <' + 'x'.repeat(5000) + '>', 'X: \u0001']),
    );
    await read(mailbox);
    expect(await messages(mailbox)).toHaveLength(2);
  });
});
