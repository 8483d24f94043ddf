import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
  const launch = () => launchSandbox({ ...orders, databaseUrl });
  const { child, state } = await launch();
  return { state, close: keepRunning(child, async () => (await launch()).child) };
}

type Orders = Pick<SandboxOptions, 'dataDir' | 'twentyPort' | 'threecxPort'> & { readonly databaseUrl: string };

async function launchSandbox(orders: Orders): Promise<{ child: ChildProcess; state: SandboxState }> {
  const child = fork(join(import.meta.dirname, '../sandbox/main.ts'), { stdio: 'inherit' });
  child.send(orders);
  const answer = await firstAnswer(child);
  if ('failed' in answer) throw new Error(answer.failed);
  return { child, state: answer.ready };
}

async function firstAnswer(child: ChildProcess): Promise<SandboxMessage> {
  const exited = once(child, 'exit').then((): SandboxMessage => ({ failed: 'The sandbox ended before it was ready' }));
  const answered = once(child, 'message').then(([message]) => message as SandboxMessage);
  return await Promise.race([answered, exited]);
}

const pauseMs = 1000;

/** A sandbox that ends by itself is told of and started again; its data stays. @returns what ends it */
function keepRunning(first: ChildProcess, launch: () => Promise<ChildProcess>): () => Promise<void> {
  let current = first;
  let closing = false;
  const kept = (async () => {
    for (;;) {
      if (current.exitCode === null && current.signalCode === null) await once(current, 'exit');
      if (closing) return;
      console.error(
        `The sandbox ended (${current.signalCode ?? `exit code ${current.exitCode}`}); it is started again.`,
      );
      await delay(pauseMs);
      current = await launch();
      if (closing) current.kill('SIGTERM');
    }
  })().catch((error: unknown) => {
    console.error(`${(error as Error).message}. The hub goes on without its sandbox; stop it and start again.`);
  });
  return async () => {
    closing = true;
    current.kill('SIGTERM');
    await kept;
  };
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
