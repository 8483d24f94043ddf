import { sql } from 'kysely';
import type { CrmWrite, Lane } from '../../contract/crm.ts';
import { PayloadError } from '../../contract/errors.ts';
import type { Executor } from '../../store/database.ts';
import { prepared } from '../../store/prepared.ts';
import { isTwentyId, recordIdFor } from '../ids.ts';
import { cleanFields, referencesOf } from './values.ts';

export const lanes: readonly Lane[] = ['live', 'normal', 'bulk'];

/** Notified with the tenant's id when a transaction that staged writes commits. */
export const outboxChannel = 'crm_outbox';

/** Twenty takes bodies up to 10 MiB; a batch stays below with room for the query around it (Twenty 2.21, measured). */
export const maxBodyBytes = 9_000_000;

const rowsPerInsert = 500;

/**
 * Puts writes into the outbox inside the caller's transaction; the commit wakes the flusher.
 *
 * @throws PayloadError when a write could never be sent
 */
export async function stageWrites(executor: Executor, tenantId: string, writes: readonly CrmWrite[]): Promise<void> {
  const rows = writes.map((write) => toRow(tenantId, write));
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await insert(executor, tenantId, rows.slice(start, start + rowsPerInsert));
  }
}

type NewRow = ReturnType<typeof toRow>;

function toRow(tenantId: string, write: CrmWrite) {
  const fields = cleanFields(write);
  const bytes = Buffer.byteLength(JSON.stringify(fields)) + 60;
  if (bytes > maxBodyBytes) {
    throw new PayloadError('a CRM write is larger than Twenty accepts', { field: `${write.object}.fields` });
  }
  const lane = lanes.indexOf(write.lane ?? 'normal');
  return {
    object: write.object,
    record_id: recordIdOf(tenantId, write),
    owned: 'key' in write,
    fields,
    refs: referencesOf(fields),
    lane,
    bytes,
  };
}

function recordIdOf(tenantId: string, write: CrmWrite): string {
  if ('key' in write) {
    if (write.key === '') throw new PayloadError('the key of a CRM write is empty', { field: `${write.object}.key` });
    return recordIdFor(tenantId, write.object, write.key);
  }
  if (!isTwentyId(write.id)) {
    throw new PayloadError('the id of a CRM write is not a UUID of version 1 to 5', { field: `${write.object}.id` });
  }
  return write.id.toLowerCase();
}

async function insert(executor: Executor, tenantId: string, rows: readonly NewRow[]): Promise<void> {
  await sql`${prepared}
    with staged as (
      insert into crm_outbox (tenant_id, object, record_id, owned, fields, refs, lane, bytes)
      select ${tenantId}::uuid, object, record_id, owned, fields, refs, lane, bytes
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (object text, record_id uuid, owned boolean, fields jsonb, refs uuid[], lane smallint, bytes integer)
    )
    select pg_notify(${outboxChannel}, ${tenantId})
  `.execute(executor);
}
