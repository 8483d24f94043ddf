import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

import type { Db } from './database.ts';
import { tenantColumn } from './database.ts';
import { lanes } from './job-type.ts';
import type { LaneCounts, OpenJob, OpenJobFilter, OpenJobs, OpenJobState } from './open-job.ts';

const defaultLimit = 50;
const maxLimit = 500;
/** Beyond it a count tells a person nothing more, and counting on would read the whole backlog. */
const mostCounted = 10_000;

/** In these words the index of open jobs is found. */
const isOpen = sql`state in ('waiting', 'blocked', 'queued', 'running')`;

const conditions: Readonly<Record<OpenJobState, RawBuilder<unknown>>> = {
  running: sql`state = 'running'`,
  retrying: sql`state <> 'running' and error_code is not null`,
  scheduled: sql`state = 'waiting' and error_code is null and run_at > now()`,
  waiting: sql`state <> 'running' and error_code is null and (state <> 'waiting' or run_at <= now())`,
};

const standing = sql<OpenJobState>`
  case when state = 'running' then 'running' when error_code is not null then 'retrying'
       when state = 'waiting' and run_at > now() then 'scheduled' else 'waiting' end`;

const laneNames = sql`unnest(${sql.lit(`{${lanes.join(',')}}`)}::text[])`;

type Row = OpenJob & { readonly seq: string | number };

export function createOpenJobs(db: Db): OpenJobs {
  return {
    async list({ tenantId, ...filter }, { limit = defaultLimit, after } = {}) {
      const size = Math.min(Math.max(limit, 1), maxLimit);
      // Lane by lane, as the index has them: each gives at most a page.
      const { rows } = await sql<Row>`
        select one.* from ${laneNames} as of_lane(name) cross join lateral (
          select seq, id, type, owner, lane, ${standing} as state, attempts, max_attempts as "maxAttempts",
            created_at as "createdAt", run_at as "runAt",
            case when state = 'running' then coalesce(queued_at, first_started_at) end as "startedAt",
            error_message as "errorMessage", error_remedy as remedy,
            exists (select from job_pause p where p.owner = job.owner and p.tenant_id = job.tenant_id) as "isPaused"
          from job
          where tenant_id = ${tenantColumn(tenantId)} and lane = of_lane.name and ${isOpen}
            and seq > ${after ?? '0'}::bigint and ${matches(filter)}
          order by seq limit ${size + 1}
        ) one order by one.seq limit ${size + 1}`.execute(db);
      const shown = rows.slice(0, size);
      return {
        items: shown.map(toJob),
        next: rows.length > size ? String(shown.at(-1)?.seq) : undefined,
      };
    },
    async countByLane(tenantId) {
      const counted = (state: OpenJobState) =>
        sql`count(*) filter (where of_one = ${sql.lit(state)})::integer as ${sql.ref(state)}`;
      const { rows } = await sql<LaneCounts>`
        select of_lane.name as lane, counts.* from ${laneNames} with ordinality as of_lane(name, place)
        cross join lateral (
          select ${sql.join([counted('running'), counted('waiting'), counted('retrying'), counted('scheduled')])} from (
            select ${standing} as of_one from job
            where tenant_id = ${tenantColumn(tenantId)} and lane = of_lane.name and ${isOpen}
            order by seq limit ${sql.lit(mostCounted)}
          ) oldest
        ) counts order by of_lane.place`.execute(db);
      return rows;
    },
  };
}

const toJob = ({ seq: _seq, ...job }: Row): OpenJob => job;

function matches({ state, owner, type }: Omit<OpenJobFilter, 'tenantId'>): RawBuilder<unknown> {
  return sql.join(
    [
      state === undefined ? sql`true` : conditions[state],
      ...(owner === undefined ? [] : [sql`owner = ${owner}`]),
      ...(type === undefined ? [] : [sql`type = ${type}`]),
    ],
    sql` and `,
  );
}
