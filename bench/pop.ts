import { setTimeout as delay } from 'node:timers/promises';
import { percentilesOf } from './percentiles.ts';
import type { Arrivals, BrowserOrders } from './pop/browsers.ts';
import { ask, startChild } from './pop/child.ts';
import type { ClickOrders, ClickTimes } from './pop/clicks.ts';
import { createFeedSource } from './pop/feed-source.ts';
import type { PopSource } from './pop/source.ts';
import { type Agent, openStage } from './pop/stage.ts';
import { startThreecxSource } from './pop/threecx-source.ts';

const AGENTS = 200;
const CALLS_PER_SECOND = 50;
const WARM_UP_SECONDS = 5;
const SECONDS = 20;
const CLICKS = 300;
const CLICKS_PER_SECOND = 20;
/** What is not there by then counts as lost. */
const LATEST_MS = 5_000;

/**
 * 50 calls a second ring at 200 agents of a 3CX, and the time is taken until each stands in the browser of its agent: `p50Ms` and `p95Ms`.
 * Then the same with a plugin that knows of the calls by itself: `feedP50Ms` and `feedP95Ms`, the hub's own part. At the end
 * agents call numbers themselves: `acceptP99Ms`. The browsers are known by tokens of Twenty; they, the PBX and the hub are processes of their own.
 */
export async function run(): Promise<Record<string, number>> {
  const stage = await openStage(AGENTS);
  try {
    const { agents } = stage;
    const threecx = stage.keep(await startThreecxSource(agents));
    const feed = createFeedSource(agents.map(({ memberId }) => memberId));
    const { url: hub } = await stage.openHub([threecx, feed]);
    const own = await measure(feed, `${hub}/live/v1`, agents);
    const whole = await measure(threecx, `${hub}/live/v1`, agents);
    const acceptP99Ms = await measureClicks(hub, agents);
    return { ...whole, acceptP99Ms, feedP50Ms: own.p50Ms, feedP95Ms: own.p95Ms, feedShown: own.shown };
  } finally {
    await stage.close();
  }
}

async function measure(source: PopSource, url: string, agents: readonly Agent[]) {
  const { topic, labelField } = source;
  const browsers = startChild('browsers.ts');
  const orders: BrowserOrders = { url, topic, labelField, tokens: agents.map(({ token }) => token) };
  await ask<'connected'>(browsers, orders);
  await source.ring(WARM_UP_SECONDS * CALLS_PER_SECOND, CALLS_PER_SECOND);
  const rings = await source.ring(SECONDS * CALLS_PER_SECOND, CALLS_PER_SECOND);
  await delay(LATEST_MS);
  const arrivals = await ask<Arrivals>(browsers, { report: true });
  const shown = new Map(agents.map(({ memberId }, index) => [memberId, new Map(arrivals[index])]));
  // A call that nobody was shown is infinitely late.
  const times = rings.map(({ member, label, at }) => (shown.get(member)?.get(label) ?? Number.POSITIVE_INFINITY) - at);
  const { p50Ms, p95Ms } = percentilesOf(times);
  return { p50Ms, p95Ms, shown: times.filter(Number.isFinite).length / times.length };
}

/** Agents call numbers from Twenty: how soon the hub has accepted each click, which is all that an agent waits for. */
async function measureClicks(hub: string, agents: readonly Agent[]): Promise<number> {
  const orders: ClickOrders = {
    url: `${hub}/panel/v1/plugins/threecx/phone/call`,
    tokens: agents.map(({ token }) => token),
    clicks: CLICKS,
    perSecond: CLICKS_PER_SECOND,
  };
  return percentilesOf(await ask<ClickTimes>(startChild('clicks.ts'), orders)).p99Ms;
}
