// One real PostgreSQL per jest run, in a folder that goes away with it. The workers find it in TEST_DATABASE_URL.
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, stopPostgres } from '@switchboard/core/testing/postgres';

const prefix = 'switchboard-test-';
const silent = { debug() {}, info() {}, warn: console.warn, error: console.error };

export default async function globalSetup() {
  process.env.TEST_RUN = randomUUID();
  if (process.env.TEST_DATABASE_URL) return;
  await removeLeftovers();
  // Not mkdtemp: its folders are closed to the user that PostgreSQL runs as when root runs the tests.
  const folder = join(tmpdir(), `${prefix}${process.pid}`);
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startPostgres({ dataDir: folder, log: silent, settings });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.stopTestDatabase = async () => {
    await server.close();
    await remove(folder);
  };
}

/** Runs that were killed could not clean up. */
async function removeLeftovers() {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    if (!isAlive(Number(name.slice(prefix.length)))) await remove(join(tmpdir(), name));
  }
}

async function remove(folder) {
  await stopPostgres(folder);
  await rm(folder, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
