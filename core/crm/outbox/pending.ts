import { sql } from 'kysely';
import type { Lane } from '../../contract/crm.ts';
import type { Executor } from '../../store/database.ts';
import type { PendingRow } from '../plan.ts';
import { lanes } from './stage.ts';

/** What a plan is made from. */
export type Backlog = {
  readonly rows: readonly PendingRow[];
  /** Of the records that rows point at and that are pending themselves, those Twenty has already. */
  readonly existing: ReadonlySet<string>;
  /** More rows wait in this lane than were looked at. */
  readonly more: boolean;
};

/** Patches of one record that are merged at once; the next ones follow in order. */
const patchesPerRecord = 200;

/** A chain of new records pointing at new records is followed this far; the rest of it waits for the next look. */
const deepestChain = 16;

/**
 * The oldest writes of a lane, with everything they depend on in whatever lane: earlier patches of the same records, refused ones
 * included, and pending records that they point at.
 */
export async function readBacklog(db: Executor, tenantId: string, lane: Lane, limit: number): Promise<Backlog> {
  const head = await sql<{ record_id: string }>`
    select record_id from crm_outbox
    where tenant_id = ${tenantId} and lane = ${lanes.indexOf(lane)} and state = 'pending'
    order by seq limit ${limit}
  `.execute(db);
  const rows: PendingRow[] = [];
  const seen = new Set<string>();
  const existing = new Set<string>();
  let wanted = head.rows.map((row) => row.record_id);
  for (let depth = 0; wanted.length > 0 && depth < deepestChain; depth += 1) {
    for (const id of wanted) seen.add(id);
    const found = await readRows(db, tenantId, [...new Set(wanted)]);
    rows.push(...found);
    const targets = [...new Set(found.flatMap(({ refs }) => refs))].filter((id) => !existing.has(id));
    for (const id of await findExisting(db, tenantId, targets)) existing.add(id);
    wanted = targets.filter((id) => !seen.has(id) && !existing.has(id));
  }
  return { rows, existing, more: head.rows.length === limit };
}

async function readRows(db: Executor, tenantId: string, recordIds: readonly string[]): Promise<PendingRow[]> {
  const { rows } = await sql<{
    seq: number;
    object: string;
    record_id: string;
    refs: string[];
    bytes: number;
    state: 'pending' | 'parked';
  }>`
    select seq, object, record_id, refs, bytes, state
    from (
      select *, row_number() over (partition by record_id order by seq) as place
      from crm_outbox
      where tenant_id = ${tenantId} and record_id = any(${recordIds}::uuid[]) and state <> 'discarded'
    ) patch
    where place <= ${patchesPerRecord}
    order by seq
  `.execute(db);
  return rows.map(({ record_id, ...row }) => ({ ...row, recordId: record_id }));
}

async function findExisting(db: Executor, tenantId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from crm_record
    where tenant_id = ${tenantId} and id = any(${ids}::uuid[]) and deleted_at is null
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** The patches of a batch, oldest first. Rows that went through another way in the meantime are not there any more. */
export async function loadPatches(db: Executor, seqs: readonly number[]) {
  const { rows } = await sql<{
    seq: number;
    object: string;
    record_id: string;
    owned: boolean;
    fields: Record<string, unknown>;
  }>`
    update crm_outbox set sent_at = now() where seq = any(${seqs}::bigint[]) and state <> 'discarded'
    returning seq, object, record_id, owned, fields
  `.execute(db);
  return rows.toSorted((one, other) => one.seq - other.seq);
}

export type Patch = Awaited<ReturnType<typeof loadPatches>>[number];

/** Which lanes have something to send. */
export async function lanesWaiting(db: Executor, tenantId: string): Promise<Set<Lane>> {
  // Without the order PostgreSQL may read the whole backlog to find a row of a lane that has none.
  const { rows } = await sql<{ lane: number }>`
    select lane from unnest(array[0, 1, 2]) as lane
    where (
      select true from crm_outbox
      where tenant_id = ${tenantId} and state = 'pending' and crm_outbox.lane = lane.lane
      order by seq limit 1
    )
  `.execute(db);
  return new Set(rows.map(({ lane }) => lanes[lane] as Lane));
}
