import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../../contract/errors.ts';
import { chooseAccount, takeCluster } from './account.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { brokenFolder, folderProblem, hasCode } from './problems.ts';

/** A PostgreSQL data folder with what belongs to it, as one unit on disk. */
export type Cluster = {
  readonly folder: string;
  /** PostgreSQL's own files. */
  readonly pgdata: string;
  readonly portFile: string;
  readonly logFile: string;
  readonly password: string;
  readonly account: Account;
};

export const role = 'switchboard';

/** Opens the folder, or makes it. Several processes may do so at the same time: one makes it, all use it. */
export async function openCluster(folder: string, binaries: Binaries): Promise<Cluster> {
  try {
    if (!(await hasContent(folder))) await createCluster(folder, binaries);
    return await readCluster(folder, binaries);
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

async function readCluster(folder: string, binaries: Binaries): Promise<Cluster> {
  const pgdata = join(folder, 'pgdata');
  const [version, password] = await Promise.all([
    readFile(join(pgdata, 'PG_VERSION'), 'utf8'),
    readFile(join(folder, 'password'), 'utf8'),
  ]).catch((error: unknown) => {
    throw hasCode(error, 'ENOENT') ? brokenFolder(folder, error) : error;
  });
  if (version.trim() !== binaries.major) throw otherVersion(folder, version.trim(), binaries.major);
  const account = await chooseAccount([folder, binaries.postgres], pgdata);
  await takeCluster(account, pgdata);
  return {
    folder,
    pgdata,
    portFile: join(folder, 'port'),
    logFile: join(folder, 'postgres.log'),
    password: password.trim(),
    account,
  };
}

function otherVersion(folder: string, found: string, wanted: string): ConfigError {
  return new ConfigError(
    `The data folder ${folder} was made by PostgreSQL ${found}, and this version of the hub brings ${wanted}`,
    {
      remedy:
        'Export the data with the version of the hub that made it and import it here, ' +
        'or set DATABASE_URL to a PostgreSQL server of your own (docs/operations.md, Upgrade).',
    },
  );
}

/** Builds the cluster beside its place and renames it, so a half-made one is never taken for a database. */
async function createCluster(folder: string, binaries: Binaries): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(folder);
  const draft = `${folder}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(draft, { mode: 0o755 });
    await fillCluster(draft, binaries);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was first: its cluster is the one to use.
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

async function fillCluster(draft: string, binaries: Binaries): Promise<void> {
  const pgdata = join(draft, 'pgdata');
  const password = randomBytes(24).toString('hex');
  const account = await chooseAccount([draft, binaries.postgres]);
  await writeFile(join(draft, 'password'), `${password}\n`, { mode: 0o600 });
  await mkdir(pgdata, { mode: 0o700 });
  await account.take(pgdata);
  await run(account, binaries.initdb, [...initFlags, `--pgdata=${pgdata}`], '');
  await writeFile(join(pgdata, 'pg_hba.conf'), accessRules);
  // The single-user mode needs no server: the cluster is complete before anybody can see it.
  await run(account, binaries.postgres, ['--single', '-D', pgdata, 'postgres'], ownDatabase(password));
}

/** The built-in locale sorts the same on every machine, whatever its C library, so a copied folder stays valid. */
const initFlags = [
  '--username=postgres',
  '--auth=reject',
  '--encoding=UTF8',
  '--no-locale',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** Only the hub's own role gets in, and only from this machine; the superuser has no way in at all. */
const accessRules = `host all ${role} 127.0.0.1/32 scram-sha-256\n`;

const ownDatabase = (password: string): string =>
  `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD '${password}';\nCREATE DATABASE ${role} OWNER ${role};\n`;

/** @throws the program's own last words when it fails */
async function run(account: Account, file: string, args: readonly string[], input: string): Promise<void> {
  const { program, args: line, options } = account.command(file, args);
  const child = spawn(program, line, {
    ...options,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const failed = new Promise<string | undefined>((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? undefined : output));
  });
  // The program may end without reading its input; its exit code tells, not the broken pipe.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const output = await failed;
  if (output !== undefined) throw new Error(output.trim());
}

/** Nothing of the hub's environment (its keys) reaches the server. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** What starters left that were killed while they built. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(`${basename(folder)}.new-`));
  for (const name of drafts) {
    const pid = Number(name.slice(basename(folder).length).split('-')[1]);
    if (!isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function hasContent(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names.length > 0;
}
