import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { isAlive, serverEnvironment } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { hasCode } from './problems.ts';

/** The server process of a cluster, as its own lock file tells. `port` is undefined while it starts. */
export type Postmaster = { readonly pid: number; readonly port: number | undefined };

/** The server that runs on this cluster now, whoever started it. */
export async function findPostmaster(pgdata: string): Promise<Postmaster | undefined> {
  const text = await readLockFile(pgdata);
  if (text === undefined) return undefined;
  const [pid, , , port] = text.split('\n').map(Number);
  if (pid === undefined || !isAlive(pid)) return undefined;
  if (await worksIn(pid, pgdata)) return { pid, port: port || undefined };
  // After a reboot or in a fresh container the number may belong to a stranger, which PostgreSQL itself cannot tell.
  if ((await readLockFile(pgdata)) === text) await rm(join(pgdata, 'postmaster.pid'), { force: true });
  return undefined;
}

function readLockFile(pgdata: string): Promise<string | undefined> {
  return readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
}

/** A server's working folder is its data folder. Where the system does not show it, the lock file is believed. */
async function worksIn(pid: number, pgdata: string): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(pgdata));
  } catch {
    return false;
  }
}

export type StartedServer = { ended(): boolean; output(): Promise<string> };

/**
 * Starts the server in a session of its own with its output in a file, so that neither Ctrl-C in our terminal nor
 * `kill -9` of the hub reaches it.
 */
export async function startPostmaster(
  cluster: Cluster,
  binaries: Binaries,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const flags = Object.entries({ ...serverSettings, ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const { program, args, options } = cluster.account.command(binaries.postgres, ['-D', cluster.pgdata, ...flags]);
  await rotate(cluster.logFile);
  const log = await open(cluster.logFile, 'a', 0o600);
  const begin = (await log.stat()).size;
  const child = spawn(program, args, {
    ...options,
    cwd: '/',
    env: serverEnvironment,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  const ended = watchEnd(child);
  await log.close();
  return { ended, output: async () => (await readFile(cluster.logFile)).subarray(begin).toString() };
}

const serverSettings = {
  listen_addresses: '127.0.0.1',
  // A socket path longer than about 100 characters would refuse to start; TCP on the loopback is enough.
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The details of an error quote the row, and rows hold customers' data.
  log_error_verbosity: 'terse',
};

function watchEnd(child: ChildProcess): () => boolean {
  let ended = false;
  child.on('exit', () => (ended = true));
  child.on('error', () => (ended = true));
  return () => ended;
}

const maxLogBytes = 5_000_000;

async function rotate(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(logFile, `${logFile}.1`);
}

/** Fast shutdown: sessions are cut, everything committed is on disk. Waits until the server has let go of the folder. */
export async function stopPostmaster(pgdata: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    const running = await findPostmaster(pgdata);
    if (running === undefined) return;
    process.kill(running.pid, signal);
    const deadline = Date.now() + patienceMs;
    while ((await findPostmaster(pgdata)) !== undefined && Date.now() < deadline) await delay(20);
  }
}
