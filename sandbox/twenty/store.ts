import { readFile } from 'node:fs/promises';
import pg from 'pg';

/** What a query runs on: the pool, or the one connection of a transaction. */
export type Queryable = {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<R>>;
};

export type Store = Queryable & {
  /** PostgreSQL schema of the server's own tables; the records of each workspace have a schema of their own. */
  readonly schema: string;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Connects, and creates the server's own tables when they are missing. All statements run with search_path = schema. */
export async function openStore(databaseUrl: string, schema: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${schema}`, max: 10 });
  try {
    await createTables(pool, schema);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    schema,
    query: (text, values) => pool.query(text, values as unknown[]),
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  };
}

export function quoteName(name: string): string {
  return pg.escapeIdentifier(name);
}

export function quoteText(value: string): string {
  return pg.escapeLiteral(value);
}

async function createTables(pool: pg.Pool, schema: string): Promise<void> {
  const files = ['./schema.sql', './identity.sql'].map((file) => readFile(new URL(file, import.meta.url), 'utf8'));
  const sql = (await Promise.all(files)).join('\n');
  await inTransaction(pool, async (tx) => {
    // Two servers starting on one database must not create the same tables at the same time.
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`twenty:${schema}`]);
    await tx.query(`create schema if not exists ${quoteName(schema)}`);
    await tx.query(sql);
  });
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work({ query: (text, values) => client.query(text, values as unknown[]) });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
