import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';

/** A file on its way to Twenty. */
export type FileRow = {
  readonly id: string;
  readonly tenantId: string;
  readonly blobId: string;
  readonly bytes: number;
  readonly name: string;
  readonly object: string;
  readonly recordId: string;
  readonly owned: boolean;
  readonly field: string | null;
  readonly lane: number;
  readonly fileId: string | null;
  readonly stagedAt: Date;
};

/** Undefined when it has arrived, or its tenant is gone. */
export async function findWaiting(db: Executor, id: string): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`
    select id, tenant_id as "tenantId", blob_id as "blobId", bytes, name, object, record_id as "recordId", owned, field, lane,
      file_id as "fileId", staged_at as "stagedAt"
    from crm_file where id = ${id} and state = 'waiting'
  `.execute(db);
  return rows[0];
}

/** Before the bytes go: whoever takes over then asks Twenty about this upload instead of beginning another one. */
export async function noteBegun(db: Executor, id: string, fileId: string): Promise<void> {
  await sql`update crm_file set file_id = ${fileId} where id = ${id} and state = 'waiting'`.execute(db);
}

/** @returns whether it was this upload that is linked now; another run may have linked its own */
export async function noteLinked(db: Executor, id: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`
    update crm_file set state = 'linked', linked_at = now()
    where id = ${id} and state = 'waiting' and file_id = ${fileId} returning id
  `.execute(db);
  return rows.length > 0;
}

export type Destination = 'there' | 'deleted' | 'on-its-way' | 'unknown';

/** Whether the record that a file goes to is in Twenty, as far as the hub knows. */
export async function findDestination(
  db: Executor,
  { tenantId, object, recordId }: Pick<FileRow, 'tenantId' | 'object' | 'recordId'>,
): Promise<Destination> {
  const { rows } = await sql<{ is_deleted: boolean | null; is_staged: boolean }>`
    select
      (select deleted_at is not null from crm_record where tenant_id = ${tenantId} and object = ${object} and id = coalesce(
        (select crm_id from crm_link where tenant_id = ${tenantId} and our_id = ${recordId}), ${recordId}::uuid
      )) as is_deleted,
      exists (
        select from crm_outbox where tenant_id = ${tenantId} and record_id = ${recordId} and state <> 'discarded'
      ) as is_staged
  `.execute(db);
  const { is_deleted: isDeleted = null, is_staged: isStaged = false } = rows[0] ?? {};
  if (isDeleted !== null) return isDeleted ? 'deleted' : 'there';
  return isStaged ? 'on-its-way' : 'unknown';
}
