import { randomBytes } from 'node:crypto';
import { migrate, migrationFolders, openDatabase } from '@switchboard/core/testing';
import type { Database } from '@switchboard/core/testing';
import pg from 'pg';

export type TestDatabase = {
  /** Connection string whose search path is the test's own schema, or whose database is the test's own. */
  readonly url: string;
  readonly pool: pg.Pool;
  /** Drops everything. */
  close(): Promise<void>;
};

/** An empty schema of its own on the run's PostgreSQL: one per test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = uniqueName();
  await administer(`create schema ${name}`);
  const url = new URL(serverUrl());
  url.searchParams.set('options', `-c search_path=${name}`);
  return open(url.href, `drop schema ${name} cascade`);
}

/**
 * A database of its own, for what is shared by all schemas of one: extensions, BullMQ's schema.
 *
 * @param template name of the one that it begins as a copy of
 */
export async function freshDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = uniqueName();
  await administer(`create database ${name} template ${template}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  // Not `with (force)`, which is refused while PostgreSQL itself is tidying up in there.
  const others = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = current_user`;
  return open(url.href, others, `drop database ${name}`);
}

/** The hub's database with all its tables, in a schema of its own. */
export async function hubDatabase(): Promise<Database & { readonly url: string }> {
  const schema = await testDatabase();
  const database = openDatabase(schema.url, { max: 10 });
  await migrate(database.pool, migrationFolders);
  return {
    ...database,
    url: schema.url,
    close: async () => {
      await database.close();
      await schema.close();
    },
  };
}

function open(url: string, ...drop: readonly string[]): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // Dropping a database cuts connections on purpose.
  pool.on('error', () => {});
  return {
    url,
    pool,
    close: async () => {
      await pool.end();
      for (const statement of drop) await administer(statement);
    },
  };
}

async function administer(statement: string): Promise<void> {
  await asAdministrator(async (client) => await client.query(statement));
}

/** On a connection of its own to the run's PostgreSQL, and not to a database of a test. */
export async function asAdministrator<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined)
    throw new Error('TEST_DATABASE_URL is not set: run the tests through jest, whose global setup starts PostgreSQL');
  return url;
}

const uniqueName = (): string => `test_${randomBytes(6).toString('hex')}`;
