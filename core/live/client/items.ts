import type { ServerEvent } from './event-parser.ts';

/** One item that came, changed or went. */
export interface ItemChange<Data = unknown> {
  readonly topic: string;
  readonly key: string;
  /** Undefined: it is gone. */
  readonly data: Data | undefined;
}

type Item = { readonly topic: string; readonly key: string; readonly data: unknown };

/** What happens now, as far as the browser has been told. */
export interface Items {
  readonly of: (topic: string) => ReadonlyMap<string, unknown>;
  readonly all: () => readonly Item[];
  /** Takes over an event. @returns what is different now */
  readonly apply: (event: ServerEvent) => readonly ItemChange[];
}

export function createItems(): Items {
  const topics = new Map<string, Map<string, unknown>>();

  function of(topic: string): Map<string, unknown> {
    const items = topics.get(topic) ?? new Map<string, unknown>();
    topics.set(topic, items);
    return items;
  }

  function put({ topic, key, data }: Item): ItemChange {
    of(topic).set(key, data);
    return { topic, key, data };
  }

  function drop({ topic, key }: { topic: string; key: string }): ItemChange[] {
    return of(topic).delete(key) ? [{ topic, key, data: undefined }] : [];
  }

  function replace(items: readonly Item[]): ItemChange[] {
    const kept = new Set(items.map(({ topic, key }) => `${topic}/${key}`));
    const gone = [...topics].flatMap(([topic, known]) => [...known.keys()].map((key) => ({ topic, key })));
    const isNew = ({ topic, key, data }: Item) => JSON.stringify(of(topic).get(key)) !== JSON.stringify(data);
    return [
      ...gone.filter(({ topic, key }) => !kept.has(`${topic}/${key}`)).flatMap(drop),
      ...items.filter(isNew).map(put),
    ];
  }

  return {
    of,
    all: () => [...topics].flatMap(([topic, known]) => [...known].map(([key, data]) => ({ topic, key, data }))),
    apply({ event, data }) {
      if (event === 'snapshot') return replace((JSON.parse(data) as { items: Item[] }).items);
      if (event === 'upsert') return [put(JSON.parse(data) as Item)];
      if (event === 'remove') return drop(JSON.parse(data) as Item);
      return [];
    },
  };
}
