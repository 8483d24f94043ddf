import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import type { Listed } from '../../client/imap.ts';
import { mailboxRules } from '../../mailbox-rules.ts';
import { mailboxSettings } from '../../mailboxes/settings.ts';
import { findKnown } from '../../receive/known.ts';
import { type MailHub, startMailHub } from '../mail-hub.ts';

/** After a move by which mail lost its times, all of a folder looks alike: the server is asked only about what can be known. */

let hub: MailHub;
let mailboxId: string;
const folders = { inbox: crypto.randomUUID(), old: crypto.randomUUID() };
const at = new Date('2026-11-01T10:00:00.000Z');

beforeAll(async () => {
  hub = await startMailHub();
  const server = { host: 'mail.example.com', port: 993, security: 'tls' };
  const { id } = await hub.context.services.mailboxes.add({
    kind: 'desk',
    ownerId: undefined,
    name: 'Desk',
    address: 'desk@example.com',
    auth: 'password',
    settings: mailboxSettings.parse({ imap: server, smtp: server }),
    rules: mailboxRules.parse({}),
    password: 'password',
  });
  mailboxId = id;
  for (const [path, folder] of Object.entries(folders)) {
    await hub.context.tables.query(sql`
      insert into mail_folder (tenant_id, mailbox_id, id, path, role, uid_validity, next_uid, past_uid, horizon, live_from)
        values (${thisTenant}, ${id}, ${folder}, ${path}, 'other', 7, 100, 1, ${at}, ${at})`);
  }
}, 60_000);
afterAll(async () => await hub?.close());

type Place = { readonly folder: string; readonly uid: number; readonly goneAt?: Date; readonly uidValidity?: number };

/** A message of 500 bytes from that moment. @returns its id */
async function place(messageId: string, { folder, uid, goneAt, uidValidity = 7 }: Place): Promise<string> {
  const id = crypto.randomUUID();
  await hub.context.tables.query(sql`
    insert into mail_message (tenant_id, id, state, message_id, subject, from_address, from_name, received_at, verdict,
        is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
      values (${thisTenant}, ${id}, 'ready', ${messageId}, '', '', '', ${at}, 'human', false, true, 500, 0, '{}', '', '', '',
        ${mailboxId})`);
  await hub.context.tables.query(sql`
    insert into mail_placement (tenant_id, mailbox_id, folder_id, uid_validity, uid, message_id, bytes, received_at, gone_at)
      values (${thisTenant}, ${mailboxId}, ${folder}, ${uidValidity}, ${uid}, ${id}, 500, ${at}, ${goneAt ?? null})`);
  return id;
}

const listed = (uid: number): Listed => ({
  uid,
  bytes: 500,
  receivedAt: at,
  isSeen: false,
  isAnswered: false,
  emailId: '',
  isSent: false,
});

test('mail that lies under a number of its own is not asked about; what moved, went, or was numbered anew is', async () => {
  for (const uid of [1, 2, 3]) await place(`here-${uid}@example.net`, { folder: folders.inbox, uid });
  const known = {
    elsewhere: await place('elsewhere@example.net', { folder: folders.old, uid: 9 }),
    gone: await place('gone@example.net', { folder: folders.inbox, uid: 4, goneAt: at }),
    before: await place('before@example.net', { folder: folders.inbox, uid: 4, uidValidity: 6 }),
  };
  const asked: number[] = [];
  const says = new Map([
    [11, 'Message-ID: <elsewhere@example.net>'],
    [12, 'Message-ID: <gone@example.net>'],
    [13, 'Message-ID: <before@example.net>'],
    [14, 'Message-ID: <here-1@example.net>'],
  ]);
  const imap = {
    messageIds: async (uids: readonly number[]) => {
      asked.push(...uids);
      return new Map(uids.map((uid) => [uid, says.get(uid) ?? '']));
    },
  };
  const folder = { id: folders.inbox, mailboxId, uidValidity: '7' };
  const found = await findKnown(hub.context.tables, imap, folder, [...says.keys()].map(listed));
  expect([...found]).toEqual([
    [11, known.elsewhere],
    [12, known.gone],
    [13, known.before],
  ]);
  expect(asked.toSorted((one, other) => one - other)).toEqual([11, 12, 13, 14]);
});

test('where all that looks alike lies in the folder itself, the server is asked nothing', async () => {
  await hub.context.tables.query(sql`delete from mail_message where tenant_id = ${thisTenant}`);
  for (const uid of [1, 2, 3]) await place(`here-${uid}@example.net`, { folder: folders.inbox, uid });
  const imap = { messageIds: () => Promise.reject(new Error('The server was asked')) };
  const folder = { id: folders.inbox, mailboxId, uidValidity: '7' };
  expect((await findKnown(hub.context.tables, imap, folder, [20, 21].map(listed))).size).toBe(0);
});
