import { Kysely, PostgresDialect, sql } from 'kysely';
import type { ColumnType, Generated, Transaction } from 'kysely';
import type pg from 'pg';

import type { JobState } from './job.ts';
import type { Lane } from './job-type.ts';

/** What the queue needs of the hub's database. `search_path` decides where its tables are. */
export interface QueueDatabase {
  /** Shared with the hub; never ended here. */
  readonly pool: pg.Pool;
  /** Subscribes to a channel of NOTIFY; resolves to what ends the subscription. */
  listen(channel: string, handler: (payload: string) => void, onReconnect?: () => void): Promise<() => void>;
}

export type JobRow = {
  id: Generated<string>;
  tenant_id: string;
  owner: string;
  type: string;
  lane: Lane;
  payload: unknown;
  dedupe_key: string;
  dedupe_hash: string;
  dedupe_forever: boolean;
  serialize_hash: string | null;
  state: JobState;
  attempts: number;
  max_attempts: number;
  run_at: Date;
  ticket: number;
  created_at: Date;
  first_started_at: Date | null;
  finished_at: Date | null;
  error_code: string | null;
  error_message: string | null;
  error_remedy: string | null;
  discard_reason: string | null;
};

export type ScheduleRow = {
  key: string;
  cron: string | null;
  every_ms: ColumnType<string | number | null, number | null>;
  time_zone: string;
  job: unknown;
  last_tick_at: Date | null;
  next_tick_at: Date;
};

export type Tables = {
  job: JobRow;
  job_pause: { owner: string; tenant_id: string; reason: string; since: Generated<Date> };
  job_worker: { id: string; slots: unknown; seen_at: Date };
  job_schedule: ScheduleRow;
};

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

export function openTables(pool: pg.Pool): Db {
  pool.on('acquire', listenForErrors);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * A connection that breaks between two statements of a transaction emits an error that nobody hears, which would end the
 * process; the next statement fails and is what tells. The pool itself listens to idle connections only.
 */
function listenForErrors(client: pg.PoolClient): void {
  if (!client.listeners('error').includes(ignore)) client.on('error', ignore);
}

const ignore = (): void => {};

/** All schemas of a database share its channels, so the payload names the schema. */
export const wakeChannel = 'switchboard_job';

export const notifyWorkers = sql`pg_notify(${sql.lit(wakeChannel)}, current_schema())`;

/** Schedules change seldom and jobs all the time. */
export const scheduleChannel = 'switchboard_schedule';

export const notifyClocks = sql`pg_notify(${sql.lit(scheduleChannel)}, current_schema())`;

/** The hub's own work has no tenant; the column says '' because indexes do not find null. */
export const tenantColumn = (tenantId: string | null): string => tenantId ?? '';
export const tenantValue = (column: string): string | null => (column === '' ? null : column);

/** PostgreSQL answers an id that is no uuid with an error; a caller means "not found". */
export const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
