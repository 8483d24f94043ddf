import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** Agents who click on a number, one after the other. */
export interface ClickOrders {
  /** Of the door that makes calls. */
  readonly url: string;
  /** Of the agents. */
  readonly tokens: readonly string[];
  readonly clicks: number;
  readonly perSecond: number;
}

/** Milliseconds from the planned moment of each click until the hub has accepted it. */
export type ClickTimes = readonly number[];

const NUMBER = '+442079460999';

async function run({ url, tokens, clicks, perSecond }: ClickOrders): Promise<ClickTimes> {
  const startedAt = performance.now();

  async function click(index: number): Promise<number> {
    const plannedAt = startedAt + (index * 1000) / perSecond;
    await delay(Math.max(0, plannedAt - performance.now()));
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[index % tokens.length]}`, 'content-type': 'application/json' },
      body: JSON.stringify({ requestId: randomUUID(), number: NUMBER }),
    });
    const text = await response.text();
    if (response.status !== 202) throw new Error(`A click was answered with ${response.status}: ${text}`);
    return performance.now() - plannedAt;
  }

  return await Promise.all(Array.from({ length: clicks }, (_, index) => click(index)));
}

process.once('message', (orders: ClickOrders) => {
  void run(orders).then((times) => process.send?.(times, () => process.exit()));
});
