import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { type CutProxy, type Dovecot, startCutProxy, startDovecot, waitFor } from '@switchboard/testing';
import { check } from '../../check.ts';
import { createHosts } from '../../client/hosts.ts';
import { createAccessTokens } from '../../mailboxes/access-tokens.ts';
import { createAccounts } from '../../mailboxes/accounts.ts';
import { createMailboxBook } from '../../mailboxes/book.ts';
import type { Mailbox } from '../../mailboxes/mailbox.ts';
import { holdAll } from '../../receive/hold-all.ts';
import type { Holding } from '../../receive/hold-mailbox.ts';
import type { Context } from '../../services.ts';
import {
  addMailbox,
  type MailHub,
  quickPace,
  readMailbox,
  simpleMail,
  startMailHub,
  storedMessages,
} from '../mail-hub.ts';

const server = await startDovecot();
const describeWith = server.port === undefined ? describe.skip : describe;
const HOUR_MS = 3_600_000;

describeWith(`a mailbox in trouble${server.port === undefined ? ` (${server.reason})` : ''}`, () => {
  const dovecot = server as Dovecot;
  let hub: MailHub;
  let proxy: CutProxy;
  let user = '';
  let count = 0;

  beforeAll(async () => {
    hub = await startMailHub();
    proxy = await startCutProxy(dovecot.port);
  }, 60_000);
  beforeEach(() => {
    count += 1;
    user = `trouble-${count}`;
    proxy.cutAfter(undefined);
  });
  afterAll(async () => {
    await proxy.close();
    await hub.close();
    await dovecot.close();
  });

  const subjects = async (mailbox: Mailbox) =>
    (await storedMessages(hub.context, mailbox)).map(({ subject }) => subject);
  const expectedOf = (ids: readonly string[]) => ids.map((id) => `About ${id}`).toSorted();
  const deliver = async (ids: readonly string[]) => {
    for (const id of ids) await dovecot.deliver(user, simpleMail(id, [], `${id} `.repeat(2_000)));
  };
  const filings = async (mailbox: Mailbox) => {
    const known = new Set((await storedMessages(hub.context, mailbox)).map(({ id }) => id));
    const { rows } = await hub.hub.database.pool.query<{ id: string }>(
      `select jsonb_array_elements_text(payload -> 'messageIds') as id from job where type = 'mail.file'`,
    );
    return rows.filter(({ id }) => known.has(id)).length;
  };

  const figure = async (name: string) => {
    const text = await (await fetch(`${hub.url}/metrics`)).text();
    return Number(new RegExp(`^switchboard_mail_${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  /** What the check-up says of when it was read last. */
  const lineOf = async (mailbox: Mailbox, clock: Context['clock']) => {
    const { services } = hub.context;
    const mailboxes = { ...services.mailboxes, list: async () => [await services.mailboxes.get(mailbox.id)] };
    const context = { ...hub.context, clock, services: { ...services, mailboxes } };
    return (await check(context, AbortSignal.timeout(20_000))).find(({ name }) => name.endsWith('last success'));
  };

  /** Reads this mailbox while the test goes on. */
  async function holding(work: () => Promise<void>, mailbox: Mailbox, over: Partial<Holding> = {}) {
    const stop = new AbortController();
    const only = async () => [await hub.holding.mailboxes.get(mailbox.id)];
    const mailboxes = { ...hub.holding.mailboxes, list: only, ...over.mailboxes };
    const held = holdAll({ ...hub.holding, ...over, mailboxes }, HOUR_MS, stop.signal);
    try {
      await work();
    } finally {
      stop.abort();
      await held;
      await hub.context.services.mailboxes.setState(mailbox.id, 'paused', 'The test is over.');
    }
  }

  test('takes everything once, wherever the connection is cut', async () => {
    const mailbox = await addMailbox(hub, dovecot, user, { port: proxy.port });
    await readMailbox(hub.holding, mailbox);
    const ids = Array.from({ length: 8 }, (_, index) => `${user}-${index}`);
    await deliver(ids);
    let failures = 0;
    // From the greeting over the sign-in and each command to the last body, and then once whole.
    for (const bytes of [0, 2_000, 3_000, 3_500, 4_000, 5_000, 8_000, 20_000, 60_000, 100_000, 140_000, undefined]) {
      proxy.cutAfter(bytes);
      const reading = { ...hub.holding, maxBytes: 50_000_000 };
      await readMailbox(reading, mailbox).catch(() => (failures += 1));
    }
    expect(failures).toBeGreaterThan(5);
    expect(await subjects(mailbox)).toEqual(expectedOf(ids));
    expect(await filings(mailbox)).toBe(ids.length);
  });

  test('hears of one mail after another without asking by the clock', async () => {
    const mailbox = await addMailbox(hub, dovecot, user);
    const pace = { ...quickPace, pollMs: HOUR_MS, idleMs: 55_000 };
    await holding(
      async () => {
        const ids = ['one', 'two', 'three', 'four'].map((id) => `${user}-${id}`);
        for (const [index, id] of ids.entries()) {
          await deliver([id]);
          await waitFor(id, async () => (await subjects(mailbox)).length === index + 1);
        }
      },
      mailbox,
      { pace },
    );
  }, 60_000);

  test('loses and doubles nothing when the process dies between storing and moving on', async () => {
    const mailbox = await addMailbox(hub, dovecot, user);
    await readMailbox(hub.holding, mailbox);
    const ids = ['a', 'b', 'c'].map((id) => `${user}-${id}`);
    await deliver(ids);
    const dying: Holding = {
      ...hub.holding,
      commit: async ({ rows, ...rest }) =>
        await hub.context.commit({
          ...rest,
          rows: async (tables) => {
            await rows?.(tables);
            throw new Error('killed');
          },
        }),
    };
    await expect(readMailbox(dying, mailbox)).rejects.toThrow('killed');
    expect(await subjects(mailbox)).toEqual([]);
    await readMailbox(hub.holding, mailbox);
    expect(await subjects(mailbox)).toEqual(expectedOf(ids));
    expect(await filings(mailbox)).toBe(ids.length);
  });

  test.each([
    ['files', 'ENOSPC'],
    ['database', '53100'],
  ] as const)(
    'loses nothing while the disk of the %s is full, says so, and goes on when there is room',
    async (disk, code) => {
      const mailbox = await addMailbox(hub, dovecot, user);
      await readMailbox(hub.holding, mailbox);
      const full = Object.assign(new Error('no space left on device'), { code });
      let isFull = true;
      const commit: Holding['commit'] = async (changes) => {
        if (isFull && disk === 'database') throw full;
        await hub.context.commit(changes);
      };
      const put: Holding['files']['put'] = async (...given) => {
        if (isFull && disk === 'files') throw full;
        return await hub.context.files.put(...given);
      };
      // While nothing can be written, what is wrong cannot be noted at first, either.
      let notes = 0;
      const noteError: Holding['mailboxes']['noteError'] = async (...given) => {
        if ((notes += 1) === 1) throw full;
        await hub.holding.mailboxes.noteError(...given);
      };
      const list = async () => [await hub.holding.mailboxes.get(mailbox.id)];
      const ids = [`${user}-a`, `${user}-b`];
      // Large enough for a file of its own.
      const words = disk === 'files' ? 120_000 : 10;
      for (const id of ids) await dovecot.deliver(user, simpleMail(id, [], `${id} `.repeat(words)));
      await holding(
        async () => {
          const { lastError } = await waitFor('the trouble', async () => {
            const current = await hub.holding.mailboxes.get(mailbox.id);
            return current.lastError !== '' && current;
          });
          expect(lastError).toContain('full');
          expect(await subjects(mailbox)).toEqual([]);
          isFull = false;
          await waitFor('the mail', async () => (await subjects(mailbox)).length === ids.length);
        },
        mailbox,
        { commit, files: { ...hub.context.files, put }, mailboxes: { ...hub.holding.mailboxes, noteError, list } },
      );
      expect(await filings(mailbox)).toBe(ids.length);
    },
  );

  test('notices a line that is open and silent, and goes on over a new one', async () => {
    const { context } = hub;
    const accounts = createAccounts({
      hosts: createHosts('localhost'),
      vault: context.vault,
      accessTokens: createAccessTokens(context),
      maxBytes: 50_000_000,
      silenceMs: 700,
    });
    const mailbox = await addMailbox(hub, dovecot, user, { port: proxy.port });
    const current = async () => await hub.holding.mailboxes.get(mailbox.id);
    await holding(
      async () => {
        await waitFor('the first pass', async () => (await current()).lastSuccessAt);
        proxy.freeze(true);
        await deliver([`${user}-a`]);
        await waitFor('the trouble', async () => (await current()).lastError !== '');
        proxy.freeze(false);
        await waitFor('the mail', async () => (await subjects(mailbox)).length === 1);
      },
      mailbox,
      { connect: accounts.connect, pace: { ...quickPace, idleMs: 300 } },
    );
  }, 60_000);

  test('is read once by two who hold it for a moment', async () => {
    const mailbox = await addMailbox(hub, dovecot, user);
    await readMailbox(hub.holding, mailbox);
    const ids = Array.from({ length: 20 }, (_, index) => `${user}-${index}`);
    await deliver(ids);
    const results = await Promise.allSettled([1, 2, 3].map(async () => await readMailbox(hub.holding, mailbox)));
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await subjects(mailbox)).toEqual(expectedOf(ids));
    expect(await filings(mailbox)).toBe(ids.length);
  });

  test('goes on when mail is deleted while it is fetched, and asks again for what was not handed out', async () => {
    const mailbox = await addMailbox(hub, dovecot, user);
    await readMailbox(hub.holding, mailbox);
    await deliver(['a', 'b', 'c'].map((id) => `${user}-${id}`));
    const withholding: Holding = {
      ...hub.holding,
      connect: async (...given) => {
        const imap = await hub.holding.connect(...given);
        return {
          ...imap,
          async *sources(uids) {
            dovecot.change(user, 'delete 1');
            // The second is there and is not handed out.
            yield* imap.sources(uids.filter((uid) => uid > 2));
          },
        };
      },
    };
    await readMailbox(withholding, mailbox);
    expect(await subjects(mailbox)).toEqual(expectedOf([`${user}-c`]));
    const later = { ...hub.holding, clock: { now: () => Date.now() + 60_000 } };
    await readMailbox(later, mailbox);
    await readMailbox(later, mailbox);
    expect(await subjects(mailbox)).toEqual(expectedOf([`${user}-b`, `${user}-c`]));
    const missing = await hub.context.tables.query(sql`
      select uid from mail_placement
        where tenant_id = ${thisTenant} and mailbox_id = ${mailbox.id}::uuid and message_id is null`);
    expect(missing).toEqual([]);
  });

  test('goes on with an import where it was interrupted', async () => {
    const ids = Array.from({ length: 45 }, (_, index) => `${user}-${String(index).padStart(3, '0')}`);
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const id of ids) await dovecot.deliver(user, simpleMail(id), { receivedAt: yesterday });
    const mailbox = await addMailbox(hub, dovecot, user);
    let stored = 0;
    const ranges = { ...hub.holding, rangeMessages: 20 };
    const dying: Holding = {
      ...ranges,
      commit: async (changes) => {
        if ((stored += 1) > 1) throw new Error('killed');
        await hub.context.commit(changes);
      },
    };
    await expect(readMailbox(dying, mailbox)).rejects.toThrow('killed');
    expect(await subjects(mailbox)).toEqual(expectedOf(ids.slice(25)));
    const fetched: number[] = [];
    const counting: Holding = {
      ...ranges,
      connect: async (...given) => {
        const imap = await hub.holding.connect(...given);
        return {
          ...imap,
          sources: (uids) => {
            fetched.push(...uids);
            return imap.sources(uids);
          },
        };
      },
    };
    await readMailbox(counting, mailbox);
    expect(fetched).toHaveLength(25);
    expect(await subjects(mailbox)).toEqual(expectedOf(ids));
  });

  test('hears of new mail at once, and comes back after the server was killed', async () => {
    const mailbox = await addMailbox(hub, dovecot, user, { port: proxy.port });
    await holding(async () => {
      await waitFor('the first pass', async () => (await hub.holding.mailboxes.get(mailbox.id)).lastSuccessAt);
      await deliver([`${user}-a`]);
      await waitFor('the first mail', async () => (await subjects(mailbox)).length === 1);
      await dovecot.kill();
      await waitFor('the trouble', async () => (await hub.holding.mailboxes.get(mailbox.id)).lastError !== '');
      await deliver([`${user}-b`]);
      await dovecot.start();
      await waitFor('the second mail', async () => (await subjects(mailbox)).length === 2);
      await waitFor(
        'the end of the trouble',
        async () => (await hub.holding.mailboxes.get(mailbox.id)).lastError === '',
      );
    }, mailbox);
    expect(await filings(mailbox)).toBe(2);
  });

  test('is waited for, not asked again and again, when the password is wrong', async () => {
    const mailbox = await addMailbox(hub, dovecot, user, { port: proxy.port });
    await hub.context.services.mailboxes.change(mailbox.id, { password: 'wrong' });
    const before = proxy.connections();
    await holding(async () => {
      const state = await waitFor('the pause', async () => {
        const current = await hub.holding.mailboxes.get(mailbox.id);
        return current.state === 'needs-authorisation' && current;
      });
      expect(state.stateReason).toContain('refuses the credentials');
      expect(state.lastRemedy).toContain('password');
      await hub.context.services.mailboxes.change(mailbox.id, { password: 'password' });
      await waitFor('the success', async () => (await hub.holding.mailboxes.get(mailbox.id)).lastSuccessAt);
    }, mailbox);
    // Two at once that are refused, then those that hold it; no more.
    expect(proxy.connections() - before).toBeLessThanOrEqual(5);
  });

  test('is reported when nothing is heard of it, once, and when it is back', async () => {
    const mailbox = await addMailbox(hub, dovecot, user, { port: proxy.port });
    proxy.cutAfter(0);
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead };
    const list = async () => [await hub.holding.mailboxes.get(mailbox.id)];
    const notes = async () =>
      (
        await hub.hub.database.pool.query<{ result: string; summary: string }>(
          `select result, summary from delivery where kind = 'mailbox' and summary like $1 order by created_at`,
          [`%${user}@%`],
        )
      ).rows;
    await holding(
      async () => {
        ahead = 2 * HOUR_MS;
        await waitFor('the report', async () => (await notes()).length === 1);
        expect(await figure('silent_mailboxes')).toBe(1);
        expect(await lineOf(mailbox, clock)).toMatchObject({ state: 'failed' });
        proxy.cutAfter(undefined);
        await waitFor('the end of it', async () => (await notes()).length === 2);
      },
      mailbox,
      { clock, mailboxes: { ...createMailboxBook({ ...hub.context, clock }), list } },
    );
    expect(await notes()).toMatchObject([{ result: 'failed' }, { result: 'done' }]);
    expect(await figure('silent_mailboxes')).toBe(0);
  });
});
