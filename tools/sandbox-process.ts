import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import type { SandboxMessage } from '../sandbox/main.ts';
import { readState, type SandboxState, stateFile } from '../sandbox/state.ts';

export interface SandboxOptions {
  /** Of any database on a server on which the sandbox may have one of its own. */
  readonly serverUrl: string;
  readonly dataDir: string;
  readonly twentyPort: number;
  readonly threecxPort: number;
  /** The hub is connected to it already: then it must be there. */
  readonly isInUse: boolean;
}

export interface Sandbox {
  readonly state: SandboxState;
  readonly close: () => Promise<void>;
}

/** Starts the stand-ins as a process of their own, as the real systems would be. @throws Error with one sentence */
export async function startSandbox({ serverUrl, isInUse, ...orders }: SandboxOptions): Promise<Sandbox> {
  const isFinished = readState(orders.dataDir) !== undefined;
  if (isInUse && !isFinished) {
    const remedy = 'Put back the data folder from your backup, or move it away to begin anew.';
    throw new Error(`The file ${stateFile(orders.dataDir)} is missing. ${remedy}`);
  }
  const databaseUrl = await prepareDatabase(serverUrl, isFinished);
  const child = fork(join(import.meta.dirname, '../sandbox/main.ts'), { stdio: 'inherit' });
  child.send({ ...orders, databaseUrl });
  const answer = await firstAnswer(child);
  if ('failed' in answer) throw new Error(answer.failed);
  return { state: answer.ready, close: async () => await stop(child) };
}

async function firstAnswer(child: ChildProcess): Promise<SandboxMessage> {
  const exited = once(child, 'exit').then((): SandboxMessage => ({ failed: 'The sandbox ended before it was ready' }));
  const answered = once(child, 'message').then(([message]) => message as SandboxMessage);
  return await Promise.race([answered, exited]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

const DATABASE = 'switchboard_sandbox';

/**
 * The sandbox keeps its records apart from the hub's, as another product's server would. What a start that was killed has left half made is
 * made anew.
 */
async function prepareDatabase(serverUrl: string, isFinished: boolean): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    if (!isFinished) await client.query(`drop database if exists ${DATABASE} with (force)`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${DATABASE}`;
  url.search = '';
  return url.href;
}
