import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import type { BlobStorage } from './storage.ts';

const batch = 500;

/**
 * Removes blobs that nobody keeps and nobody put within a day, and files that belong to no blob: the remains of a process that
 * died while it wrote, or of a tenant that was deleted.
 */
export async function sweepBlobs(db: Executor, storage: BlobStorage, signal: AbortSignal): Promise<void> {
  await sql`delete from blob_keep where keep_until < now()`.execute(db);
  for (;;) {
    signal.throwIfAborted();
    // A commit that starts to keep one holds its row, and is waited for.
    const { rows } = await sql<{ location: string }>`
      delete from blob where ctid = any (array(
        select ctid from blob
        where touched_at < now() - interval '1 day'
          and not exists (select from blob_keep where blob_keep.tenant_id = blob.tenant_id and blob_id = blob.id)
        limit ${batch}
        for update skip locked
      ))
      returning location
    `.execute(db);
    for (const { location } of rows) await storage.remove(location);
    if (rows.length < batch) break;
  }
  await removeStrays(db, storage, signal);
}

const dayMs = 86_400_000;

async function removeStrays(db: Executor, storage: BlobStorage, signal: AbortSignal): Promise<void> {
  let locations: string[] = [];
  const check = async (): Promise<void> => {
    const { rows } = await sql<{ location: string }>`
      select location from unnest(${locations}::text[]) as location
      where not exists (select from blob where blob.location = location.location)
    `.execute(db);
    for (const { location } of rows) await storage.remove(location);
    locations = [];
  };
  for await (const { location, changedAt } of storage.list()) {
    signal.throwIfAborted();
    if (Date.now() - changedAt.getTime() < dayMs) continue;
    if (locations.push(location) >= batch) await check();
  }
  await check();
}
