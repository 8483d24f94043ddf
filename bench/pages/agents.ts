import { setTimeout as delay } from 'node:timers/promises';
import { openLive } from '@switchboard/core/live-client';
import type { Asked } from './windows.ts';

/** Who works in the console meanwhile: each agent opens one page after the other and asks for what its page asks for. */
export interface AgentOrders {
  readonly url: string;
  /** One per agent: the cookie of the session. */
  readonly cookies: readonly string[];
  readonly pages: readonly AgentPage[];
  /** Of the live feed that an agent holds open all the time. */
  readonly feed: string;
  /** Between two pages of an agent. */
  readonly everyMs: number;
}

/** What a page asks the hub for, and by which id it was seen to do so; another of `ids` takes its place. */
export interface AgentPage {
  readonly asked: readonly Asked[];
  readonly ids: readonly string[];
}

/** Until all answers of a page were there, milliseconds; what was not answered well; and how many changes the live feeds brought. */
export interface AgentReport {
  readonly times: readonly number[];
  readonly failures: readonly string[];
  readonly heard: number;
}

async function work(orders: AgentOrders, stop: AbortSignal): Promise<AgentReport> {
  const times: number[] = [];
  const failures: string[] = [];
  let heard = 0;
  const agent = async (cookie: string, index: number): Promise<void> => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin', accept: 'application/json' };
    // Not all of them at the same moment.
    await delay((index * orders.everyMs) / orders.cookies.length);
    const feed = openLive({
      url: `${orders.url}${orders.feed}`,
      topics: ['calls'],
      headers: () => headers,
      onChange: (changes) => {
        heard += changes.length;
      },
    });
    for (let turn = index; !stop.aborted; turn += 1) {
      const page = orders.pages[turn % orders.pages.length]!;
      const startedAt = performance.now();
      const left = new AbortController();
      const answers = page.asked.map(
        async (one) => await ask(orders.url, as(one, page.ids, turn), headers, left.signal),
      );
      failures.push(...(await Promise.all(answers)).filter((answer) => answer !== undefined));
      times.push(performance.now() - startedAt);
      await delay(Math.max(0, orders.everyMs - (performance.now() - startedAt)));
      left.abort();
    }
    await feed.close();
  };
  await Promise.all(orders.cookies.map(agent));
  return { times, failures, heard };
}

/** The same about another record. */
function as({ method, path, body }: Asked, ids: readonly string[], turn: number): Asked {
  const [was = ''] = ids;
  const now = ids[turn % ids.length] ?? '';
  const put = (text: string) => (was === '' ? text : text.replaceAll(was, now));
  return { method, path: put(path), body: body === null ? null : put(body) };
}

/** A live feed is open once it is answered, and stays so until the page is left. @returns what went wrong */
async function ask(
  url: string,
  { method, path, body }: Asked,
  headers: Readonly<Record<string, string>>,
  left: AbortSignal,
): Promise<string | undefined> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    body,
    signal: left,
  });
  if (isFeed(path)) void response.body?.pipeTo(new WritableStream()).catch(() => {});
  else await response.arrayBuffer();
  return response.ok ? undefined : `${response.status} ${path}`;
}

const isFeed = (path: string): boolean => path.split('?', 1)[0]?.endsWith('/live') === true;

/** In a process of its own, so that the load does not slow down what is measured. A second message ends the work. */
process.once('message', (orders: AgentOrders) => {
  const stop = new AbortController();
  process.once('message', () => stop.abort());
  void work(orders, stop.signal).then((report) => process.send?.(report, () => process.exit()));
});
