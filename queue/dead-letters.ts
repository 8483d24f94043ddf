import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';

import type { Db, JobRow } from './database.ts';
import { isUuid, notifyWorkers, tenantColumn, tenantValue } from './database.ts';
import type { DeadLetter, DeadLetterFilter, DeadLetters } from './dead-letter.ts';
import { toStorable } from './payload.ts';

const defaultLimit = 50;
const maxLimit = 500;

/** How many `replayAll` brings back per statement. */
const replayBatch = 1000;

export function createDeadLetters(db: Db): DeadLetters {
  return {
    list: async (filter = {}, { limit = defaultLimit, after } = {}) => {
      const size = Math.min(Math.max(limit, 1), maxLimit);
      const { rows } = await sql<Selectable<JobRow>>`
        select * from job where ${matches(filter)} and ${isAfter(after)}
        order by finished_at desc, id desc limit ${size + 1}`.execute(db);
      const items = rows.slice(0, size).map(toDeadLetter);
      const last = items.at(-1);
      return { items, next: rows.length > size && last !== undefined ? last.id : undefined };
    },
    get: async (id) => {
      if (!isUuid(id)) return undefined;
      const { rows } = await sql<Selectable<JobRow>>`
        select * from job where id = ${id} and state = 'dead'`.execute(db);
      return rows[0] && toDeadLetter(rows[0]);
    },
    count: async (filter = {}, most) => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::integer as n from (select from job where ${matches(filter)} limit ${most ?? null}) counted`.execute(
        db,
      );
      return rows[0]?.n ?? 0;
    },
    replay: async (id, change) => {
      if (!isUuid(id)) return false;
      const payload = change?.payload === undefined ? undefined : toStorable(`dead letter ${id}`, change.payload);
      return (await replay(db, sql`state = 'dead' and id = ${id}`, payload)) === 1;
    },
    replayAll: async (filter) => {
      // What dies again meanwhile is not of this call.
      const until = filter.diedBefore ?? new Date();
      let total = 0;
      for (;;) {
        const count = await replay(db, matches({ ...filter, diedBefore: until }));
        total += count;
        if (count === 0) return total;
      }
    },
    discard: async (id, reason) => {
      if (!isUuid(id)) return false;
      const { numUpdatedRows } = await db
        .updateTable('job')
        .set({ state: 'discarded', discard_reason: reason })
        .where('id', '=', id)
        .where('state', '=', 'dead')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/**
 * Of several dead letters with one `while-waiting` key only the newest can wait again, and none when a job of that key waits
 * already.
 */
async function replay(db: Db, condition: RawBuilder<unknown>, payload?: unknown): Promise<number> {
  const replacement = payload === undefined ? null : JSON.stringify(payload);
  const { rows } = await sql<{ replayed: number }>`
    with dead as (
      select distinct on (dedupe_hash) id from (
        select id, dedupe_hash, finished_at from job
        where ${condition} and (dedupe_forever or not exists (
          select from job other where other.dedupe_hash = job.dedupe_hash and other.state in ('waiting', 'blocked', 'queued')))
        order by finished_at desc limit ${sql.lit(replayBatch)} for no key update skip locked) newest
      order by dedupe_hash, finished_at desc
    ), replayed as (
      update job set state = 'waiting', attempts = 0, run_at = now(), finished_at = null, first_started_at = null,
                     payload = coalesce(${replacement}::jsonb, payload)
      from dead where job.id = dead.id returning job.id
    ), wake as (select ${notifyWorkers})
    select (select count(*)::integer from replayed) as replayed from wake`.execute(db);
  return rows[0]?.replayed ?? 0;
}

function matches({ tenantId, owner, type, errorCode, diedAfter, diedBefore }: DeadLetterFilter): RawBuilder<unknown> {
  const conditions = [
    sql`state = 'dead'`,
    ...(tenantId === undefined ? [] : [sql`tenant_id = ${tenantColumn(tenantId)}`]),
    ...(owner === undefined ? [] : [sql`owner = ${owner}`]),
    ...(type === undefined ? [] : [sql`type = ${type}`]),
    ...(errorCode === undefined ? [] : [sql`error_code = ${errorCode}`]),
    ...(diedAfter === undefined ? [] : [sql`finished_at > ${diedAfter}`]),
    ...(diedBefore === undefined ? [] : [sql`finished_at <= ${diedBefore}`]),
  ];
  return sql.join(conditions, sql` and `);
}

/** The cursor is the id of the last item: its time has microseconds that a JavaScript date would lose. */
const isAfter = (id: string | undefined): RawBuilder<unknown> =>
  id === undefined || !isUuid(id)
    ? sql`true`
    : sql`(finished_at, id) < (select last.finished_at, last.id from job last where last.id = ${id})`;

const toDeadLetter = (row: Selectable<JobRow>): DeadLetter => ({
  id: row.id,
  type: row.type,
  tenantId: tenantValue(row.tenant_id),
  owner: row.owner,
  payload: row.payload,
  dedupeKey: row.dedupe_key,
  attempts: row.attempts,
  errorCode: row.error_code ?? 'unknown',
  errorMessage: row.error_message ?? '',
  remedy: row.error_remedy,
  firstStartedAt: row.first_started_at ?? row.created_at,
  diedAt: row.finished_at ?? row.created_at,
});
