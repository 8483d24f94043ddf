import { type LiveClient, type LiveClientOptions, type LiveState, openLive } from './client.ts';
import type { ServerEvent } from './event-parser.ts';
import { createItems } from './items.ts';

/** What those that share a line tell each other. */
type Word =
  /** Somebody came, and wants to know these. */
  | { readonly kind: 'hello'; readonly topics: readonly string[] }
  /** Somebody leads from now on, and knows nobody yet. */
  | { readonly kind: 'who' }
  | {
      readonly kind: 'news';
      readonly topics: readonly string[];
      readonly state: LiveState;
      readonly event?: Pick<ServerEvent, 'event' | 'data' | 'id'>;
    };

interface SharedOptions<Topics extends object> extends LiveClientOptions<Topics> {
  /** The same for all that see the same: of one hub, workspace and member. */
  readonly name: string;
}

/** The hub lets the leader hear something every 15 seconds, and a leader without a hub tries again every 30. */
const SILENCE_MS = 60_000;

/**
 * Follows topics as `openLive` does, over one connection for all tabs of a browser: over HTTP/1.1 it has six of them to a host, and a tab that holds one
 * leaves the others waiting. One leads and passes on what it hears; when it closes, another goes on from the last event that was heard. Everybody
 * keeps all of it, so that whoever leads next can tell newcomers how things stand.
 */
export function openShared<Topics extends object>(options: SharedOptions<Topics>): LiveClient<Topics> {
  // Missing outside of secure contexts: then every tab has its own.
  if (globalThis.navigator?.locks === undefined || typeof BroadcastChannel === 'undefined') return openLive(options);
  const { name, url, topics, onChange, onState } = options;
  const items = createItems();
  const closing = new AbortController();
  const { signal } = closing;
  const channel = new BroadcastChannel(name);
  let known: readonly string[] = topics;
  /** Of the last event that was heard since everything was; without it nobody can go on from here. */
  let lastEventId: string | undefined;
  let state: LiveState = { kind: 'connecting' };
  let leading: ReturnType<typeof lead> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let queue = new AbortController();

  const say = (word: Word) => {
    // A channel has no target: it never leaves the origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (!signal.aborted) channel.postMessage(word);
  };

  function hear(event: NonNullable<Extract<Word, { kind: 'news' }>['event']>): void {
    if (lastEventId === undefined && event.event !== 'snapshot') return;
    lastEventId = event.id ?? lastEventId;
    const changes = items.apply({ ...event, retryMs: undefined });
    const own = changes.filter(({ topic }) => (topics as readonly string[]).includes(topic));
    if (own.length > 0) onChange?.(own);
  }

  function stand(next: LiveState): void {
    const isNew = next.kind !== state.kind;
    state = next;
    if (isNew) onState?.(next);
  }

  /** Everything as it is, for whoever has just come. */
  const tellAll = () =>
    say({
      kind: 'news',
      topics: known,
      state,
      ...(lastEventId === undefined
        ? {}
        : { event: { event: 'snapshot', data: JSON.stringify({ items: items.all() }), id: lastEventId } }),
    });

  function lead() {
    return openLive({
      url,
      topics: known as readonly never[],
      ...(lastEventId === undefined ? {} : { lastEventId }),
      ...(options.headers === undefined ? {} : { headers: options.headers }),
      ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
      onEvent(event) {
        hear(event);
        say({ kind: 'news', topics: known, state, event: { event: event.event, data: event.data, id: event.id } });
      },
      onState(next) {
        stand(next);
        say({ kind: 'news', topics: known, state });
      },
    });
  }

  /** With more topics it begins anew: what is told from an event on says nothing of topics that were not followed then. */
  function widen(wanted: readonly string[]): void {
    const more = wanted.filter((topic) => !known.includes(topic));
    if (more.length === 0) return tellAll();
    known = [...known, ...more];
    lastEventId = undefined;
    void leading?.close();
    leading = lead();
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    watch();
    if (data.kind === 'hello' && leading !== undefined) return widen(data.topics);
    if (data.kind === 'who') return say({ kind: 'hello', topics });
    if (data.kind !== 'news' || leading !== undefined) return;
    // What is of other topics than the own alone is not how things stand for this one.
    if (!topics.every((topic) => data.topics.includes(topic))) return;
    known = data.topics;
    if (data.event !== undefined) hear(data.event);
    stand(data.state);
  });

  /** A leader that was put to sleep with its tab says nothing any more and lets nobody else lead: it is relieved. */
  function watch(): void {
    clearTimeout(silence);
    if (signal.aborted) return;
    silence = setTimeout(() => {
      watch();
      if (leading !== undefined) return;
      queue.abort();
      void takeOver({ steal: true });
    }, SILENCE_MS);
  }

  /** Waits for its turn to lead. Resolves when it leads no more, or need not any more. */
  async function waitForTurn(): Promise<void> {
    queue = new AbortController();
    await takeOver({ signal: AbortSignal.any([signal, queue.signal]) });
  }

  async function takeOver(how: LockOptions): Promise<void> {
    const led = async () => {
      if (signal.aborted) return;
      leading ??= lead();
      say({ kind: 'who' });
      await aborted(signal);
    };
    const wasRelieved = await navigator.locks.request(name, how, led).then(
      () => false,
      () => leading !== undefined,
    );
    const before = leading;
    leading = undefined;
    await before?.close();
    if (wasRelieved && !signal.aborted) void waitForTurn();
  }

  say({ kind: 'hello', topics });
  watch();
  const ended = waitForTurn();
  return {
    items: (topic) => items.of(topic) as ReadonlyMap<string, never>,
    async close() {
      closing.abort();
      clearTimeout(silence);
      channel.close();
      await ended;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
