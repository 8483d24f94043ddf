import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { NotFoundError, PayloadError } from '../contract/errors.ts';
import type { FileKeep, FileStore, StoredFile } from '../contract/files.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { createMeasure } from './measure.ts';
import type { BlobStorage, ByteRange } from './storage.ts';
import { sweepBlobs } from './sweep.ts';

/** The bytes of all tenants. Nobody sees those of another one. */
export interface Blobs {
  /** As one tenant's plugins see it. */
  readonly storeOf: (tenantId: string) => FileStore;
  /** Notes inside the caller's transaction what is needed from now on, and what no longer. @throws NotFoundError */
  readonly keep: (
    transaction: Executor,
    place: { readonly tenantId: string; readonly owner: string },
    keep: FileKeep,
  ) => Promise<void>;
  /** Removes what nobody needs, and what was left behind. */
  readonly sweep: (signal: AbortSignal) => Promise<void>;
}

/** What Twenty takes at most (2.21, measured). */
const largestFile = 1024 ** 3;

export function createBlobs(db: Kysely<Tables>, storage: BlobStorage): Blobs {
  return {
    storeOf: (tenantId) => ({
      put: async (source, { maxBytes = largestFile, signal = new AbortController().signal } = {}) => {
        const most = Math.min(maxBytes, largestFile);
        return put({ db, storage, tenantId }, source, most, signal);
      },
      find: async (id) => {
        const row = await find(db, tenantId, id);
        return row && { id: row.id, bytes: row.bytes };
      },
      open: (id, range) => openBlob(db, storage, { tenantId, id, range }),
    }),
    keep: keepBlob,
    sweep: (signal) => sweepBlobs(db, storage, signal),
  };
}

type Place = { readonly db: Executor; readonly storage: BlobStorage; readonly tenantId: string };

async function put(
  { db, storage, tenantId }: Place,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<StoredFile> {
  const measure = createMeasure(maxBytes);
  const name = randomUUID();
  const location = `${tenantId}/${name.slice(0, 2)}/${name}`;
  await storage.write(location, measure.pass(source), signal);
  const file = measure.result();
  if (file.bytes === 0) {
    await storage.remove(location);
    throw new PayloadError('The file is empty', { remedy: 'Send one with bytes in it.' });
  }
  const { rows } = await sql<{ location: string }>`
    insert into blob (tenant_id, id, bytes, location) values (${tenantId}, ${file.id}, ${file.bytes}, ${location})
    on conflict (tenant_id, id) do update set touched_at = now()
    returning location
  `.execute(db);
  if (rows[0]?.location !== location) await storage.remove(location);
  return file;
}

type Row = StoredFile & { readonly location: string };

async function find(db: Executor, tenantId: string, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select id, bytes, location from blob where tenant_id = ${tenantId} and id = ${id}
  `.execute(db);
  return rows[0];
}

async function openBlob(
  db: Executor,
  storage: BlobStorage,
  { tenantId, id, range }: { tenantId: string; id: string; range: ByteRange | undefined },
): Promise<Readable> {
  const row = await find(db, tenantId, id);
  if (row === undefined) throw noSuchFile(id);
  return storage.read(row.location, range);
}

async function keepBlob(
  db: Executor,
  { tenantId, owner }: { readonly tenantId: string; readonly owner: string },
  { key, file, until }: FileKeep,
): Promise<void> {
  if (file === undefined) {
    await sql`
      delete from blob_keep where tenant_id = ${tenantId} and owner = ${owner} and key = ${key}
    `.execute(db);
    return;
  }
  // Touched first: a sweep that looked before this commit then finds the blob changed and leaves it.
  const { rows } = await sql`
    update blob set touched_at = now() where tenant_id = ${tenantId} and id = ${file} returning id
  `.execute(db);
  if (rows.length === 0) throw noSuchFile(file);
  await sql`
    insert into blob_keep (tenant_id, owner, key, blob_id, keep_until)
    values (${tenantId}, ${owner}, ${key}, ${file}, ${until ?? null}::timestamptz)
    on conflict (tenant_id, owner, key) do update set blob_id = excluded.blob_id, keep_until = excluded.keep_until
  `.execute(db);
}

const noSuchFile = (id: string): NotFoundError =>
  new NotFoundError(`The hub has no file ${id} of this tenant`, { remedy: 'Store it again, then go on.' });
