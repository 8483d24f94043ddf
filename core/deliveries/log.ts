import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { type DeliveryNote, nextPage, NotFoundError, type PageEnd } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import type { DeliveryResult, DeliveryTable } from './tables.ts';

/** The delivery log: one line per thing that came in or went out, the first page an operator opens. */

export interface DeliveryLine {
  readonly id: string;
  readonly tenantId: string;
  readonly pluginId: string;
  readonly direction: 'in' | 'out';
  readonly kind: string;
  readonly result: DeliveryResult;
  readonly summary: string;
  readonly errorCode: string | null;
  readonly remedy: string | null;
  readonly recordId: string | null;
  readonly inboxId: string | null;
  /** The job that works on it. */
  readonly jobId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DeliveryFilter {
  readonly tenantId: string;
  readonly pluginId?: string;
  readonly result?: DeliveryResult;
  readonly direction?: 'in' | 'out';
  /** Words of the summary or the kind, or how they begin, in any case; or the whole id of the delivery or of its record. */
  readonly search?: string;
  /** Where the page before ended. */
  readonly before?: PageEnd;
  /** Default 50, at most 500. */
  readonly limit?: number;
}

export interface DeliveryPage {
  readonly lines: readonly DeliveryLine[];
  /** What the next page is asked for with; null at the end. */
  readonly next: string | null;
}

type Db = Executor;

/** Writes the line of a delivery that has just been stored. */
export async function logArrival(
  db: Db,
  line: {
    tenantId: string;
    pluginId: string;
    kind: string;
    inboxId: string;
    result: DeliveryResult;
    summary: string;
    remedy?: string;
    jobId?: string;
  },
): Promise<void> {
  await db
    .insertInto('delivery')
    .values({
      id: randomUUID(),
      tenant_id: line.tenantId,
      plugin_id: line.pluginId,
      direction: 'in',
      kind: line.kind,
      result: line.result,
      summary: line.summary,
      remedy: line.remedy ?? null,
      inbox_id: line.inboxId,
      job_id: line.jobId ?? null,
    })
    .onConflict((conflict) => conflict.column('inbox_id').doNothing())
    .execute();
}

/** Writes what a plugin noted: updates the line of its inbox delivery, or adds a line. */
export async function logNote(db: Db, tenantId: string, pluginId: string, note: DeliveryNote): Promise<void> {
  const outcome = {
    result: note.result,
    summary: note.summary,
    record_id: note.recordId ?? null,
    error_code: null,
    remedy: null,
  };
  await db
    .insertInto('delivery')
    .values({
      id: randomUUID(),
      tenant_id: tenantId,
      plugin_id: pluginId,
      direction: note.direction,
      kind: note.kind,
      inbox_id: note.inboxId ?? null,
      ...outcome,
    })
    .onConflict((conflict) =>
      conflict
        .column('inbox_id')
        .doUpdateSet({ ...outcome, updated_at: sql<Date>`now()` })
        // A second run, after a kill or by hand, that finds nothing left to do does not hide what the first one did.
        .where((where) => where.or([where('delivery.result', '<>', 'done'), where.val(note.result === 'done')])),
    )
    .execute();
}

/**
 * Marks an inbox delivery with what its job came to. What the plugin itself noted stays: a worker that was killed after its commit
 * leaves a job that failed, and a delivery that did not.
 */
export async function logOutcome(
  db: Db,
  inboxId: string,
  outcome: { result: 'done' | 'rejected' | 'failed'; summary: string; errorCode?: string; remedy?: string },
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({
      result: outcome.result,
      summary: outcome.summary,
      error_code: outcome.errorCode ?? null,
      remedy: outcome.remedy ?? null,
      updated_at: sql<Date>`now()`,
    })
    .where('inbox_id', '=', inboxId)
    .where('result', 'in', ['waiting', 'failed', 'rejected'])
    .execute();
}

export async function listDeliveries(db: Db, filter: DeliveryFilter): Promise<DeliveryPage> {
  const limit = Math.min(filter.limit ?? 50, 500);
  const at = sql<string>`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('at');
  let query = db.selectFrom('delivery').selectAll().select(at).where('tenant_id', '=', filter.tenantId);
  if (filter.pluginId !== undefined) query = query.where('plugin_id', '=', filter.pluginId);
  if (filter.result !== undefined) query = query.where('result', '=', filter.result);
  if (filter.direction !== undefined) query = query.where('direction', '=', filter.direction);
  if (filter.before !== undefined) query = query.where(isAfter(filter.before));
  if (filter.search !== undefined) query = query.where(matchesText(filter.search));
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return { lines: rows.map(toLine), next: nextPage(rows, limit) };
}

const isAfter = ({ at, id }: PageEnd) => sql<boolean>`(created_at, id) < (${at}::timestamptz, ${id}::uuid)`;

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A line holds every word that was typed, or one that begins with it. A million lines are searched by index (011-delivery-search.sql). */
function matchesText(search: string) {
  const typed = search.trim();
  if (uuidPattern.test(typed)) return sql<boolean>`(id = ${typed}::uuid or record_id = ${typed}::uuid)`;
  const words = typed.toLowerCase().match(/[^\s -/:-@[-`{-~]+/g) ?? [];
  // Nothing to look for but signs: no line is asked for, so none is shown.
  if (words.length === 0) return sql<boolean>`false`;
  return sql<boolean>`
    to_tsvector('simple'::regconfig, regexp_replace(summary || ' ' || kind, '[ -/:-@\\[-\`{-~]+', ' ', 'g'))
      @@ to_tsquery('simple'::regconfig, ${words.map((word) => `'${word}':*`).join(' & ')})`;
}

/** @throws NotFoundError */
export async function getDelivery(db: Db, tenantId: string, id: string): Promise<DeliveryLine> {
  const row = await db
    .selectFrom('delivery')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) return toLine(row);
  throw new NotFoundError('There is no such delivery', {
    field: 'delivery',
    remedy: 'See the deliveries there are in the delivery log.',
  });
}

function toLine(row: Selectable<DeliveryTable>): DeliveryLine {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    pluginId: row.plugin_id,
    direction: row.direction,
    kind: row.kind,
    result: row.result,
    summary: row.summary,
    errorCode: row.error_code,
    remedy: row.remedy,
    recordId: row.record_id,
    inboxId: row.inbox_id,
    jobId: row.job_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
