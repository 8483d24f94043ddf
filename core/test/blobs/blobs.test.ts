import { mkdtemp, readdir, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hubDatabase } from '@switchboard/testing';
import { sql } from 'kysely';
import { createAuditLog } from '../../audit/index.ts';
import { createBlobs, createDiskStorage } from '../../blobs/index.ts';
import type { Blobs } from '../../blobs/index.ts';
import { createTenants } from '../../tenants/index.ts';

let database: Awaited<ReturnType<typeof hubDatabase>>;
let folder: string;
let blobs: Blobs;
let tenantId: string;
let otherId: string;

beforeAll(async () => {
  database = await hubDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  blobs = createBlobs(database.db, createDiskStorage(folder));
  const tenants = createTenants({ db: database.db, audit: createAuditLog(database.db) });
  const make = async () => {
    const slug = `t-${Math.random().toString(36).slice(2, 10)}`;
    const place = { country: 'GB', timeZone: 'Europe/London', locale: 'en-GB' };
    return (await tenants.create({ slug, name: slug, ...place }, 'test')).id;
  };
  [tenantId, otherId] = [await make(), await make()];
});

afterEach(() => rm(folder, { recursive: true }));

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
const filesOnDisk = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};
const nobody = new AbortController().signal;
/** As if the last put had been that long ago. */
const age = (days: number) => sql`update blob set touched_at = now() - ${days} * interval '1 day'`.execute(database.db);

describe('a stored file', () => {
  test('reads as it was put, whole and in part', async () => {
    const store = blobs.storeOf(tenantId);
    const file = await store.put(chunks('hello ', 'world'));
    expect(file.bytes).toBe(11);
    expect(await text(await store.open(file.id))).toBe('hello world');
    expect(await text(await store.open(file.id, { first: 4, last: 7 }))).toBe('o wo');
    expect(await store.find(file.id)).toEqual(file);
  });

  test('that is put twice lies there once', async () => {
    const store = blobs.storeOf(tenantId);
    const [one, other] = await Promise.all([store.put(chunks('same')), store.put(chunks('sa', 'me'))]);
    expect(one).toEqual(other);
    expect(await filesOnDisk()).toHaveLength(1);
  });

  test('is not there for another tenant', async () => {
    const { id } = await blobs.storeOf(tenantId).put(chunks('secret'));
    const other = blobs.storeOf(otherId);
    expect(await other.find(id)).toBeUndefined();
    await expect(other.open(id)).rejects.toMatchObject({ code: 'not-found' });
    const keep = blobs.keep(database.db, { tenantId: otherId, owner: 'plugin' }, { key: 'k', file: id });
    await expect(keep).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that breaks off, is empty or too long leaves nothing behind', async () => {
    const store = blobs.storeOf(tenantId);
    const broken = (async function* () {
      yield Buffer.from('half');
      throw new Error('line cut');
    })();
    await expect(store.put(broken)).rejects.toThrow('line cut');
    await expect(store.put(chunks())).rejects.toMatchObject({ code: 'payload', message: 'The file is empty' });
    await expect(store.put(chunks('12345'), { maxBytes: 4 })).rejects.toMatchObject({
      code: 'payload',
      message: 'The file is longer than 4 bytes',
    });
    const stopped = AbortSignal.abort(new Error('stop'));
    await expect(store.put(chunks('x'), { signal: stopped })).rejects.toThrow('aborted');
    expect(await filesOnDisk()).toEqual([]);
  });
});

describe('the sweep', () => {
  test('takes what nobody keeps, a day after it was put', async () => {
    const store = blobs.storeOf(tenantId);
    const kept = await store.put(chunks('kept'));
    const past = await store.put(chunks('past'));
    const loose = await store.put(chunks('loose'));
    const place = { tenantId, owner: 'plugin' };
    await blobs.keep(database.db, place, { key: 'kept', file: kept.id });
    await blobs.keep(database.db, place, { key: 'past', file: past.id, until: new Date(Date.now() - 1000) });
    await blobs.sweep(nobody);
    expect(await store.find(loose.id)).toEqual(loose);
    await age(2);
    await blobs.sweep(nobody);
    expect(await Promise.all([kept, past, loose].map(({ id }) => store.find(id)))).toEqual([
      kept,
      undefined,
      undefined,
    ]);
    expect(await filesOnDisk()).toHaveLength(1);
    await blobs.keep(database.db, place, { key: 'kept', file: undefined });
    await age(2);
    await blobs.sweep(nobody);
    expect(await filesOnDisk()).toEqual([]);
  });

  test('leaves what a commit begins to keep while it runs', async () => {
    const store = blobs.storeOf(tenantId);
    const file = await store.put(chunks('wanted'));
    await age(2);
    const kept = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const keeping = database.db.transaction().execute(async (transaction) => {
      await blobs.keep(transaction, { tenantId, owner: 'plugin' }, { key: 'k', file: file.id });
      kept.resolve();
      await mayCommit.promise;
    });
    await kept.promise;
    await blobs.sweep(nobody);
    mayCommit.resolve();
    await keeping;
    await blobs.sweep(nobody);
    expect(await buffer(await store.open(file.id))).toHaveLength(6);
  });

  test('removes what a dead process or a deleted tenant left', async () => {
    const { id } = await blobs.storeOf(tenantId).put(chunks('in use'));
    const strays = join(folder, otherId, '00');
    await mkdir(strays, { recursive: true });
    const old = new Date(Date.now() - 2 * 86_400_000);
    for (const name of ['stray', 'half.partial', 'fresh.partial']) await writeFile(join(strays, name), 'x');
    for (const name of ['stray', 'half.partial']) await utimes(join(strays, name), old, old);
    await blobs.sweep(nobody);
    expect(await filesOnDisk()).toHaveLength(2);
    expect(await blobs.storeOf(tenantId).find(id)).toBeDefined();
  });
});
