import { glob, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stopPostgres } from '@switchboard/core/testing/postgres';

const PREFIX = 'switchboard-tests-';

/** The temporary folder of one run: whatever tests leave in it goes with it. */
export interface Scratch {
  readonly folder: string;
  /** Also stops the database servers that tests started in it and could not stop. */
  readonly remove: () => Promise<void>;
}

export async function createScratch(): Promise<Scratch> {
  await removeLeftovers();
  // Not mkdtemp: its folders are closed to the user that PostgreSQL runs as when root runs the tests.
  const folder = join(tmpdir(), `${PREFIX}${process.pid}`);
  await mkdir(folder, { recursive: true });
  return { folder, remove: async () => await remove(folder) };
}

/** Runs that were killed could not clean up. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) if (!isAlive(Number(name.slice(PREFIX.length)))) await remove(join(tmpdir(), name));
}

async function remove(folder: string): Promise<void> {
  for await (const lock of glob('**/postgres/pgdata/postmaster.pid', { cwd: folder }))
    await stopPostgres(resolve(folder, lock, '../../..'));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
