import { Kysely, PostgresDialect } from 'kysely';
import type { Transaction } from 'kysely';
import pg from 'pg';
import { createListener } from './listener.ts';
import type { Listener } from './listener.ts';
import { applicationName } from './postgres-server.ts';
import { preparing } from './prepared.ts';
import type { Tables } from './tables.ts';

export interface Database {
  readonly db: Kysely<Tables>;
  /** For what Kysely cannot say, and for libraries that bring their own SQL. Same connections as `db`. */
  readonly pool: pg.Pool;
  readonly listen: Listener['listen'];
  /** Waits for running queries, then closes every connection. */
  readonly close: () => Promise<void>;
}

/** A database or a transaction of the caller: what a function takes that must work inside both. */
export type Executor = Kysely<Tables> | Transaction<Tables>;

export interface DatabaseOptions {
  /** The schema to work in, when it is not the connection string's own search path. */
  readonly schema?: string;
  /** Most connections of this pool. */
  readonly max?: number;
}

/** Opens a pool; nothing is connected until the first query. */
export function openDatabase(url: string, { schema, max = 20 }: DatabaseOptions = {}): Database {
  const settings = {
    connectionString: url,
    application_name: applicationName,
    keepAlive: true,
    types,
    ...(schema !== undefined && { options: `-c search_path=${schema}` }),
  };
  const pool = new pg.Pool({ ...settings, max, connectionTimeoutMillis: 15_000 });
  // An idle connection that breaks is replaced by the pool; whoever runs a query sees an error of their own.
  pool.on('error', () => {});
  // One that breaks between two statements of a transaction belongs to somebody, who learns of it from the next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) });
  const listener = createListener(() => new pg.Client(settings));
  return {
    db,
    pool,
    listen: listener.listen,
    close: async () => {
      await listener.close();
      await db.destroy();
      // Kysely ends the pool only when it has run a query itself.
      if (!pool.ended) await pool.end();
    },
  };
}

/** Counts and sequences as numbers (they stay far below 2^53), calendar days as the text they are; the rest as pg does. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.DATE, String],
]);

type TypeId = (typeof pg.types.builtins)[keyof typeof pg.types.builtins];

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: TypeId, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};
