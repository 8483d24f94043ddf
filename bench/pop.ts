import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentilesOf } from './percentiles.ts';
import type { Arrivals, BrowserOrders } from './pop/browsers.ts';
import { createFeedSource } from './pop/feed-source.ts';
import type { PopSource } from './pop/source.ts';
import { type Agent, openStage } from './pop/stage.ts';

const AGENTS = 200;
const CALLS_PER_SECOND = 50;
const WARM_UP_SECONDS = 5;
const SECONDS = 20;
/** What is not there by then counts as lost. */
const LATEST_MS = 5_000;

/**
 * Calls ring at 200 agents, 50 a second, and the time is taken until each stands in the browser of its agent. The browsers are known by
 * tokens of Twenty and live in a process of their own.
 */
export async function run(): Promise<Record<string, number>> {
  const stage = await openStage(AGENTS);
  try {
    const source = createFeedSource(stage.agents.map(({ memberId }) => memberId));
    const url = await stage.openHub(source);
    return await measure(source, `${url}/live/v1`, stage.agents);
  } finally {
    await stage.close();
  }
}

async function measure(source: PopSource, url: string, agents: readonly Agent[]) {
  const { topic, labelField } = source;
  const browsers = await openBrowsers({ url, topic, labelField, tokens: agents.map(({ token }) => token) });
  await source.ring(WARM_UP_SECONDS * CALLS_PER_SECOND, CALLS_PER_SECOND);
  const rings = await source.ring(SECONDS * CALLS_PER_SECOND, CALLS_PER_SECOND);
  await delay(LATEST_MS);
  browsers.send('report');
  const [arrivals] = (await once(browsers, 'message')) as [Arrivals];
  const shown = new Map(agents.map(({ memberId }, index) => [memberId, new Map(arrivals[index])]));
  // A call that nobody was shown is infinitely late.
  const times = rings.map(({ member, label, at }) => (shown.get(member)?.get(label) ?? Number.POSITIVE_INFINITY) - at);
  const { p50Ms, p95Ms } = percentilesOf(times);
  return { p50Ms, p95Ms };
}

async function openBrowsers(orders: BrowserOrders): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'pop/browsers.ts'), { stdio: 'inherit' });
  child.send(orders);
  const exited = once(child, 'exit').then(() => {
    throw new Error('The browsers ended early');
  });
  await Promise.race([once(child, 'message'), exited]);
  exited.catch(() => {});
  return child;
}
