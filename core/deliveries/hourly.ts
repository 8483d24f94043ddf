import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';

/** How much of one plugin came in and went out within an hour. */
export interface HourlyCount {
  /** When the hour begins. */
  readonly hour: Date;
  readonly pluginId: string;
  readonly count: number;
  /** Of these, what was rejected or failed. */
  readonly failed: number;
}

/** Of the last 24 hours, the present one included; oldest first. */
export async function countByHour(db: Executor, tenantId: string): Promise<HourlyCount[]> {
  const { rows } = await sql<HourlyCount>`
    select date_trunc('hour', created_at) as hour, plugin_id as "pluginId", count(*)::integer as count,
      count(*) filter (where result in ('rejected', 'failed'))::integer as failed
    from delivery
    where tenant_id = ${tenantId} and created_at >= date_trunc('hour', now()) - interval '23 hours'
    group by 1, 2 order by 1, 2
  `.execute(db);
  return rows;
}
