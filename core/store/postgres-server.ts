import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import pg from 'pg';
import { ConfigError } from '../contract/errors.ts';
import type { Logger } from '../contract/context.ts';
import { findBinaries } from './postgres/binaries.ts';
import type { Binaries } from './postgres/binaries.ts';
import { openCluster, role } from './postgres/cluster.ts';
import type { Cluster } from './postgres/cluster.ts';
import { choosePort } from './postgres/port.ts';
import { brokenFolder, hasCode, startProblem } from './postgres/problems.ts';
import { findPostmaster, startPostmaster, stopPostmaster } from './postgres/postmaster.ts';
import type { StartedServer } from './postgres/postmaster.ts';

/** Every connection of the hub carries this name; the last process to leave stops the server. */
export const applicationName = 'switchboard';

const clusterName = 'postgres';

export interface PostgresOptions {
  /** The hub's data folder; PostgreSQL gets the folder `postgres` in it. Made when missing. */
  readonly dataDir: string;
  readonly log: Logger;
  /** PostgreSQL settings on top of the hub's, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer {
  /** Connection string with the password in it: never log it. */
  readonly url: string;
  /** Stops the server (fast shutdown), unless another process of the hub still uses it. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on a data folder, or joins the server that already runs there: left behind by a
 * `kill -9`, or started by another process of the hub. While it is open, a server that dies is started again.
 *
 * @throws ConfigError with a remedy when the folder is damaged, of another version, not writable, or the disk is full
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const binaries = await findBinaries();
  const cluster = await openCluster(resolve(options.dataDir, clusterName), binaries);
  const start = () => joinServer(cluster, binaries, options);
  const first = await start();
  const presence = keepPresent(first.session, start, options.log);
  return {
    url: connectionUrl(cluster, first.port),
    close: async () => {
      await presence.leave();
      if (await isUnused(cluster)) await stopPostmaster(cluster.pgdata);
    },
  };
}

/** Stops the server in a data folder whatever is connected. Nothing happens when none runs. */
export async function stopPostgres(dataDir: string): Promise<void> {
  await stopPostmaster(resolve(dataDir, clusterName, 'pgdata'));
}

type Joined = { readonly session: pg.Client; readonly port: number };

const patienceMs = 600_000;

/** Waits through another process's start, its shutdown, and the recovery after a crash. A server that is of no use is not left behind. */
async function joinServer(cluster: Cluster, binaries: Binaries, { log, settings }: PostgresOptions): Promise<Joined> {
  const deadline = Date.now() + patienceMs;
  let started: StartedServer | undefined;
  try {
    while (Date.now() < deadline) {
      const running = await findPostmaster(cluster.pgdata);
      if (running?.port !== undefined) {
        const session = await connect(cluster, running.port, applicationName);
        if (session !== undefined) return { session, port: running.port };
      } else if (running === undefined && (started === undefined || started.ended())) {
        if (started !== undefined) await refuseUnlessLost(cluster, started);
        started = await startPostmaster(cluster, binaries, await choosePort(cluster.portFile), settings ?? {});
        log.debug({ folder: cluster.folder }, 'starting PostgreSQL');
      }
      await delay(25);
    }
  } catch (error) {
    if (started !== undefined && !started.ended()) await stopPostmaster(cluster.pgdata);
    throw error;
  }
  throw new ConfigError(`PostgreSQL on ${cluster.folder} does not get ready`, {
    remedy: `Read ${cluster.logFile} for the reason.`,
  });
}

/** A start that only lost a race (for the folder or the port) is tried again; any other end is an error. */
async function refuseUnlessLost(cluster: Cluster, started: StartedServer): Promise<void> {
  const output = await started.output();
  if (/lock file "postmaster.pid" already exists|could not bind|pre-existing shared memory/.test(output)) return;
  throw startProblem(cluster.folder, cluster.logFile, output);
}

/** A session, or undefined while the server starts or stops. */
async function connect(cluster: Cluster, port: number, name: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: connectionUrl(cluster, port),
    application_name: name,
    connectionTimeoutMillis: 5000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (hasCode(error, '3D000')) throw brokenFolder(cluster.folder, error);
    if (!hasCode(error, '28P01', '28000', '53300')) return undefined;
    throw new ConfigError(`PostgreSQL on ${cluster.folder} refuses the hub`, {
      remedy: `Put back the file ${cluster.folder}/password from your backup if it was changed or lost.`,
      cause: error,
    });
  }
}

function connectionUrl({ password }: Cluster, port: number): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${role}`;
}

/** Holds one session as long as this process uses the server, and brings the server back when it dies. */
function keepPresent(first: pg.Client, start: () => Promise<Joined>, log: Logger) {
  let session = first;
  const leaving = new AbortController();
  let restarting: Promise<void> | undefined;
  const restart = async (): Promise<void> => {
    log.warn({}, 'PostgreSQL went away, starting it again');
    for (let pauseMs = 100; !leaving.signal.aborted; pauseMs = Math.min(pauseMs * 2, 5000)) {
      try {
        hold((await start()).session);
        return;
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL does not start');
        await delay(pauseMs, undefined, { signal: leaving.signal }).catch(() => {});
      }
    }
  };
  const hold = (next: pg.Client): void => {
    session = next;
    session.once('end', () => {
      if (!leaving.signal.aborted) restarting = restart();
    });
  };
  hold(first);
  return {
    leave: async (): Promise<void> => {
      leaving.abort();
      await restarting;
      await session.end();
    },
  };
}

/** Sessions need a moment to disappear after their process has closed them. */
async function isUnused(cluster: Cluster): Promise<boolean> {
  const running = await findPostmaster(cluster.pgdata);
  if (running?.port === undefined) return false;
  const observer = await connect(cluster, running.port, `${applicationName}-closing`);
  if (observer === undefined) return false;
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const { rowCount } = await observer.query('select 1 from pg_stat_activity where application_name = $1', [
        applicationName,
      ]);
      if (rowCount === 0) return true;
      await delay(50);
    }
    return false;
  } finally {
    await observer.end();
  }
}
