import { setTimeout as delay } from 'node:timers/promises';

/** Who works in the console meanwhile: each agent opens one page after the other and asks for what its page asks for. */
export interface AgentOrders {
  readonly url: string;
  /** One per agent: the cookie of the session. */
  readonly cookies: readonly string[];
  /** By page, what it asks the hub for. */
  readonly pages: readonly (readonly string[])[];
  /** Between two pages of an agent. */
  readonly everyMs: number;
}

/** Until all answers of a page were there, milliseconds; and what was not answered with 200. */
export interface AgentReport {
  readonly times: readonly number[];
  readonly failures: readonly string[];
}

async function work(orders: AgentOrders, stop: AbortSignal): Promise<AgentReport> {
  const times: number[] = [];
  const failures: string[] = [];
  const agent = async (cookie: string, index: number): Promise<void> => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin', accept: 'application/json' };
    // Not all of them at the same moment.
    await delay((index * orders.everyMs) / orders.cookies.length);
    for (let turn = index; !stop.aborted; turn += 1) {
      const startedAt = performance.now();
      const paths = orders.pages[turn % orders.pages.length] ?? [];
      const answers = await Promise.all(paths.map(async (path) => await ask(`${orders.url}${path}`, headers)));
      times.push(performance.now() - startedAt);
      failures.push(...answers.filter((answer) => answer !== undefined));
      await delay(Math.max(0, orders.everyMs - (performance.now() - startedAt)));
    }
  };
  await Promise.all(orders.cookies.map(agent));
  return { times, failures };
}

/** @returns what went wrong */
async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<string | undefined> {
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  return response.status === 200 ? undefined : `${response.status} ${new URL(url).pathname}`;
}

/** In a process of its own, so that the load does not slow down what is measured. A second message ends the work. */
process.once('message', (orders: AgentOrders) => {
  const stop = new AbortController();
  process.once('message', () => stop.abort());
  void work(orders, stop.signal).then((report) => process.send?.(report, () => process.exit()));
});
