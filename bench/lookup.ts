import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTwenty } from '@switchboard/sandbox/twenty';
import { freePort } from '@switchboard/testing';
import { createHub, createLog, createRegistry, type Hub, loadConfig } from '../core/index.ts';
import { mergeDeclarations } from '../core/crm/mirror/declare.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { mirrors } from '../plugins/threecx/mirrors.ts';
import { plugin } from '../plugins/threecx/plugin.ts';
import type { LoadOrders, LoadResult } from './load.ts';
import { numberOf, seedMirror } from './seed-mirror.ts';

const CONTACTS = 100_000;
const NAIVE_MS = 20_000;
const TENANT = 'bench';
const NUMBERS_ASKED = 5_000;

/**
 * Asks the hub who rings, through 3CX's door over HTTP and from another process, with 100,000 contacts in the mirror. Then
 * asks Twenty itself for each call, as an integration without a mirror would, as fast as its limits allow.
 */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const log = createLog({ level: 'error', format: 'pretty' });
  const postgres = await startPostgres({ dataDir, log });
  try {
    const result = await measureHub(postgres.url, log);
    console.log(`One by one from Twenty: ${(await measureNaive(postgres.url)).toFixed(1)} answers a second`);
    return { contacts: CONTACTS, ...result };
  } finally {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureHub(databaseUrl: string, log: ReturnType<typeof createLog>): Promise<LoadResult> {
  const port = await freePort();
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
    PORT: String(port),
    // The hub limits each address; the load comes from one machine and stands for many telephone systems.
    TRUST_PROXY: 'loopback',
  });
  const hub = await createHub({ config, databaseUrl, registry: createRegistry([plugin]), log });
  try {
    const apiKey = randomBytes(24).toString('base64url');
    await prepare(hub, apiKey);
    await hub.startWeb();
    const door = `http://127.0.0.1:${port}/hooks/${TENANT}/threecx/lookup`;
    const numbers = Array.from({ length: NUMBERS_ASKED }, (_, index) => numberOf((index * 7919) % CONTACTS));
    await expectMatch(door, apiKey, numbers[0] ?? '');
    return await load({ door, apiKey, numbers });
  } finally {
    await hub.close();
  }
}

async function prepare({ admin, database }: Hub, apiKey: string): Promise<void> {
  const tenant = await admin.tenants.create({ slug: TENANT, name: 'Bench', country: 'US' }, 'bench');
  await admin.plugins.enable(TENANT, plugin.id, { apiKey }, 'bench');
  const spec = mergeDeclarations(mirrors).get('person');
  if (spec === undefined) throw new Error('The plugin reads no persons');
  await seedMirror(database, { tenantId: tenant.id, country: 'US', spec }, CONTACTS);
}

/** A door that finds nobody would be fast, too. */
async function expectMatch(door: string, apiKey: string, number: string): Promise<void> {
  const response = await fetch(`${door}?number=${encodeURIComponent(number)}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { matches } = (await response.json()) as { matches: unknown[] };
  if (matches.length !== 1) throw new Error(`${number} matches ${matches.length} contacts instead of 1`);
}

/** From a process of its own, so that producing the load does not slow down what is measured. */
async function load(orders: LoadOrders): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load.ts'), { stdio: 'inherit' });
  child.send(orders);
  const exited = once(child, 'exit').then(() => {
    throw new Error('The load ended without a result');
  });
  const [result] = (await Promise.race([once(child, 'message'), exited])) as [LoadResult];
  return result;
}

async function measureNaive(databaseUrl: string): Promise<number> {
  const twenty = await startTwenty({ databaseUrl });
  try {
    const admin = {
      email: 'admin@example.com',
      password: randomBytes(12).toString('hex'),
      firstName: 'Ada',
      lastName: 'A',
    };
    const { apiKey } = await twenty.createWorkspace({ name: 'Bench', subdomain: TENANT, admin });
    const query = '{ people(filter: { phones: { primaryPhoneNumber: { eq: "5550100" } } }) { edges { node { id } } } }';
    const started = Date.now();
    let answers = 0;
    while (Date.now() - started < NAIVE_MS) {
      const response = await fetch(`${twenty.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { errors } = (await response.json()) as { errors?: unknown };
      if (errors === undefined) answers += 1;
    }
    return (answers * 1000) / NAIVE_MS;
  } finally {
    await twenty.close();
  }
}
