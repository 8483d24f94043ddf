import { rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHub, createLog, createRegistry, loadConfig } from '../core/index.ts';
import type { PluginTables } from '../core/contract/index.ts';
import { createPluginTables } from '../core/host/plugin-tables.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { plugin } from '../plugins/service-desk/plugin.ts';
import { countGrams, keepEntries } from '../plugins/service-desk/suggest/store.ts';
import { suggestFolders, suggestSimilar } from '../plugins/service-desk/suggest/suggest.ts';
import { createRandom } from './chaos/random.ts';
import { percentilesOf } from './percentiles.ts';
import { type Corpus, type Labelled, makeCorpus } from './suggest/corpus.ts';

const CASES = 50_000;
const ASKED = 1200;
const SEED = 'suggest';
const TENANT = 'bench';

/**
 * Asks for the malfunctions of new cases, with 50,000 cases and 400 open malfunctions, and compares with what each case was made to belong to. Beside it
 * the usual way: the newest open malfunction at the caller's location.
 */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const log = createLog({ level: 'error', format: 'pretty' });
  const postgres = await startPostgres({ dataDir, log });
  const secrets = {
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
  };
  const config = loadConfig({ DATABASE_URL: postgres.url, ...secrets });
  const hub = await createHub({ config, databaseUrl: postgres.url, registry: createRegistry([plugin]), log });
  try {
    const { id } = await hub.admin.tenants.create({ slug: TENANT, name: 'Bench', country: 'NL' }, 'bench');
    const tables = createPluginTables(hub.database.db, { tenantId: id, pluginId: plugin.id });
    const now = new Date('2026-11-22T12:00:00Z');
    const corpus = makeCorpus(CASES, ASKED, now, createRandom(SEED).next);
    await fill(tables, corpus);
    await hub.database.pool.query('vacuum analyze service_desk_trait, service_desk_gram');
    return await measure(tables, corpus, now.getTime());
  } finally {
    await hub.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fill(tables: PluginTables, { entries }: Corpus): Promise<void> {
  for (let from = 0; from < entries.length; from += 1000) await keepEntries(tables, entries.slice(from, from + 1000));
  await countGrams(tables);
}

async function measure(
  tables: PluginTables,
  { entries, questions }: Corpus,
  now: number,
): Promise<Record<string, number>> {
  const times: number[] = [];
  const found: string[][] = [];
  for (const { entry } of questions) {
    const from = performance.now();
    const [folders] = await Promise.all([
      suggestFolders({ tables, now }, entry, entry.id),
      suggestSimilar({ tables, now }, entry, entry.id),
    ]);
    times.push(performance.now() - from);
    found.push(folders.map(({ folderId }) => folderId));
  }
  const newest = entries
    .filter(({ object }) => object === 'malfunction')
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
  const naive = questions.map(({ entry }) =>
    newest.filter(({ locationId }) => locationId === entry.locationId).map(({ id }) => id),
  );
  const plain = qualityOf(questions, naive);
  console.log(`By the location alone: precision at 3 ${plain.precisionAt3}, recall ${plain.recall}`);
  const { p50Ms, p99Ms } = percentilesOf(times);
  return {
    cases: CASES,
    asked: questions.length,
    p50Ms,
    p99Ms,
    ...qualityOf(questions, found),
    naivePrecisionAt3: plain.precisionAt3,
    naiveRecall: plain.recall,
  };
}

/**
 * precisionAt3: of all that was suggested in the first three places, the part that was right, over all cases, also those that belong to nothing. recall:
 * of the cases that belong to a malfunction, those for which it was among the first three.
 */
function qualityOf(questions: readonly Labelled[], found: readonly (readonly string[])[]) {
  const shown = found.map((folders) => folders.slice(0, 3));
  const right = questions.filter(
    ({ belongsTo }, index) => belongsTo !== null && shown[index]?.includes(belongsTo),
  ).length;
  const suggested = shown.reduce((sum, folders) => sum + folders.length, 0);
  const belonging = questions.filter(({ belongsTo }) => belongsTo !== null).length;
  return { precisionAt3: round(right / Math.max(1, suggested)), recall: round(right / belonging) };
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
