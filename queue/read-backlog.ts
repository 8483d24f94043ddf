import { sql } from 'kysely';

import type { Db } from './database.ts';
import type { Backlog } from './stats.ts';

/** Beyond it a count tells a person nothing more, and counting on would read the whole backlog. */
const mostCounted = 10_000;

/** Few enough rows for a page that is looked at all the time: each number stops at `mostCounted`. */
export async function readBacklog(db: Db, tenant: string): Promise<Backlog> {
  const counted = (condition: ReturnType<typeof sql>) => sql<number>`
    (select count(*)::integer from (
      select from job where tenant_id = ${tenant} and ${condition} limit ${sql.lit(mostCounted)}) counted)`;
  const { rows } = await sql<Backlog>`
    select ${counted(sql`state in ('waiting', 'blocked', 'queued')`)} as waiting,
      ${counted(sql`state = 'running'`)} as running,
      ${counted(sql`state = 'dead'`)} as dead,
      coalesce((
        select extract(epoch from now() - min(run_at))::float8 from job
        where tenant_id = ${tenant} and state = 'waiting' and run_at <= now()
          and not exists (select from job_pause p where p.owner = job.owner and p.tenant_id = job.tenant_id)
      ), 0) as "oldestDueSeconds"`.execute(db);
  return rows[0] ?? { waiting: 0, running: 0, dead: 0, oldestDueSeconds: 0 };
}
