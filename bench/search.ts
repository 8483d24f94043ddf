import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { MemberRequest } from '../core/contract/index.ts';
import { recordIdFor } from '../core/crm/ids.ts';
import { mergeDeclarations } from '../core/crm/mirror/declare.ts';
import { createHub, createLog, createRegistry, type Hub, loadConfig } from '../core/index.ts';
import { startPostgres } from '../core/store/postgres-server.ts';
import { plugin } from '../plugins/service-desk/plugin.ts';
import { searchRoutes } from '../plugins/service-desk/search/routes.ts';
import type { Context } from '../plugins/service-desk/services.ts';
import { fillDesk } from './desk/fill.ts';
import type { Amounts, DeskWorld } from './desk/records.ts';
import { percentilesOf } from './percentiles.ts';
import { measureWrites } from './search/measure-writes.ts';
import { questions } from './search/questions.ts';

const TENANT = 'bench';
const AMOUNTS: Amounts = {
  company: 20_000,
  location: 10_000,
  person: 100_000,
  contract: 0,
  malfunction: 0,
  serviceCase: 50_000,
  phoneCall: 250_000,
  caseMessage: 0,
  caseEntry: 0,
};
const ROUNDS = 4;
const NAIVE_QUESTIONS = 20;
const ROLE = '00000000-0000-4000-8000-0000000000b0';

/**
 * Puts what people type to the search of the desk, with 100,000 people, 20,000 companies, 10,000 places, 50,000 cases and 250,000 calls in the
 * mirror of one tenant: the plugin's door as a member's request reaches it, with the rights of a role. Then the same is asked of the table as a page
 * without an index would, and new records are written with what search needs, and without.
 */
export async function run(): Promise<Record<string, number>> {
  const dataDir = join(tmpdir(), `switchboard-bench-${process.pid}`);
  const log = createLog({ level: 'error', format: 'pretty' });
  const postgres = await startPostgres({ dataDir, log });
  const config = loadConfig({
    DATABASE_URL: postgres.url,
    HUB_KEY: randomBytes(32).toString('base64'),
    OPERATOR_TOKEN: randomBytes(32).toString('base64url'),
  });
  const hub = await createHub({ config, databaseUrl: postgres.url, registry: createRegistry([plugin]), log });
  try {
    return await measure(hub);
  } finally {
    await hub.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(hub: Hub): Promise<Record<string, number>> {
  const { admin, database } = hub;
  const tenant = await admin.tenants.create({ slug: TENANT, name: 'Bench', country: 'NL' }, 'bench');
  await admin.plugins.enable(TENANT, plugin.id, {}, 'bench');
  const specs = mergeDeclarations(plugin.mirrors ?? []);
  const members = Array.from({ length: 50 }, (_, index) => recordIdFor(tenant.id, 'workspaceMember', String(index)));
  const world: DeskWorld = { tenantId: tenant.id, amounts: AMOUNTS, members, now: Date.now() };
  await fillDesk(database, world, specs);
  await grantEverything(hub, tenant.id, [...specs.keys()]);

  const ask = async (text: string): Promise<number> => {
    const request = { query: new URLSearchParams({ q: text }), crm: hub.crm.readerFor(tenant.id, { roleId: ROLE }) };
    const startedAt = performance.now();
    await searchRoutes[0]!.handle(
      { tenant } as unknown as Context,
      request as unknown as MemberRequest,
      AbortSignal.timeout(60_000),
    );
    return performance.now() - startedAt;
  };
  const firstMs = await ask('zzzz');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const text of questions(round, AMOUNTS)) times.push(await ask(text));
  const found = percentilesOf(times);
  const naive = percentilesOf(await askNaively(hub, tenant.id));
  console.error(
    `The first question: ${firstMs.toFixed(1)} ms; without an index: half within ${naive.p50Ms} ms, 95 of 100 within ${naive.p95Ms} ms`,
  );
  const { withSearch, without } = await measureWrites(database, world, specs);
  return {
    questions: times.length,
    p50Ms: found.p50Ms,
    p95Ms: found.p95Ms,
    p99Ms: found.p99Ms,
    naiveP50Ms: naive.p50Ms,
    personWriteUs: withSearch.person,
    personWriteWithoutUs: without.person,
    callWriteUs: withSearch.phoneCall,
    callWriteWithoutUs: without.phoneCall,
  };
}

async function grantEverything({ database: { db } }: Hub, tenantId: string, objects: readonly string[]): Promise<void> {
  const rights = Object.fromEntries(objects.map((object) => [object, { fields: 'all' }]));
  await sql`
    insert into crm_role (tenant_id, id, label, objects, read_at)
    values (${tenantId}, ${ROLE}, 'Agent', ${JSON.stringify(rights)}::jsonb, now() + interval '1 day')
  `.execute(db);
}

async function askNaively({ database: { db } }: Hub, tenantId: string): Promise<number[]> {
  const times: number[] = [];
  for (const text of questions(0, AMOUNTS).slice(0, NAIVE_QUESTIONS)) {
    const startedAt = performance.now();
    await sql`
      select object, id, data from crm_record
      where tenant_id = ${tenantId} and deleted_at is null
        and concat_ws(' ', data ->> 'name', data ->> 'number', data ->> 'subject', data ->> 'phoneNumber') ilike ${`%${text}%`}
      order by changed_at desc limit 30
    `.execute(db);
    times.push(performance.now() - startedAt);
  }
  return times;
}
