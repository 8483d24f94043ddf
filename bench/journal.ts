import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHub, createLog, createRegistry, loadConfig } from '../core/index.ts';
import type { JournalInput } from '../core/contract/index.ts';
import { appendEntries } from '../core/journal/append.ts';
import { verifyJournal } from '../core/journal/verify.ts';
import type { Database } from '../core/store/database.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { percentilesOf } from './percentiles.ts';

const ENTRIES = Number(process.env['JOURNAL_ENTRIES'] ?? 1_000_000);
const BATCH = 2000;
/** Commits with one entry each, so many at once. */
const COMMITS = 2000;
const AT_ONCE = 8;

/** What an entry costs who commits it, and how long the check of a million takes, with how much memory. */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const log = createLog({ level: 'error', format: 'pretty' });
  const postgres = await startPostgres({ dataDir, log });
  const secrets = {
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
  };
  const config = loadConfig({ DATABASE_URL: postgres.url, ...secrets });
  const hub = await createHub({ config, databaseUrl: postgres.url, registry: createRegistry([]), log });
  try {
    const { id } = await hub.admin.tenants.create({ slug: 'bench', name: 'Bench', country: 'NL' }, 'bench');
    const single = await appendSingly(hub.database, id);
    await fill(hub.database, id);
    return { ...single, ...(await check(hub.database, id)) };
  } finally {
    await hub.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const cases = Array.from({ length: 5000 }, () => randomUUID());

function entry(index: number): JournalInput {
  return {
    key: `bench:${index}`,
    kind: 'NOTE',
    at: new Date(1_790_000_000_000 + index * 1000),
    actor: { kind: 'MEMBER', id: cases[index % 200] ?? null, name: 'Agent Example' },
    source: 'console',
    subjects: [{ object: 'serviceCase', id: cases[index % cases.length] ?? '' }],
    text: 'The fitter was called and comes tomorrow in the morning.',
    before: { status: 'OPEN' },
    after: { status: 'IN_PROGRESS' },
  };
}

/** Each in a transaction of its own: all of them take turns at the head of the chain. */
async function appendSingly({ db }: Database, tenantId: string): Promise<Record<string, number>> {
  const append = async (index: number) =>
    await db
      .transaction()
      .execute(async (transaction) => void (await appendEntries(transaction, tenantId, [entry(-1 - index)])));
  for (let index = 0; index < 50; index += 1) await append(COMMITS + index);
  const times: number[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < COMMITS; index = next++) {
      const start = performance.now();
      await append(index);
      times.push(performance.now() - start);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const perSecond = Math.round((COMMITS * 1000) / (performance.now() - startedAt));
  const { p50Ms, p99Ms } = percentilesOf(times);
  return { commitsPerSecond: perSecond, appendP50Ms: p50Ms, appendP99Ms: p99Ms };
}

async function fill({ db }: Database, tenantId: string): Promise<void> {
  for (let from = 0; from < ENTRIES; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, ENTRIES - from) }, (_, index) => entry(from + index));
    await db.transaction().execute(async (transaction) => void (await appendEntries(transaction, tenantId, batch)));
  }
}

async function check({ db }: Database, tenantId: string): Promise<Record<string, number>> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  const start = performance.now();
  const verdict = await verifyJournal(db, tenantId);
  clearInterval(watch);
  if (!verdict.isIntact) throw new Error(`The chain is broken at ${verdict.brokenAt}: ${verdict.reason}`);
  return {
    entries: verdict.entries,
    verifySeconds: Math.round((performance.now() - start) / 100) / 10,
    verifyGrewMiB: Math.round((most - before) / 2 ** 20),
  };
}
