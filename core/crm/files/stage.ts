import { sql } from 'kysely';
import type { Blobs } from '../../blobs/index.ts';
import type { CrmFile } from '../../contract/files.ts';
import { NotFoundError, PayloadError } from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';
import { isTwentyId, recordIdFor } from '../ids.ts';
import { lanes } from '../outbox/stage.ts';

export type StagedFile = { readonly id: string; readonly lane: NonNullable<CrmFile['lane']> };

export type FileOwner = { readonly tenantId: string; readonly owner: string };

/** How long the bytes of a file that cannot be delivered are kept for somebody to put that right. */
const patienceDays = 90;

/** The owner of what the gateway itself keeps. */
export const gatewayOwner = 'crm';

/**
 * Notes files for sending inside the caller's transaction. @returns those that are new: the same key was noted before otherwise
 *
 * @throws PayloadError when a file could never be sent; NotFoundError when its bytes are not in the store
 */
export async function noteFiles(
  db: Executor,
  blobs: Pick<Blobs, 'keep'>,
  place: FileOwner,
  files: readonly CrmFile[],
): Promise<StagedFile[]> {
  const noted: StagedFile[] = [];
  for (const file of files) {
    const id = await insert(db, place, file);
    if (id === undefined) continue;
    const until = new Date(Date.now() + patienceDays * 86_400_000);
    await blobs.keep(db, { tenantId: place.tenantId, owner: gatewayOwner }, { key: id, file: file.file, until });
    noted.push({ id, lane: file.lane ?? 'normal' });
  }
  return noted;
}

async function insert(db: Executor, { tenantId, owner }: FileOwner, file: CrmFile): Promise<string | undefined> {
  if (file.key === '') throw new PayloadError('the key of a file is empty', { field: 'files.key' });
  const { object } = file.record;
  const { rows } = await sql<{ id: string }>`
    insert into crm_file (id, tenant_id, blob_id, bytes, name, object, record_id, owned, field, lane)
    select ${recordIdFor(tenantId, 'file', `${owner}:${file.key}`)}::uuid, tenant_id, id, bytes, ${checkName(file.name)},
      ${object}, ${recordIdOf(tenantId, file)}::uuid, ${'key' in file.record}, ${file.field ?? null},
      ${lanes.indexOf(file.lane ?? 'normal')}
    from blob where tenant_id = ${tenantId} and id = ${file.file}
    on conflict (id) do nothing
    returning id
  `.execute(db);
  if (rows[0] === undefined) await demandBlob(db, tenantId, file.file);
  return rows[0]?.id;
}

function recordIdOf(tenantId: string, { record }: CrmFile): string {
  if ('key' in record) return recordIdFor(tenantId, record.object, record.key);
  if (isTwentyId(record.id)) return record.id.toLowerCase();
  throw new PayloadError('a file must go to a record with a UUID of version 1 to 5', { field: 'files.record.id' });
}

/** Twenty tells a file's type by its extension and refuses names without one (2.21, measured). */
function checkName(name: string): string {
  const clean = name
    .toWellFormed()
    .replaceAll(/[\p{Cc}/\\]/gu, '_')
    .trim();
  if (!/.\.[a-z0-9]{1,10}$/i.test(clean)) {
    throw new PayloadError('the name of a file has no extension', { field: 'files.name' });
  }
  const dot = clean.lastIndexOf('.');
  return clean.slice(0, dot).slice(0, 200) + clean.slice(dot);
}

async function demandBlob(db: Executor, tenantId: string, id: string): Promise<void> {
  const { rows } = await sql`select from blob where tenant_id = ${tenantId} and id = ${id}`.execute(db);
  if (rows.length === 0) throw new NotFoundError(`The hub has no file ${id} of this tenant`, { field: 'files.file' });
}
