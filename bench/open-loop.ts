import { Agent, request } from 'node:http';
import type { Percentiles } from './percentiles.ts';
import { percentilesOf } from './percentiles.ts';

/** Asks at a fixed pace, whether answers come or not, as telephone systems do. */
export interface OpenLoopOrders {
  /** Address of the door, without the query. */
  readonly door: string;
  readonly apiKey: string;
  readonly numbers: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

export interface OpenLoopResult extends Percentiles {
  readonly answers: number;
}

process.once('message', (orders: OpenLoopOrders) => {
  void run(orders).then((result) => process.send?.(result, () => process.disconnect()));
});

async function run(orders: OpenLoopOrders): Promise<OpenLoopResult> {
  await shoot({ ...orders, seconds: 3 });
  const times = await shoot(orders);
  return { answers: times.length, ...percentilesOf(times) };
}

/** Times count from the planned moment: a request that starts late because the one before hangs is late, too. */
async function shoot({ door, apiKey, numbers, perSecond, seconds }: OpenLoopOrders): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const times: number[] = [];
  const startedAt = performance.now();
  const count = perSecond * seconds;
  const asked: Promise<void>[] = [];
  while (asked.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
    while (asked.length < due) {
      const index = asked.length;
      const plannedAt = startedAt + (index * 1000) / perSecond;
      const query = `?number=${encodeURIComponent(numbers[index % numbers.length] ?? '')}`;
      const headers = { authorization: `Bearer ${apiKey}`, 'x-forwarded-for': `192.0.2.${1 + (index % 250)}` };
      asked.push(ask(`${door}${query}`, headers, agent).then(() => void times.push(performance.now() - plannedAt)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(asked);
  agent.destroy();
  return times;
}

function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const isMatch = response.statusCode === 200 && body.includes('"firstName"');
        return isMatch ? resolve() : reject(new Error(`Answered ${response.statusCode}: ${body.slice(0, 200)}`));
      });
    })
      .on('error', reject)
      .end();
  });
}
