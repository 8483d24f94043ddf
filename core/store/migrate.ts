import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { ConfigError } from '../contract/errors.ts';

/** A folder of `NNN-name.sql` files, and the name under which the database remembers them. */
export type MigrationFolder = { readonly area: string; readonly folder: string };

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/**
 * Brings the schema that the connection's search path names up to date: the files of each folder in order, each in a
 * transaction of its own, each once. Several processes may call it at the same time.
 *
 * @returns the names of the migrations that were applied now
 * @throws ConfigError when the database cannot be reached, is newer than this code, or an applied file was changed since
 */
export async function migrate(pool: pg.Pool, folders: readonly MigrationFolder[]): Promise<string[]> {
  const migrations = (await Promise.all(folders.map(readMigrations))).flat();
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    await refuseOldServer(client);
    await client.query(`select pg_advisory_lock(${lockKey})`);
    return await applyMissing(client, migrations, folders);
  } finally {
    // Closing the connection gives the lock back whatever state the session is in.
    client.release(true);
  }
}

function unreachable(error: unknown): ConfigError {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return new ConfigError(`The database cannot be used: ${message || code}`, {
    field: 'DATABASE_URL',
    remedy: 'Check that the server runs and that DATABASE_URL names the right host, user, password and database.',
    cause: error,
  });
}

const lockKey = `hashtextextended('switchboard migrations ' || current_schema(), 0)`;

const oldestServer = 140_000;

async function refuseOldServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
  );
  const [server] = rows;
  if (server !== undefined && server.version >= oldestServer) return;
  throw new ConfigError(`The PostgreSQL server is version ${server?.name}, which is too old`, {
    field: 'DATABASE_URL',
    remedy: 'Use PostgreSQL 14 or newer.',
  });
}

async function applyMissing(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  folders: readonly MigrationFolder[],
): Promise<string[]> {
  await client.query(`create table if not exists schema_migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migration',
  );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  refuseUnknown(applied, migrations, folders);
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

/** Tables of a plugin that is not here, because it was taken out or is broken, are nobody's concern. */
function refuseUnknown(
  applied: ReadonlyMap<string, string>,
  migrations: readonly Migration[],
  folders: readonly MigrationFolder[],
): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    if (!folders.some(({ area }) => name.startsWith(`${area}/`))) continue;
    if (!known.has(name)) {
      throw new ConfigError(`The database is newer than this version of the hub: it already has "${name}"`, {
        remedy: 'Start the newer version of the hub, or put back the backup of the database made before the upgrade.',
      });
    }
    if (known.get(name) !== checksum) {
      throw new ConfigError(`The migration "${name}" was changed after it had been applied to this database`, {
        remedy: 'Put the file back as it was released.',
      });
    }
  }
}

async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The migration "${name}" failed: ${reason}`, {
      remedy: 'The database is as it was before this migration: put the cause right and start again.',
      cause,
    });
  }
}

async function readMigrations({ area, folder }: MigrationFolder): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{3}-[a-z0-9-]+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      return { name: `${area}/${file}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
