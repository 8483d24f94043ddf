import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startTwenty } from '@switchboard/sandbox/twenty';
import type { CreatedWorkspace, Twenty } from '@switchboard/sandbox/twenty';
import { createAuditLog } from '../core/audit/index.ts';
import type { CrmWrite, Logger } from '../core/contract/index.ts';
import { createCrm } from '../core/crm/index.ts';
import { createLeases } from '../core/leases/leases.ts';
import { createKeyring, createSecrets } from '../core/secrets/index.ts';
import { openDatabase } from '../core/store/database.ts';
import type { Database } from '../core/store/database.ts';
import { migrationFolders } from '../core/store/migration-folders.ts';
import { migrate } from '../core/store/migrate.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { createCrmConnections, createTenants } from '../core/tenants/index.ts';

/** What an API key may do in a minute (Twenty 2.21, measured): 100 operations of 200 records. */
const permittedPerMinute = 100 * 200;

const measuredMs = 60_000;
const oneByOneMs = 30_000;

const silent: Logger = { debug() {}, info() {}, warn() {}, error: console.error };

/**
 * Writes four kinds of records that point at each other through the gateway, against the stand-in with Twenty's real limits, by
 * API key; then the same records one at a time, as fast as the limits allow, in a workspace of its own.
 */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const postgres = await startPostgres({ dataDir, log: silent });
  const database = openDatabase(postgres.url);
  const twenty = await startTwenty({ databaseUrl: postgres.url });
  try {
    await migrate(database.pool, migrationFolders);
    const gateway = await measureGateway(database, twenty);
    const oneByOne = await measureOneByOne(twenty);
    return {
      recordsPerMinute: Math.round(gateway.recordsPerMinute),
      recordsPerOperation: round(gateway.recordsPerOperation),
      shareOfPermitted: round(gateway.recordsPerMinute / permittedPerMinute),
      ratioToOneByOne: round(gateway.recordsPerMinute / oneByOne),
    };
  } finally {
    await twenty.close();
    await database.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const workspace = (twenty: Twenty, name: string): Promise<CreatedWorkspace> =>
  twenty.createWorkspace({
    name,
    subdomain: name,
    admin: {
      email: `admin@${name}.example.com`,
      password: randomBytes(12).toString('hex'),
      firstName: 'Ada',
      lastName: 'Example',
    },
  });

/** One customer's set of records, staged in an order that the gateway has to put right. */
function customer(index: number, ids: { company: string; person: string }): CrmWrite[] {
  const lane = 'bulk';
  return [
    {
      object: 'opportunity',
      key: `o${index}`,
      lane,
      fields: { name: `Renewal ${index}`, pointOfContactId: ids.person },
    },
    {
      object: 'person',
      key: `p${index}`,
      lane,
      fields: { name: { firstName: 'Pat', lastName: `Example ${index}` }, companyId: ids.company },
    },
    { object: 'company', key: `c${index}`, lane, fields: { name: `Example ${index} Ltd` } },
    { object: 'note', key: `n${index}`, lane, fields: { title: `Call ${index}` } },
  ];
}

async function measureGateway(database: Database, twenty: Twenty) {
  const { db, pool } = database;
  const audit = createAuditLog(db);
  const secrets = createSecrets(db, createKeyring([randomBytes(32)]));
  const tenants = createTenants({ db, audit });
  const connections = createCrmConnections({ db, secrets, audit });
  const where = { country: 'GB', timeZone: 'Europe/London', locale: 'en-GB' };
  const tenant = await tenants.create({ slug: 'bench', name: 'Bench', ...where }, 'bench');
  const { apiKey } = await workspace(twenty, 'gateway');
  await connections.connect(tenant.slug, { url: twenty.url, apiKey }, 'bench');
  let operations = 0;
  const crm = createCrm({
    database,
    secrets,
    tenants,
    connections,
    leases: createLeases({ db, log: silent }),
    log: silent,
    clock: { now: () => Date.now() },
    publicUrl: 'http://127.0.0.1:9',
    registry: { plugins: [] },
    settings: { active: async () => new Set<string>() },
    announce: async () => {},
    fetch: (input, init) => {
      if (typeof init?.body === 'string' && init.body.startsWith('{"query":"mutation($data')) operations += 1;
      return globalThis.fetch(input, init);
    },
  });
  const reader = crm.reader(tenant.id);
  const writes = Array.from({ length: 8000 }, (_, index) =>
    customer(index, { company: reader.idFor('company', `c${index}`), person: reader.idFor('person', `p${index}`) }),
  ).flat();
  await db.transaction().execute((transaction) => crm.stage(transaction, tenant.id, writes));

  const left = async (): Promise<number> =>
    Number((await pool.query<{ n: number }>('select count(*) as n from crm_outbox')).rows[0]?.n);
  const stop = new AbortController();
  const running = crm.run(stop.signal);
  const [leftBefore, operationsBefore, startedAt] = [await left(), operations, Date.now()];
  await delay(measuredMs);
  const landed = leftBefore - (await left());
  const minutes = (Date.now() - startedAt) / 60_000;
  const used = operations - operationsBefore;
  stop.abort();
  await running;
  return { recordsPerMinute: landed / minutes, recordsPerOperation: landed / used };
}

/** @returns records a minute */
async function measureOneByOne(twenty: Twenty): Promise<number> {
  const { apiKey } = await workspace(twenty, 'onebyone');
  const startedAt = Date.now();
  let landed = 0;
  for (let index = 0; Date.now() - startedAt < oneByOneMs; index += 1) {
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
