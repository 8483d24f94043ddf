import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { encodeLines } from '../../files/lines.ts';
import { readKept } from '../../files/read.ts';
import { setSomeApart, sweepUnused } from '../../files/set-apart.ts';
import { createMailboxBook } from '../../mailboxes/book.ts';
import { pack } from '../../receive/pack.ts';
import { prepare } from '../../receive/prepare.ts';
import { putSource, readSource, sourceKey } from '../../receive/source.ts';
import { storeRange } from '../../receive/store.ts';
import type { Context } from '../../services.ts';
import { type Desk, openTwoDesks } from '../desk.ts';

let desk: Desk;
let other: Desk;
beforeAll(async () => {
  [desk, other] = await openTwoDesks();
}, 120_000);
afterAll(async () => await desk.close());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (seed: number, length: number): Buffer => {
  const first = createHash('sha512').update(String(seed)).digest();
  return Buffer.concat(Array.from({ length: Math.ceil(length / 64) }, (_, index) => xor(first, index))).subarray(
    0,
    length,
  );
};
const xor = (bytes: Buffer, index: number): Buffer => createHash('sha512').update(bytes).update(String(index)).digest();
const small = bytesOf(1, 6_000);
const large = bytesOf(2, 1_200_000);

function mailWith(id: string, ...files: readonly Buffer[]): Buffer {
  const parts = files.map((file) => {
    const text = encodeLines(file, { width: 76, end: '\r\n' }).toString();
    return `--b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${text}\r\n`;
  });
  const head = `From: anna@example.net\r\nMessage-ID: <${id}@example.net>\r\nSubject: ${id}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`;
  return Buffer.from(`${head}--b\r\n\r\nText of ${id}\r\n${parts.join('')}--b--\r\n`);
}

type Box = { readonly mailboxId: string; readonly id: string };

async function addBox({ context: { tables } }: Desk): Promise<Box> {
  const box = { mailboxId: randomUUID(), id: randomUUID() };
  await tables.query(sql`
    insert into mail_mailbox (tenant_id, id, kind, name, address, auth, settings, state, live_from)
      values (${thisTenant}, ${box.mailboxId}::uuid, 'desk', 'Desk', ${`${box.id}@example.com`}, 'password',
        '{"imap":{"host":"localhost","port":993,"security":"tls","user":"u"},"smtp":{"host":"localhost","port":465,"security":"tls","user":"u"}}',
        'active', now())`);
  await tables.query(sql`
    insert into mail_folder (tenant_id, mailbox_id, id, path, role, uid_validity, next_uid, past_uid, horizon, live_from)
      values (${thisTenant}, ${box.mailboxId}::uuid, ${box.id}::uuid, 'INBOX', 'inbox', 1, 1, 1, now(), now())`);
  return box;
}

let uid = 0;

/** Stores a message as reading a mailbox does. */
async function take({ context }: Desk, box: Box, raw: Buffer): Promise<string> {
  const { id, columns, named, source } = await prepare(raw, { isOutgoing: false });
  uid += 1;
  const flags = { emailId: '', isSent: false, isSeen: false, isAnswered: false };
  const listed = { uid, bytes: raw.length, receivedAt: new Date() };
  const state = { state: 'ready' as const, problem: '', problemCode: '', isHistory: false, isOutgoing: false };
  const stored = { id, columns, named, source: await putSource(raw, source, context.files) };
  const place = { path: 'INBOX', role: 'inbox' as const, uidValidity: '1', nextUid: 1, pastUid: 1 };
  const folder = {
    ...place,
    ...box,
    highestModseq: '',
    messages: undefined,
    horizon: new Date(),
    liveFrom: new Date(),
  };
  const arrivals = [{ ...flags, ...listed, ...state, ...stored }];
  await storeRange(
    { ...context, config: { verifySenders: false } },
    folder,
    { arrivals, moved: [], missing: [] },
    undefined,
  );
  return id;
}

async function keptIds({ context: { tables } }: Desk): Promise<string[]> {
  const rows = await tables.query<{ id: string }>(sql`select id from mail_file where tenant_id = ${thisTenant}`);
  return rows.map(({ id }) => id).toSorted();
}

const isKeptByHub = async ({ hub, context }: Desk, id: string): Promise<boolean> => {
  const { rows } = await hub.hub.database.pool.query('select 1 from blob_keep where tenant_id = $1 and blob_id = $2', [
    context.tenant.id,
    id,
  ]);
  return rows.length > 0;
};

const book = ({ context, hub }: Desk) =>
  createMailboxBook({ ...context, vault: undefined, hub } as unknown as Parameters<typeof createMailboxBook>[0]);

const both = [sha256(small), sha256(large)].toSorted();

describe('files that come with mails', () => {
  test('are stored once for a tenant, with every mail byte by byte as it came', async () => {
    const box = await addBox(desk);
    const raws = ['first', 'second', 'third'].map((id) => mailWith(id, small, large));
    const ids: string[] = [];
    for (const raw of raws) ids.push(await take(desk, box, Buffer.from(raw)));
    expect(await keptIds(desk)).toEqual(both);
    for (const [index, id] of ids.entries())
      expect((await readSource(desk.context, id)).equals(raws[index] ?? Buffer.alloc(0))).toBe(true);
    const { rows } = await desk.hub.hub.database.pool.query('select max(length(bytes)) as most from mail_source');
    expect(rows[0].most).toBeLessThan(2_000);
    await book(desk).remove(box.mailboxId);
  });

  test('are found by the mail that carries them alone, and by no other tenant', async () => {
    const box = await addBox(desk);
    const theirs = await addBox(other);
    const id = await take(desk, box, mailWith('ours', small));
    const without = await take(desk, box, mailWith('without', bytesOf(3, 4_000)));
    expect((await readKept(desk.context, id, both)).get(sha256(small))?.equals(small)).toBe(true);
    expect((await readKept(desk.context, without, both)).size).toBe(0);
    expect((await readKept(other.context, id, both)).size).toBe(0);
    expect(await keptIds(other)).toEqual([]);

    // The same content with another tenant is another file: what the one removes, the other keeps.
    const copy = await take(other, theirs, mailWith('theirs', small));
    await book(desk).remove(box.mailboxId);
    expect(await keptIds(desk)).toEqual([]);
    expect((await readKept(other.context, copy, both)).get(sha256(small))?.equals(small)).toBe(true);
    await book(other).remove(theirs.mailboxId);
  });

  test('go with the last mail that carries them', async () => {
    const [one, two] = [await addBox(desk), await addBox(desk)];
    await take(desk, one, mailWith('in one', small, large));
    const stays = await take(desk, two, mailWith('in the other', small, large));
    await book(desk).remove(one.mailboxId);
    expect(await keptIds(desk)).toEqual(both);
    expect(await isKeptByHub(desk, sha256(large))).toBe(true);
    expect((await readSource(desk.context, stays)).equals(mailWith('in the other', small, large))).toBe(true);
    await book(desk).remove(two.mailboxId);
    expect(await keptIds(desk)).toEqual([]);
    expect(await isKeptByHub(desk, sha256(large))).toBe(false);
  });

  test('that two mailboxes bring at once are stored once', async () => {
    const boxes = await Promise.all(Array.from({ length: 3 }, () => addBox(desk)));
    await Promise.all(
      boxes.map(async (box, index) => {
        const files = index % 2 === 0 ? [small, large] : [large, small];
        await take(desk, box, mailWith(`at once ${index}`, ...files));
      }),
    );
    expect(await keptIds(desk)).toEqual(both);
    // And what goes and comes at once is there for who needs it.
    const late = await addBox(desk);
    const [id] = await Promise.all([
      take(desk, late, mailWith('late', small, large)),
      ...boxes.map(async ({ mailboxId }) => await book(desk).remove(mailboxId)),
    ]);
    expect((await readSource(desk.context, id)).equals(mailWith('late', small, large))).toBe(true);
    await book(desk).remove(late.mailboxId);
    await sweepUnused(desk.context, new AbortController().signal);
    expect(await keptIds(desk)).toEqual([]);
  });

  test('leave nothing behind of a store that died half way', async () => {
    const box = await addBox(desk);
    const dying = {
      ...desk,
      context: {
        ...desk.context,
        commit: async (changes: Parameters<Desk['context']['commit']>[0]) =>
          await desk.context.commit({
            ...changes,
            rows: async (tables) => {
              await changes.rows?.(tables);
              throw new Error('killed');
            },
          }),
      },
    };
    await expect(take(dying, box, mailWith('dies', small, large))).rejects.toThrow('killed');
    expect(await keptIds(desk)).toEqual([]);
    // Nobody keeps it: the hub's own sweep takes it a day later.
    expect(await isKeptByHub(desk, sha256(large))).toBe(false);
    const id = await take(desk, box, mailWith('dies', small, large));
    expect((await readSource(desk.context, id)).equals(mailWith('dies', small, large))).toBe(true);
    await book(desk).remove(box.mailboxId);
  });
});

describe('mail that an earlier version has stored in one piece', () => {
  const background = (): Context => ({ ...desk.context, services: { preparing: { prepare } } }) as unknown as Context;

  /** As it was stored before: small ones in a row, large ones in the hub's files. */
  async function takeWhole(box: Box, raw: Buffer): Promise<string> {
    const id = await take(desk, box, Buffer.from(raw));
    const { tables, files, commit } = desk.context;
    await tables.query(sql`delete from mail_file_use where tenant_id = ${thisTenant} and message_id = ${id}::uuid`);
    await sweepUnused(desk.context, new AbortController().signal);
    if (raw.length <= 1024 * 1024) {
      await tables.query(sql`
        update mail_source set bytes = ${pack(raw)}, gaps = '[]'
          where tenant_id = ${thisTenant} and message_id = ${id}::uuid`);
      await tables.query(sql`
        update mail_message set files_apart = false where tenant_id = ${thisTenant} and id = ${id}::uuid`);
      return id;
    }
    const { id: file } = await files.put(pieces(raw));
    await tables.query(sql`delete from mail_source where tenant_id = ${thisTenant} and message_id = ${id}::uuid`);
    await commit({
      rows: async (own) => {
        await own.query(sql`
          update mail_message set files_apart = false, source_file = ${file}
            where tenant_id = ${thisTenant} and id = ${id}::uuid`);
        return { keeps: [{ key: sourceKey(id), file }] };
      },
    });
    return id;
  }

  async function* pieces(raw: Buffer): AsyncGenerator<Uint8Array> {
    yield raw;
  }

  const undone = async (): Promise<number> => {
    const rows = await desk.context.tables.query(
      sql`select id from mail_message where tenant_id = ${thisTenant} and not files_apart`,
    );
    return rows.length;
  };

  test('is taken apart by and by, also after a run that was cut off; every byte stays', async () => {
    const box = await addBox(desk);
    const raws = [
      ...['old 1', 'old 2', 'old 3', 'old 4'].map((id) => mailWith(id, small)),
      mailWith('old 5', small, large),
    ];
    const ids: string[] = [];
    for (const raw of raws) ids.push(await takeWhole(box, raw));
    const stop = new AbortController();
    const stopping = {
      ...background(),
      commit: async (changes: Parameters<Context['commit']>[0]) => {
        stop.abort(new Error('stopped'));
        await desk.context.commit(changes);
      },
    };
    await expect(setSomeApart(stopping, stop.signal, 4)).rejects.toThrow('stopped');
    expect(await undone()).toBe(4);

    const { signal } = new AbortController();
    desk.jobs.length = 0;
    await setSomeApart(background(), signal, 3);
    expect(await undone()).toBe(1);
    expect(desk.jobs.map(({ type }) => type.name)).toEqual(['mail.set-files-apart']);
    await setSomeApart(background(), signal, 3);
    expect(await undone()).toBe(0);
    expect(await keptIds(desk)).toEqual(both);
    for (const [index, id] of ids.entries())
      expect((await readSource(desk.context, id)).equals(raws[index] ?? Buffer.alloc(0))).toBe(true);
    const { rows } = await desk.hub.hub.database.pool.query(`select key from blob_keep where key like 'source/%'`);
    expect(rows).toEqual([]);
    await book(desk).remove(box.mailboxId);
    expect(await keptIds(desk)).toEqual([]);
  });

  test('of which the bytes are gone keeps no other from being taken apart', async () => {
    const box = await addBox(desk);
    const gone = await takeWhole(box, mailWith('gone', small));
    const fine = await takeWhole(box, mailWith('fine', small));
    await desk.context.tables.query(
      sql`delete from mail_source where tenant_id = ${thisTenant} and message_id = ${gone}::uuid`,
    );
    await setSomeApart(background(), new AbortController().signal);
    expect(await undone()).toBe(0);
    expect((await readSource(desk.context, fine)).equals(mailWith('fine', small))).toBe(true);
    await book(desk).remove(box.mailboxId);
  });
});

test('files go with their tenant', async () => {
  await take(other, await addBox(other), mailWith('of a tenant that leaves', small));
  expect(await keptIds(other)).toEqual([sha256(small)]);
  await desk.hub.hub.database.pool.query('delete from tenant where id = $1', [other.context.tenant.id]);
  const { rows } = await desk.hub.hub.database.pool.query('select tenant_id from mail_file');
  expect(rows).toEqual([]);
});
