import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwentyClient, installApp } from '@switchboard/sandbox/demo';
import { type CreatedWorkspace, startTwenty, type Twenty } from '@switchboard/sandbox/twenty';
import { asAdministrator, freshDatabase } from './database.ts';
import { oncePerRun } from './once-per-run.ts';

type Limits = NonNullable<Parameters<typeof startTwenty>[0]['limits']>;

/** A stand-in of Twenty with one workspace, and nobody in it but the admin. */
export interface TwentyWithWorkspace {
  readonly twenty: Twenty;
  readonly workspace: CreatedWorkspace;
  readonly close: () => Promise<void>;
}

/** `subdomain` is the slug of the hub's tenant as well. */
const ACME = {
  name: 'Acme',
  subdomain: 'acme',
  admin: { email: 'admin@example.com', password: 'password-1', firstName: 'Ada', lastName: 'Admin' },
};

/** Without our application. */
export async function startBareTwenty(limits: Limits): Promise<TwentyWithWorkspace> {
  const { close, ...options } = await place();
  const twenty = await startTwenty({ ...options, limits });
  return { twenty, workspace: await twenty.createWorkspace(ACME), close: () => twenty.close().then(close) };
}

/** With our application. Installing it takes seconds: it is done once per run, and each test file gets a copy. */
export async function startInstalledTwenty(limits: Limits): Promise<TwentyWithWorkspace> {
  const { database, filesDir, workspace } = await oncePerRun('twenty-installed', makeTemplate);
  const { close, ...options } = await place(database);
  await cp(filesDir, options.filesDir, { recursive: true });
  const twenty = await startTwenty({ ...options, limits });
  return { twenty, workspace, close: () => twenty.close().then(close) };
}

interface Template {
  readonly database: string;
  readonly filesDir: string;
  readonly workspace: CreatedWorkspace;
}

async function makeTemplate(): Promise<Template> {
  const { close: _staysForTheRun, ...options } = await place();
  const twenty = await startTwenty({ ...options, limits: 'off' });
  const workspace = await twenty.createWorkspace(ACME);
  await installApp(createTwentyClient(twenty.url, workspace.apiKey), new URL('../crm/', import.meta.url));
  await twenty.close();
  const database = new URL(options.databaseUrl).pathname.slice(1);
  // Nobody copies a database that somebody is connected to.
  await asAdministrator(async (client) => await client.query(`alter database ${database} allow_connections false`));
  return { database, filesDir: options.filesDir, workspace };
}

/** Where one stand-in keeps what it has. */
async function place(template?: string) {
  const database = await freshDatabase(template);
  const filesDir = await mkdtemp(join(tmpdir(), 'twenty-'));
  const close = async () => {
    await database.close();
    await rm(filesDir, { recursive: true });
  };
  return { databaseUrl: database.url, filesDir, close };
}
