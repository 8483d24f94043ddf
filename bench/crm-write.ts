import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../core/contract/index.ts';
import { openDatabase } from '../core/store/database.ts';
import { migrationFolders } from '../core/store/migration-folders.ts';
import { migrate } from '../core/store/migrate.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import type { TwentyServer } from '../e2e/stage.ts';
import { startTwentyProcess } from './chaos/twenty-process.ts';
import { asApplication, runBareLoop } from './crm-write/bare-loop.ts';
import { createWorkspace, openGateway } from './crm-write/gateway.ts';
import type { Gateway } from './crm-write/gateway.ts';
import { callWrites, RECORDS_PER_CALL } from './crm-write/workload.ts';

/** What an API key may do in a minute (Twenty 2.21, measured): 100 operations of 200 records. */
const PERMITTED_PER_MINUTE = 100 * 200;
/** More than goes out in the time measured. */
const CALLS_STAGED = 6000;
const MEASURED_MS = 60_000;
const ONE_BY_ONE_MS = 30_000;
const URGENT_WRITES = 30;
/** Spaced like the calls of a busy desk. */
const URGENT_EVERY_MS = 2000;
const ROUNDS = 5;
const CALLS_PER_ROUND = 1600;

const silent: Logger = { debug() {}, info() {}, warn() {}, error: console.error };

/**
 * Writes calls with all that belongs to them through the gateway to a stand-in of Twenty in a process of its own, with Twenty's real
 * limits: by API key, compared with one record at a time; and by the token of our application, compared with a bare loop of upserts.
 */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const postgres = await startPostgres({ dataDir, log: silent });
  const database = openDatabase(postgres.url);
  const twenty = await startTwentyProcess({ databaseUrl: postgres.url });
  try {
    await migrate(database.pool, migrationFolders);
    const gateway = await openGateway(database, twenty);
    try {
      const byKey = await measureApiKey(gateway, twenty);
      await gateway.useApplication();
      await emptied(gateway);
      return { ...byKey, ...(await measureApplication(gateway, twenty)) };
    } finally {
      await gateway.close();
    }
  } finally {
    await twenty.close();
    await database.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureApiKey(gateway: Gateway, twenty: TwentyServer) {
  const urgentP95Ms = await measureUrgent(gateway, 'idle');
  await gateway.stage(calls('bulk', CALLS_STAGED, gateway));
  const bulk = await measureBulk(gateway);
  const urgentDuringBulkP95Ms = await measureUrgent(gateway, 'busy');
  const oneByOne = await measureOneByOne(twenty);
  return {
    recordsPerMinute: Math.round(bulk.recordsPerMinute),
    recordsPerOperation: round(bulk.recordsPerOperation),
    shareOfPermitted: round(bulk.recordsPerMinute / PERMITTED_PER_MINUTE),
    ratioToOneByOne: round(bulk.recordsPerMinute / oneByOne),
    urgentP95Ms,
    urgentDuringBulkP95Ms,
  };
}

const calls = (prefix: string, count: number, { idFor }: Pick<Gateway, 'idFor'>) =>
  Array.from({ length: count }, (_, index) => callWrites(`${prefix}-${index}`, idFor)).flat();

/** What Twenty confirms in a minute while more waits than it takes. */
async function measureBulk(gateway: Gateway) {
  const [leftBefore, operationsBefore, startedAt] = [await gateway.left(), gateway.operations(), performance.now()];
  await delay(MEASURED_MS);
  const landed = leftBefore - (await gateway.left());
  const minutes = (performance.now() - startedAt) / 60_000;
  return {
    recordsPerMinute: landed / minutes,
    recordsPerOperation: landed / (gateway.operations() - operationsBefore),
  };
}

/** @returns from the moment in which a write is handed over to Twenty's answer, milliseconds, 95th percentile */
async function measureUrgent(gateway: Gateway, prefix: string): Promise<number> {
  const [all, inHub]: [number[], number[]] = [[], []];
  for (let index = 0; index < URGENT_WRITES; index += 1) {
    const name = `${prefix}-urgent-${index}`;
    const [answered, pause] = [gateway.answered(name), delay(URGENT_EVERY_MS)];
    const startedAt = performance.now();
    await gateway.stage([{ object: 'phoneCall', key: name, lane: 'live', fields: { name: `Ringing ${name}` } }]);
    const { leftAt, answeredAt } = await answered;
    all.push(answeredAt - startedAt);
    inHub.push(leftAt - startedAt);
    await pause;
  }
  console.log(
    `urgent, ${prefix}: ${p95(all)} ms (p95), of which ${p95(inHub)} ms in the hub; median ${Math.round(median(all))} ms`,
  );
  return p95(all);
}

const p95 = (times: readonly number[]): number =>
  Math.round(times.toSorted((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN);

/** @returns records a minute */
async function measureOneByOne(twenty: TwentyServer): Promise<number> {
  const apiKey = await createWorkspace(twenty, 'onebyone');
  const startedAt = Date.now();
  let landed = 0;
  for (let index = 0; Date.now() - startedAt < ONE_BY_ONE_MS; index += 1) {
    const nextAt = Date.now() + 620;
    const response = await fetch(`${twenty.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query: `mutation{createCompany(data:{name:"Example ${index} Ltd"}){id}}` }),
    });
    const body = (await response.json()) as { errors?: unknown };
    if (body.errors === undefined) landed += 1;
    await delay(Math.max(0, nextAt - Date.now()));
  }
  return landed / ((Date.now() - startedAt) / 60_000);
}

/** Gateway and loop take turns, so that whatever else the machine does hits both. */
async function measureApplication(gateway: Gateway, twenty: TwentyServer) {
  const loop = await asApplication(twenty.url, gateway.apiKey);
  const shares: number[] = [];
  const rates: number[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) {
    const loopMs = await runBareLoop(loop, calls(`loop-${index}`, CALLS_PER_ROUND, gateway), gateway.idFor);
    const gatewayMs = await landAll(gateway, `gateway-${index}`);
    // The first round warms up.
    if (index === 0) continue;
    shares.push(loopMs / gatewayMs);
    rates.push((CALLS_PER_ROUND * RECORDS_PER_CALL * 60_000) / gatewayMs);
    console.log(`application, round ${index}: loop ${Math.round(loopMs)} ms, gateway ${Math.round(gatewayMs)} ms`);
  }
  return { applicationRecordsPerMinute: Math.round(median(rates)), applicationShare: round(median(shares)) };
}

/** @returns from staging to an empty outbox, milliseconds */
async function landAll(gateway: Gateway, prefix: string): Promise<number> {
  const writes = calls(prefix, CALLS_PER_ROUND, gateway);
  const startedAt = performance.now();
  await gateway.stage(writes);
  await emptied(gateway);
  return performance.now() - startedAt;
}

async function emptied(gateway: Gateway): Promise<void> {
  while (!(await gateway.isEmpty())) await delay(20);
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
