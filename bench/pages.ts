import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { waitFor } from '@switchboard/testing';
import { buildConsole } from '@switchboard/console/build';
import { insertSession } from '../core/auth/session-store.ts';
import { plugin as threecx } from '../plugins/threecx/plugin.ts';
import type { AgentOrders, AgentReport } from './pages/agents.ts';
import { type BenchPage, benchPages } from './pages/list.ts';
import { type Amounts, seedWorkspace } from './pages/seed.ts';
import { openWindows, type Window } from './pages/windows.ts';
import { startChild } from './pop/child.ts';
import { type Agent, openStage, type StageHub, TENANT } from './pop/stage.ts';

const AGENTS = 50;
/** Of these agents the browsers are real; the others ask for what their pages would. */
const WINDOWS = 2;
const ROUNDS = 12;
const AGENT_PAGE_EVERY_MS = 5000;
const AMOUNTS: Amounts = { people: 100_000, cases: 50_000, deliveries: 100_000 };

const plugins = [{ plugin: threecx, config: { apiKey: randomBytes(24).toString('base64url') } }];

/**
 * 50 agents use the console at once: each opens another page every five seconds. Two of them in a real browser, in which the time is taken from the
 * click until the page can be used; the others ask the hub for what their pages ask for.
 */
export async function run(): Promise<Record<string, number | string>> {
  await buildConsole();
  const stage = await openStage(AGENTS);
  try {
    const stageHub = await stage.openHub(plugins);
    const { hub, tenantId, url } = stageHub;
    await compared(stageHub);
    console.error('Seeding …');
    await seedWorkspace(
      hub.database,
      tenantId,
      plugins.map(({ plugin }) => plugin),
      AMOUNTS,
    );
    const cookies = await Promise.all(stage.agents.map(async (agent) => await signIn(stageHub, agent)));
    const windows = stage.keep(await openWindows(url));
    const opened = await Promise.all(cookies.slice(0, WINDOWS).map(windows.open));
    const pages = await requestsOf(opened[0]!);
    const office = startOffice({ url, cookies: cookies.slice(WINDOWS), pages, everyMs: AGENT_PAGE_EVERY_MS });
    const visits = (await Promise.all(opened.map(visitAll))).flat();
    const { times, failures } = await office.close();
    if (failures.length > 0) throw new Error(`Not answered: ${[...new Set(failures)].join(', ')}`);
    return { ...figuresOf(visits), answersP985Ms: quantile(times, 0.985), visits: visits.length };
  } finally {
    await stage.close();
  }
}

/** The hub compares its copy with Twenty once it is made; what is put into the copy afterwards stays for a while. */
async function compared({ hub, tenantId }: StageHub): Promise<void> {
  await waitFor(
    'the first comparison of the copy',
    async () => {
      const { rows } = await hub.database.pool.query<{ open: number }>(
        'select count(*)::int as open from crm_sync where tenant_id = $1 and (copied_at is null or counted_at is null)',
        [tenantId],
      );
      return rows[0]?.open === 0;
    },
    120_000,
  );
}

/** As signing in with Twenty leaves it behind. @returns the cookie */
async function signIn({ hub, tenantId }: StageHub, { memberId }: Agent): Promise<string> {
  const member = { tenantId, id: memberId, userId: randomUUID(), locale: 'en' };
  const origin = { address: '127.0.0.1', userAgent: 'bench' };
  const { token } = await insertSession(hub.database.db, { member, origin }, { idleMinutes: 480, longestHours: 16 });
  return `switchboard-session-${TENANT}=${token}`;
}

async function requestsOf(window: Window): Promise<string[][]> {
  const pages: string[][] = [];
  for (const page of benchPages) pages.push(await window.requestsOf(page));
  return pages;
}

function startOffice(orders: AgentOrders) {
  const child = startChild('../pages/agents.ts');
  const reported = once(child, 'message') as Promise<[AgentReport]>;
  child.send(orders);
  return {
    async close(): Promise<AgentReport> {
      child.send('stop');
      return (await reported)[0];
    },
  };
}

interface Visit {
  readonly page: string;
  readonly ms: number;
}

async function visitAll(window: Window): Promise<Visit[]> {
  const visits: Visit[] = [];
  const visit = async (page: BenchPage) => visits.push({ page: page.path, ms: await window.visit(page) });
  for (let round = 0; round < ROUNDS; round += 1) for (const page of benchPages) await visit(page);
  return visits;
}

function figuresOf(visits: readonly Visit[]) {
  const times = visits.map(({ ms }) => ms);
  const byPage = benchPages.map(({ path }) => {
    const own = visits.filter(({ page }) => page === path).map(({ ms }) => ms);
    return { path, p50Ms: quantile(own, 0.5), slowest: quantile(own, 0.985) };
  });
  for (const { path, p50Ms, slowest } of byPage)
    console.error(`${path}: half within ${p50Ms} ms, nearly all ${slowest} ms`);
  const [slowest] = byPage.toSorted((one, other) => other.p50Ms - one.p50Ms);
  return {
    p50Ms: quantile(times, 0.5),
    p985Ms: quantile(times, 0.985),
    p99Ms: quantile(times, 0.99),
    slowestPage: slowest?.path ?? '',
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = Float64Array.from(times).sort();
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
}
