import { waitFor } from '@switchboard/testing';
import type { ServerEvent } from '../../live/client/event-parser.ts';
import { readEvents } from '../../live/client/read-events.ts';
import type { Credentials } from './desk.ts';

/** A browser that notes every event as it comes, and never connects again by itself. */
export interface Browser {
  readonly events: readonly ServerEvent[];
  /** Of the last event. */
  readonly lastId: () => string | undefined;
  /** Waits for so many events besides signs of life. @returns them as `upsert rings/a {"from":…}` */
  readonly told: (count: number) => Promise<string[]>;
  readonly close: () => Promise<void>;
  /** Resolves when the hub has ended it; the error if it was refused or cut off. */
  readonly ended: Promise<Error | undefined>;
}

export interface Ask {
  readonly as: Credentials;
  readonly topics?: readonly string[];
  readonly lastEventId?: string | undefined;
}

export function openBrowser(url: string, { as, topics = ['rings'], lastEventId }: Ask): Browser {
  const events: ServerEvent[] = [];
  const closing = new AbortController();
  const ended = readEvents({
    url,
    topics,
    headers: { authorization: `Bearer ${as}` },
    lastEventId,
    fetch: globalThis.fetch,
    onOpen: () => {},
    onEvent: (event) => events.push(event),
    signal: closing.signal,
  }).then(
    () => undefined,
    (error: Error) => error,
  );
  const spoken = () => events.filter(({ event }) => event !== '');
  return {
    events,
    lastId: () => events.findLast(({ id }) => id !== undefined)?.id,
    async told(count) {
      await waitFor(`${count} events`, () => spoken().length >= count);
      return spoken().map(describe);
    },
    async close() {
      closing.abort();
      await ended;
    },
    ended,
  };
}

interface Told {
  readonly topic: string;
  readonly key: string;
  readonly data?: unknown;
}

function describe({ event, data }: ServerEvent): string {
  const told = JSON.parse(data) as Told & { items?: Told[] };
  const items = (told.items ?? [told]).map((item) =>
    `${item.topic}/${item.key} ${JSON.stringify(item.data) ?? ''}`.trim(),
  );
  return [event, ...items].join(' ');
}
