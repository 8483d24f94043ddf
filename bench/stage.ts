import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwentyClient, installApp } from '@switchboard/sandbox/demo';
import { freePort } from '@switchboard/testing';
import pg from 'pg';
import { createLog } from '../core/index.ts';
import { createReleasers, type Releasers } from '../core/releasers.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { startTwentyProcess } from './chaos/twenty-process.ts';
import { ask } from './pop/child.ts';

/** The tenant of a bench. */
export const TENANT = 'bench';
/** Who administers its workspace. */
export const admin = {
  email: 'admin@example.com',
  password: 'password-of-the-bench',
  firstName: 'Ada',
  lastName: 'A',
};

/** PostgreSQL and the stand-in of Twenty with our application, each in a process of its own, and room for a hub in another. */
export interface Stage {
  readonly databaseUrl: string;
  /** The database of the hub and of the stand-in. */
  readonly pool: pg.Pool;
  readonly crm: { readonly url: string; readonly apiKey: string };
  readonly workspaceId: string;
  /** @param file in this folder: calls `serveHub` with the plugins */
  readonly startHub: (file: string) => Promise<BenchHub>;
  /** Closes it together with the stage. */
  readonly keep: Releasers['add'];
  readonly close: () => Promise<void>;
}

export interface BenchHub {
  readonly url: string;
  readonly pid: number;
  /** Asks the API of the operator. @throws Error when it refuses */
  readonly api: (method: string, path: string, body: object) => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const log = createLog({ level: 'error', format: 'pretty' });
  const { add, releaseAll } = createReleasers(log);
  try {
    const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
    add({ close: async () => await rm(dataDir, { recursive: true, force: true }) });
    const { url: databaseUrl } = add(await startPostgres({ dataDir, log }));
    const twenty = add(await startTwentyProcess({ databaseUrl }));
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    add({ close: async () => await pool.end() });
    const { apiKey, workspaceId } = await twenty.createWorkspace({ name: 'Bench', subdomain: TENANT, admin });
    await installApp(createTwentyClient(twenty.url, apiKey), new URL('../crm/', import.meta.url));
    return {
      databaseUrl,
      pool,
      crm: { url: twenty.url, apiKey },
      workspaceId,
      startHub: async (file) => await startHub({ databaseUrl, dataDir: join(dataDir, 'hub') }, file, add),
      keep: add,
      close: releaseAll,
    };
  } catch (error) {
    await releaseAll();
    throw error;
  }
}

type Places = { readonly databaseUrl: string; readonly dataDir: string };

async function startHub({ databaseUrl, dataDir }: Places, file: string, keep: Releasers['add']): Promise<BenchHub> {
  const port = String(await freePort());
  const token = randomBytes(32).toString('base64url');
  const url = `http://127.0.0.1:${port}`;
  const child = fork(join(import.meta.dirname, file), { stdio: 'inherit' });
  keep({ close: async () => await kill(child) });
  await ask(child, {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: token,
    PORT: port,
    PUBLIC_URL: url,
    TRUST_PROXY: 'loopback',
  });
  return {
    url,
    pid: child.pid ?? 0,
    async api(method, path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
