import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';

/** Notifications on this channel carry the id of a tenant whose live feed went on. */
export const liveChannel = 'switchboard_live';

/**
 * Takes the next versions of a tenant's feed and keeps the others waiting until the transaction ends: call it last, and touch the
 * tenant's items only afterwards and in another statement, which then sees what those before have committed.
 *
 * @returns the first of the `count` versions
 */
export async function takeVersions(transaction: Executor, tenantId: string, count: number): Promise<number> {
  // Heard when the transaction commits; with a rollback nobody hears of it.
  await sql`select pg_notify(${liveChannel}, ${tenantId})`.execute(transaction);
  const { version } = await transaction
    .insertInto('live_head')
    .values({ tenant_id: tenantId, version: count })
    .onConflict((conflict) =>
      conflict.column('tenant_id').doUpdateSet({ version: sql<number>`live_head.version + ${count}` }),
    )
    .returning('version')
    .executeTakeFirstOrThrow();
  return version - count + 1;
}

/** How many changes were published, of all tenants: every one took a version. */
export async function countChanges(db: Executor): Promise<number> {
  const { count } = await db
    .selectFrom('live_head')
    .select(sql<number>`coalesce(sum(version), 0)::bigint`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
