import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTwentyClient, signIn, type TwentyClient } from '@switchboard/sandbox/demo';
import type pg from 'pg';
import { CASES, COMPANIES, PEOPLE, seedTwenty } from './mirror/seed-twenty.ts';
import type { OpenLoopOrders, OpenLoopResult } from './open-loop.ts';
import { percentilesOf } from './percentiles.ts';
import { numberOf } from './seed-mirror.ts';
import { admin, type BenchHub, openStage, type Stage, TENANT } from './stage.ts';

const LOOKUPS_PER_SECOND = 500;
const LOAD_SECONDS = 30;
const CHANGES = 60;
const NUMBERS_ASKED = 5_000;

/**
 * Copies a workspace into the mirror within the limit of an API key, then asks who rings 500 times a second while people change
 * records in Twenty. Hub, stand-in and load are processes of their own.
 */
export async function run(): Promise<Record<string, number>> {
  const stage = await openStage();
  try {
    const { crm, pool } = stage;
    await seedTwenty(stage.databaseUrl, stage.workspaceId);
    console.log(`One by one: ${await copyByRest(crm.url, crm.apiKey)} records a minute by REST pages of 60`);
    const hub = await stage.startHub('mirror/hub-child.ts');
    const threecxKey = randomBytes(24).toString('base64url');
    const recordsPerMinute = await backfill(hub, stage, threecxKey);
    const member = createTwentyClient(crm.url, await signIn(crm.url, admin));
    const [fresh, lookups] = await Promise.all([changeAndWatch(member, pool), lookUp(hub, threecxKey)]);
    console.log(`Lookups: ${JSON.stringify(lookups)}; changes: ${JSON.stringify(fresh)}`);
    return {
      backfillRecordsPerMinute: recordsPerMinute,
      freshnessP95Ms: fresh.p95Ms,
      lookupP50Ms: lookups.p50Ms,
      lookupP99Ms: lookups.p99Ms,
    };
  } finally {
    await stage.close();
  }
}

/** @returns records a minute */
async function backfill({ api }: BenchHub, { crm, pool }: Stage, threecxKey: string): Promise<number> {
  await api('POST', '/tenants', { slug: TENANT, name: 'Bench', country: 'US' });
  await api('POST', `/tenants/${TENANT}/plugins/threecx/enable`, { config: { apiKey: threecxKey } });
  await api('POST', `/tenants/${TENANT}/plugins/cases/enable`, { config: {} });
  const startedAt = Date.now();
  await api('PUT', `/tenants/${TENANT}/crm`, crm);
  const all = PEOPLE + COMPANIES + CASES;
  for (let copied = 0, logged = 0; copied < all; await delay(200)) {
    const { rows } = await pool.query<{ copied: string }>('select coalesce(sum(copied), 0) as copied from crm_sync');
    copied = Number(rows[0]?.copied);
    if (copied - logged < all / 10) continue;
    logged = copied;
    console.log(`${copied} of ${all} records copied after ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  const minutes = (Date.now() - startedAt) / 60_000;
  const refused = await pool.query<{ limits: unknown }>('select limits from crm_access');
  console.log(
    `Copied ${all} records in ${minutes.toFixed(2)} minutes; learnt by refusals: ${JSON.stringify(refused.rows)}`,
  );
  return Math.round(all / minutes);
}

/** What a script does that reads page by page as the documentation of the REST API shows it. @returns records a minute */
async function copyByRest(url: string, apiKey: string): Promise<number> {
  const calls = 20;
  const startedAt = Date.now();
  let records = 0;
  let after = '';
  for (let call = 1; call <= calls; call += 1) {
    const response = await fetch(`${url}/rest/people${after && `?starting_after=${after}`}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const page = (await response.json()) as { data: { people: unknown[] }; pageInfo: { endCursor: string } };
    records += page.data.people.length;
    after = page.pageInfo.endCursor;
    await delay(Math.max(0, startedAt + call * 620 - Date.now()));
  }
  return Math.round((records * 60_000) / (Date.now() - startedAt));
}

/** Times from the member's change, answered by Twenty, until a lookup would find it. */
async function changeAndWatch(member: TwentyClient, pool: pg.Pool) {
  const { rows: people } = await pool.query<{ id: string }>(
    `select id from crm_record where object = 'person' order by id limit $1`,
    [CHANGES],
  );
  const times: number[] = [];
  for (const [index, { id }] of people.entries()) {
    const [startedAt, lastName] = [performance.now(), `Changed${index}`];
    await member.records('mutation($id:UUID!,$d:PersonUpdateInput!){updatePerson(id:$id,data:$d){id}}', {
      id,
      d: { name: { firstName: 'Pat', lastName } },
    });
    for (let known = false; !known; await delay(5)) {
      const { rowCount } = await pool.query(
        `select from crm_record where id = $1 and object = 'person' and data->'name'->>'lastName' = $2`,
        [id, lastName],
      );
      known = rowCount === 1;
    }
    times.push(performance.now() - startedAt);
    await delay(Math.max(0, (LOAD_SECONDS * 1000) / CHANGES - (performance.now() - startedAt)));
  }
  return percentilesOf(times);
}

async function lookUp({ url }: BenchHub, threecxKey: string): Promise<OpenLoopResult> {
  const child = fork(join(import.meta.dirname, 'open-loop.ts'), { stdio: 'inherit' });
  const orders: OpenLoopOrders = {
    door: `${url}/hooks/${TENANT}/threecx/lookup`,
    apiKey: threecxKey,
    numbers: Array.from({ length: NUMBERS_ASKED }, (_, index) => numberOf((index * 7919) % PEOPLE)),
    perSecond: LOOKUPS_PER_SECOND,
    seconds: LOAD_SECONDS,
  };
  child.send(orders);
  const exited = once(child, 'exit').then(() => {
    throw new Error('The load ended without a result');
  });
  const [result] = (await Promise.race([once(child, 'message'), exited])) as [OpenLoopResult];
  return result;
}
