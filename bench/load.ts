import { createRequire } from 'node:module';

/** What to ask, and how to prove who asks. */
export interface LoadOrders {
  readonly door: string;
  readonly apiKey: string;
  readonly numbers: readonly string[];
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

interface AutocannonResult {
  readonly requests: { readonly average: number };
  readonly non2xx: number;
  readonly errors: number;
}

interface Client {
  readonly on: (event: 'response', listener: (status: number, bytes: number, ms: number) => void) => void;
}

type Autocannon = (options: Readonly<Record<string, unknown>>) => Promise<AutocannonResult>;

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 3;
const SECONDS = 15;

process.once('message', (orders: LoadOrders) => {
  void measure(orders).then((result) => process.send?.(result, () => process.disconnect()));
});

async function measure(orders: LoadOrders): Promise<LoadResult> {
  await shoot(orders, WARM_UP_SECONDS, () => {});
  const times: number[] = [];
  const { requests, non2xx, errors } = await shoot(orders, SECONDS, (ms) => times.push(ms));
  if (non2xx + errors > 0) throw new Error(`${non2xx} requests were refused, ${errors} failed`);
  const sorted = Float64Array.from(times).sort();
  const percentile = (share: number) => round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return {
    requestsPerSecond: Math.round(requests.average),
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}

async function shoot(orders: LoadOrders, duration: number, onAnswer: (ms: number) => void): Promise<AutocannonResult> {
  return await autocannon({
    url: orders.door,
    connections: CONNECTIONS,
    duration,
    requests: orders.numbers.map((number, index) => toRequest(orders, number, index)),
    setupClient: (client: Client) => client.on('response', (_status, _bytes, ms) => onAnswer(ms)),
  });
}

/** As from many telephone systems: the hub limits what one address may ask. */
function toRequest({ door, apiKey }: LoadOrders, number: string, index: number) {
  return {
    path: `${new URL(door).pathname}?number=${encodeURIComponent(number)}`,
    headers: { authorization: `Bearer ${apiKey}`, 'x-forwarded-for': `192.0.2.${1 + (index % 250)}` },
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
