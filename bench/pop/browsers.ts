import { setTimeout as delay } from 'node:timers/promises';
import { openLive } from '@switchboard/core/live-client';
import { preciseNow } from './source.ts';

/** What the browsers look at. */
export interface BrowserOrders {
  readonly url: string;
  readonly topic: string;
  readonly labelField: string;
  readonly tokens: readonly string[];
}

/** Per browser: when each call appeared, by its label. */
export type Arrivals = readonly (readonly (readonly [label: string, at: number])[])[];

/** Apart, as people open their browsers: Twenty is asked about each token. */
const APART_MS = 40;

interface Browser {
  readonly arrivals: ReadonlyMap<string, number>;
  readonly connected: Promise<void>;
}

function openBrowser({ url, topic, labelField }: BrowserOrders, token: string): Browser {
  const arrivals = new Map<string, number>();
  const connected = Promise.withResolvers<void>();
  openLive<Record<string, unknown>>({
    url,
    topics: [topic],
    headers: () => ({ authorization: `Bearer ${token}` }),
    onState(state) {
      if (state.kind === 'live') connected.resolve();
      if (state.kind === 'refused') throw new Error(state.reason);
    },
    onChange(changes) {
      const at = preciseNow();
      for (const { data } of changes) {
        const label = (data as Readonly<Record<string, string>> | undefined)?.[labelField];
        if (label !== undefined && !arrivals.has(label)) arrivals.set(label, at);
      }
    },
  });
  return { arrivals, connected: connected.promise };
}

async function run(orders: BrowserOrders): Promise<void> {
  const browsers: Browser[] = [];
  for (const token of orders.tokens) {
    browsers.push(openBrowser(orders, token));
    await delay(APART_MS);
  }
  await Promise.all(browsers.map(({ connected }) => connected));
  process.once('message', () => {
    const arrivals: Arrivals = browsers.map((one) => [...one.arrivals]);
    process.send?.(arrivals, () => process.exit());
  });
  process.send?.('connected');
}

/** All agents' browsers are in a process of their own, so that reading does not slow down what is measured. */
process.once('message', (orders: BrowserOrders) => void run(orders));
