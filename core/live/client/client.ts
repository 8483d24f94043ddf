import type { ServerEvent } from './event-parser.ts';
import { createItems, type ItemChange } from './items.ts';
import { readEvents, RefusedByHub } from './read-events.ts';

/** How it stands between the browser and the hub. */
export type LiveState =
  | { readonly kind: 'connecting' | 'live' }
  /** `waiting`: it tries again by itself. `refused`: the request is wrong and is not repeated. */
  | { readonly kind: 'waiting' | 'refused'; readonly reason: string };

export interface LiveClientOptions<Topics extends object> {
  /** Of the hub's endpoint: `https://hub.example.com/live/v1`. */
  readonly url: string;
  readonly topics: readonly (keyof Topics & string)[];
  /** Asked before every attempt, so that a token may be a fresh one. */
  readonly headers?: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** Told what is different, once `items` shows it. */
  readonly onChange?: (changes: readonly ItemChange[]) => void;
  readonly onState?: (state: LiveState) => void;
  /** Told of each event as it came, before `onChange`. */
  readonly onEvent?: (event: ServerEvent) => void;
  /** Of the last event that is known already: what happened since is told, and items are those of since then alone. */
  readonly lastEventId?: string;
  readonly fetch?: typeof globalThis.fetch;
}

export interface LiveClient<Topics extends object> {
  /** The items of a topic as they are now. */
  readonly items: <Name extends keyof Topics & string>(topic: Name) => ReadonlyMap<string, Topics[Name]>;
  /** Resolves when nothing is told any more. */
  readonly close: () => Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows topics of the live feed from a browser. Connects again for as long as it is not closed; what changed meanwhile is told, and
 * nothing twice. Needs `fetch` and nothing else.
 *
 * @example openLive<{ calls: Call }>({ url, topics: ['calls'], headers, onChange: draw })
 */
export function openLive<Topics extends object>(options: LiveClientOptions<Topics>): LiveClient<Topics> {
  const items = createItems();
  const closing = new AbortController();
  const { signal } = closing;
  const tell = (state: LiveState) => {
    if (!signal.aborted) options.onState?.(state);
  };
  let { lastEventId } = options;
  let firstPauseMs = FIRST_PAUSE_MS;
  let failures = 0;

  function take(event: ServerEvent): void {
    if (signal.aborted) return;
    failures = 0;
    firstPauseMs = event.retryMs ?? firstPauseMs;
    options.onEvent?.(event);
    const changes = items.apply(event);
    lastEventId = event.id ?? lastEventId;
    if (changes.length > 0) options.onChange?.(changes);
  }

  async function connect(): Promise<void> {
    tell({ kind: 'connecting' });
    await readEvents({
      ...options,
      headers: (await options.headers?.()) ?? {},
      lastEventId,
      fetch: options.fetch ?? globalThis.fetch,
      onOpen: () => tell({ kind: 'live' }),
      onEvent: take,
      signal,
    });
  }

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      const failure = await connect().then(
        () => new Error('The connection ended'),
        (error: Error) => error,
      );
      const isFinal = failure instanceof RefusedByHub && failure.isFinal;
      tell({ kind: isFinal ? 'refused' : 'waiting', reason: failure.message });
      if (isFinal) return;
      await pause(Math.min(firstPauseMs * 2 ** failures, LONGEST_PAUSE_MS), signal);
      failures += 1;
    }
  }

  const ended = follow();
  return {
    items: (topic) => items.of(topic) as ReadonlyMap<string, never>,
    async close() {
      closing.abort();
      await ended;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
