import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { waitFor } from '@switchboard/testing';
import { buildConsole } from '@switchboard/console/build';
import { insertSession } from '../core/auth/session-store.ts';
import { plugin as transcribe } from '../plugins/ai-transcribe/plugin.ts';
import { plugin as mail } from '../plugins/mail/plugin.ts';
import { plugin as serviceDesk } from '../plugins/service-desk/plugin.ts';
import type { AgentOrders, AgentReport } from './pages/agents.ts';
import type { Cards } from './pages/cards.ts';
import { type BenchPage, benchPages } from './pages/list.ts';
import { type PageAmounts, seedWorkspace } from './pages/seed.ts';
import type { Asked, Visit, WindowOrders } from './pages/windows.ts';
import { percentilesOf } from './percentiles.ts';
import { ask, startChild } from './pop/child.ts';
import { type Agent, openStage, type StageHub, TENANT } from './pop/stage.ts';
import { startThreecxSource } from './pop/threecx-source.ts';

export interface PagesSettings {
  readonly agents: number;
  /** Of these agents so many go through the pages in a real browser; the others ask for what their pages would. */
  readonly windows: number;
  readonly rounds: number;
  /** Between two pages of one of the others. */
  readonly everyMs: number;
  /** Real browsers in which calls are shown. */
  readonly cardWindows: number;
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly amounts: PageAmounts;
}

const usual: PagesSettings = {
  agents: 50,
  windows: 1,
  rounds: 5,
  everyMs: 5000,
  cardWindows: 6,
  calls: 80,
  callsPerSecond: 2,
  amounts: {
    company: 20_000,
    location: 10_000,
    person: 100_000,
    contract: 20_000,
    malfunction: 400,
    serviceCase: 50_000,
    phoneCall: 250_000,
    caseMessage: 50_000,
    caseEntry: 100_000,
    delivery: 100_000,
  },
};

/**
 * 50 agents use the console at once: each opens another page every five seconds and follows the calls. One of them in a real browser, in which the
 * time is taken until the page can be used; the others ask the hub for what their pages ask for. One, since a second browser would wait for the
 * processor of the first, which browsers of two people never do. Then calls ring at real browsers and at the
 * others, while these go on, and the time is taken until the card of each call has been drawn; first in six, which do wait for each other, then in one.
 */
export async function run(settings: PagesSettings = usual): Promise<Record<string, number | string>> {
  await buildConsole();
  const stage = await openStage(settings.agents);
  try {
    const { agents } = stage;
    const threecx = stage.keep(await startThreecxSource(agents));
    const plugins = [...[serviceDesk, mail, transcribe].map((plugin) => ({ plugin, config: {} })), threecx];
    const stageHub = await stage.openHub(plugins);
    await compared(stageHub);
    const { hub, tenantId, url } = stageHub;
    const members = agents.map(({ memberId }) => memberId);
    const world = { tenantId, members, amounts: settings.amounts, now: Date.now() };
    const shown = await seedWorkspace(
      hub.database,
      world,
      plugins.map(({ plugin }) => plugin),
    );
    const pages = benchPages(shown);
    const cookies = await Promise.all(agents.map(async (agent) => await signIn(stageHub, agent)));
    const windows = stage.keep(startWindows());
    await windows.obey({
      kind: 'open',
      console: `${url}/console/${TENANT}`,
      cookies: cookies.slice(0, settings.cardWindows),
    });
    const asked = await windows.obey<Asked[][]>({ kind: 'requests', pages });
    await suggested(stageHub);
    const office = startOffice({
      url,
      cookies: cookies.slice(settings.windows),
      pages: pages.map(({ ids = [] }, index) => ({ asked: asked[index] ?? [], ids })),
      feed: `/console/v1/tenants/${TENANT}/live`,
      everyMs: settings.everyMs,
    });
    const spent = startMeter();
    const visits = await windows.obey<Visit[]>({
      kind: 'visit',
      pages,
      windows: settings.windows,
      rounds: settings.rounds,
    });
    const hubCpuShare = spent();
    const cardsIn = async (watched: number) => {
      await windows.obey({ kind: 'watch', windows: watched });
      const rings = await threecx.ring(settings.calls, settings.callsPerSecond, ringers(agents, watched));
      const cards = new Map((await windows.obey<Cards[]>({ kind: 'cards' })).flat());
      const theirs = new Set(members.slice(0, watched));
      return rings
        .filter(({ member }) => theirs.has(member))
        .map(({ label, at }) => (cards.get(label) ?? Number.POSITIVE_INFINITY) - at);
    };
    const late = await cardsIn(settings.cardWindows);
    const lateInOne = await cardsIn(1);
    const { times, failures, heard } = await office.close();
    if (failures.length > 0) throw new Error(`Not answered: ${[...new Set(failures)].join(', ')}`);
    const [card, cardInOne] = [percentilesOf(late), percentilesOf(lateInOne)];
    console.error(`The others: ${times.length} pages, ${heard} changes of calls heard; load ${loadavg()[0]}`);
    return {
      ...figuresOf(pages, visits),
      answersP985Ms: quantile(times, 0.985),
      cardP50Ms: card.p50Ms,
      cardP95Ms: card.p95Ms,
      cards: late.length,
      oneWindowCardP50Ms: cardInOne.p50Ms,
      oneWindowCardP95Ms: cardInOne.p95Ms,
      oneWindowCards: lateInOne.length,
      hubCpuShare,
    };
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

/** The first page of a malfunction has all cases gone through once for suggestions, which is not part of a usual day. */
async function suggested({ hub, tenantId }: StageHub): Promise<void> {
  await waitFor(
    'the traits of all cases',
    async () => {
      const { rows } = await hub.database.pool.query<{ texts: number }>(
        'select texts from service_desk_suggesting where tenant_id = $1',
        [tenantId],
      );
      return (rows[0]?.texts ?? 0) > 0;
    },
    240_000,
  );
  await hub.database.pool.query('vacuum analyze service_desk_trait, service_desk_gram');
}

/** As signing in with Twenty leaves it behind. @returns the cookie */
async function signIn({ hub, tenantId }: StageHub, { memberId }: Agent): Promise<string> {
  const member = { tenantId, id: memberId, userId: randomUUID(), locale: 'en' };
  const origin = { address: '127.0.0.1', userAgent: 'bench' };
  const { token } = await insertSession(hub.database.db, { member, origin }, { idleMinutes: 480, longestHours: 16 });
  return `switchboard-session-${TENANT}=${token}`;
}

function startWindows() {
  const child = startChild('../pages/windows.ts');
  const ready = once(child, 'message');
  return {
    async obey<Answer>(orders: WindowOrders): Promise<Answer> {
      await ready;
      return await ask<Answer>(child, orders);
    },
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
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

/** At every second call one of the real browsers, each in its turn. */
function ringers(agents: readonly Agent[], watched: number): string[] {
  const others = agents.slice(watched);
  return others.flatMap(({ extension }, index) => [agents[index % watched]?.extension ?? '', extension]);
}

/** @returns tells which part of one processor this process (hub and stage) has used since, in hundredths */
function startMeter(): () => number {
  const [at, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.round((user + system) / 10 / (performance.now() - at)) / 100;
  };
}

function figuresOf(pages: readonly BenchPage[], visits: readonly Visit[]) {
  const timesOf = (by: Visit['by'], page?: string) =>
    visits.filter((visit) => visit.by === by && (page ?? visit.page) === visit.page).map(({ ms }) => ms);
  const byPage = pages.map(({ name }) => ({ name, p50Ms: quantile(timesOf('address', name), 0.5) }));
  for (const { name, p50Ms } of byPage) {
    const most = quantile(timesOf('address', name), 0.985);
    const click = quantile(timesOf('click', name), 0.5);
    console.error(`${name}: half within ${p50Ms} ms, nearly all ${most} ms; by a click ${click} ms`);
  }
  const [slowest] = byPage.toSorted((one, other) => other.p50Ms - one.p50Ms);
  const times = timesOf('address');
  return {
    p50Ms: quantile(times, 0.5),
    p985Ms: quantile(times, 0.985),
    p99Ms: quantile(times, 0.99),
    slowestPage: slowest?.name ?? '',
    clickP50Ms: quantile(timesOf('click'), 0.5),
    clickP985Ms: quantile(timesOf('click'), 0.985),
    visits: visits.length,
  };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = Float64Array.from(times).sort();
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
}
