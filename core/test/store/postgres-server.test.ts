import { execFile, spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import pg from 'pg';
import { ConfigError } from '../../contract/errors.ts';
import { folderProblem, startProblem } from '../../store/postgres/problems.ts';
import { startPostgres, stopPostgres } from '../../store/postgres-server.ts';

const ignore = (): void => {};
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const settings = { fsync: 'off' };

let folder: string;
/** Where PostgreSQL lives in the data folder. */
let cluster: string;

beforeEach(async () => {
  // Closed to everybody else, like a clone below /root: the case in which root has to lend a right to PostgreSQL's user.
  folder = await mkdtemp(join(tmpdir(), 'postgres-server-'));
  cluster = join(folder, 'postgres');
});

afterEach(async () => {
  await stopPostgres(folder);
  await rm(folder, { recursive: true, force: true });
});

// Making a cluster takes seconds, so one is made and copied, owners included.
let template: string;
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'postgres-template-'));
  await (await startPostgres({ dataDir: template, log, settings })).close();
});
afterAll(() => rm(template, { recursive: true, force: true }));

const copyCluster = () => promisify(execFile)('cp', ['-a', join(template, 'postgres'), cluster]);

type HubProcess = ChildProcessByStdio<Writable, Readable, null>;

async function startProcess(): Promise<{ child: HubProcess; url: string }> {
  const script = join(import.meta.dirname, 'fixtures/postgres-process.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: chunk.toString().trim() };
}

async function endProcess(child: HubProcess, how: 'politely' | 'SIGKILL'): Promise<void> {
  const ended = once(child, 'exit');
  if (how === 'politely') child.stdin.end();
  else child.kill(how);
  await ended;
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const isUp = (url: string): Promise<boolean> =>
  query(url, 'select 1').then(
    () => true,
    () => false,
  );

describe('one process', () => {
  test('data written before a clean stop is there at the next start, under the same address', async () => {
    const first = await startPostgres({ dataDir: folder, log, settings });
    await query(first.url, `create table fact as select 42 as answer`);
    await first.close();
    expect(await isUp(first.url)).toBe(false);

    const second = await startPostgres({ dataDir: folder, log, settings });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select answer from fact')).toEqual([{ answer: 42 }]);
    await second.close();
  });

  test('is PostgreSQL 18 with room for 200 connections, reachable from this machine only and with the password only', async () => {
    await copyCluster();
    const server = await startPostgres({ dataDir: folder, log, settings });
    const shown = await query(
      server.url,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as address,
              current_setting('max_connections') as connections`,
    );
    expect(shown).toEqual([{ major: 18, address: '127.0.0.1', connections: '200' }]);

    const stranger = new URL(server.url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed');
    stranger.username = 'postgres';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow(/no pg_hba.conf entry|rejects connection/);
    expect((await stat(join(cluster, 'password'))).mode & 0o777).toBe(0o600);
    await server.close();
  });

  test('a server that dies under a running hub comes back, with what was committed', async () => {
    await copyCluster();
    const server = await startPostgres({ dataDir: folder, log, settings });
    await query(server.url, 'create table fact as select 1 as one');
    const [pid] = (await readFile(join(cluster, 'pgdata/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await waitFor('the server to be back', () => isUp(server.url));
    await server.close();
  });

  test('moves to another port when a stranger holds the remembered one', async () => {
    await copyCluster();
    const first = await startPostgres({ dataDir: folder, log, settings });
    await first.close();
    const stranger = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(stranger, 'listening');

    const second = await startPostgres({ dataDir: folder, log, settings });
    expect(second.url).not.toBe(first.url);
    expect(await isUp(second.url)).toBe(true);
    await second.close();
    stranger.close();
  });
});

describe('several processes', () => {
  test('a server left behind by kill -9 is joined, and stopped by the one who joined it', async () => {
    await copyCluster();
    const killed = await startProcess();
    await query(killed.url, 'create table fact as select 7 as seven');
    await endProcess(killed.child, 'SIGKILL');
    expect(await isUp(killed.url)).toBe(true);

    const next = await startPostgres({ dataDir: folder, log, settings });
    expect(next.url).toBe(killed.url);
    expect(await query(next.url, 'select seven from fact')).toEqual([{ seven: 7 }]);
    await next.close();
    expect(await isUp(next.url)).toBe(false);
  });

  test('two that start at once on an empty folder share one server, which runs until the last has left', async () => {
    const [web, worker] = await Promise.all([startProcess(), startProcess()]);
    expect(web.url).toBe(worker.url);
    await endProcess(web.child, 'politely');
    expect(await isUp(worker.url)).toBe(true);
    await endProcess(worker.child, 'politely');
    expect(await isUp(worker.url)).toBe(false);
    expect(await readdir(folder)).toEqual(['postgres']);
  }, 60_000);

  test('a killed server recovers by itself, even when its process number now belongs to somebody else', async () => {
    await copyCluster();
    const server = await startProcess();
    await query(server.url, 'create table fact as select 3 as three');
    const lockFile = join(cluster, 'pgdata/postmaster.pid');
    const lines = (await readFile(lockFile, 'utf8')).split('\n');
    await endProcess(server.child, 'SIGKILL');
    process.kill(Number(lines[0]), 'SIGKILL');
    await waitFor('the server to be gone', async () => !(await isUp(server.url)));
    await writeFile(lockFile, [process.pid, ...lines.slice(1)].join('\n'));

    const next = await startPostgres({ dataDir: folder, log, settings });
    expect(await query(next.url, 'select three from fact')).toEqual([{ three: 3 }]);
    await next.close();
  });
});

describe('a folder that is no good is refused with one sentence and a remedy', () => {
  const refusal = (message: RegExp, remedy: RegExp) =>
    expect.objectContaining({
      constructor: ConfigError,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });

  const start = () => startPostgres({ dataDir: folder, log, settings });

  /** A hub that cannot use its server leaves none behind. */
  const expectNoServer = async () => expect(await readdir(join(cluster, 'pgdata'))).not.toContain('postmaster.pid');

  test('PostgreSQL files are missing', async () => {
    await copyCluster();
    await rm(join(cluster, 'pgdata/PG_VERSION'));
    await expect(start()).rejects.toEqual(refusal(/damaged/, /your backup.*move it away/));
  });

  test.each(['global', 'pg_wal', 'base'])('a part that the server needs is missing: %s', async (part) => {
    await copyCluster();
    await rm(join(cluster, 'pgdata', part), { recursive: true });
    await expect(start()).rejects.toEqual(refusal(/damaged/, /backup/));
    await expectNoServer();
  });

  test('it holds something else', async () => {
    await mkdir(cluster);
    await writeFile(join(cluster, 'notes.txt'), 'mine');
    await expect(start()).rejects.toEqual(refusal(/damaged/, /move it away/));
    expect(await readdir(cluster)).toEqual(['notes.txt']);
  });

  test('a file stands in its place', async () => {
    await writeFile(cluster, 'mine');
    await expect(start()).rejects.toEqual(refusal(/is no folder/, /DATA_DIR/));
  });

  test('it was made by another version', async () => {
    await copyCluster();
    await writeFile(join(cluster, 'pgdata/PG_VERSION'), '17\n');
    await expect(start()).rejects.toEqual(refusal(/PostgreSQL 17.*brings 18/, /DATABASE_URL/));
  });

  test('a setting of the server was broken by hand', async () => {
    await copyCluster();
    await writeFile(join(cluster, 'pgdata/postgresql.auto.conf'), 'no_such_setting = 1\n');
    await expect(start()).rejects.toEqual(refusal(/does not start.*/, /postgres\.log/));
  });

  test('the password was lost', async () => {
    await copyCluster();
    await writeFile(join(cluster, 'password'), 'other\n');
    await expect(start()).rejects.toEqual(refusal(/refuses the hub/, /password/));
    await expectNoServer();
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)(
    `it is not writable${asRoot ? ' (skipped: root may write everywhere)' : ''}`,
    async () => {
      await chmod(folder, 0o500);
      await expect(start()).rejects.toEqual(refusal(/not writable/, /DATA_DIR/));
      await chmod(folder, 0o700);
    },
  );

  test('the disk is full', () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(folderProblem('/data', full)).toEqual(refusal(/disk is full.*\/data/, /Free some space/));
    const output = 'FATAL:  could not write lock file "postmaster.pid": No space left on device';
    expect(startProblem('/data', '/data/log', output)).toEqual(refusal(/disk is full/, /Free some space/));
  });
});
