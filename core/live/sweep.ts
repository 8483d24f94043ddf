import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { takeVersions } from './head.ts';

/** How long a removal is remembered; who was away for longer gets everything anew. */
const REMEMBERED = sql`now() - interval '10 minutes'`;
/** So that publishers do not wait long for a sweep. */
const BATCH = 500;

const expired = sql`removed_at is null and expires_at <= now()`;

const abandoned = sql`removed_at is null and not exists (
  select from plugin_setting as setting
    where setting.tenant_id = item.tenant_id and setting.plugin_id = item.plugin_id and setting.state <> 'disabled')`;

/** Removes what has expired. Like all sweeps, several processes may do it at once. */
export async function removeExpired(db: Kysely<Tables>): Promise<void> {
  await removeWhere(db, expired);
}

/** Removes what plugins have left that are disabled now. */
export async function removeAbandoned(db: Kysely<Tables>): Promise<void> {
  await removeWhere(db, abandoned);
}

async function removeWhere(db: Kysely<Tables>, due: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ tenant_id: string; count: number }>`
    select tenant_id, count(*) from live_item as item where ${due} group by tenant_id`.execute(db);
  for (const { tenant_id, count } of rows) {
    await db.transaction().execute(async (transaction) => {
      const batch = Math.min(count, BATCH);
      const first = await takeVersions(transaction, tenant_id, batch);
      await sql`
        with doomed as (
          select topic, key, ${first}::bigint - 1 + row_number() over () as version
            from live_item as item where tenant_id = ${tenant_id} and ${due} limit ${batch})
        update live_item as item set data = 'null', removed_at = now(), expires_at = null, version = doomed.version
          from doomed where item.tenant_id = ${tenant_id} and item.topic = doomed.topic and item.key = doomed.key
      `.execute(transaction);
    });
  }
}

/** Drops old removals, and notes up to which version: nobody who has seen less is given a difference. */
export async function forgetRemovals(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ tenant_id: string; version: number }>`
    select tenant_id, max(version) as version from live_item where removed_at < ${REMEMBERED} group by tenant_id`.execute(
    db,
  );
  for (const { tenant_id, version } of rows) {
    await db.transaction().execute(async (transaction) => {
      await sql`update live_head set forgotten = greatest(forgotten, ${version}) where tenant_id = ${tenant_id}`.execute(
        transaction,
      );
      await sql`
        delete from live_item where tenant_id = ${tenant_id} and removed_at is not null and version <= ${version}
      `.execute(transaction);
    });
  }
}
