export type Paging = { first?: number | null; last?: number | null; after?: string | null; before?: string | null };

type Page<T> = {
  edges: { node: T; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
};

/** A page of a list; the cursor is the base64 of the entity's id. */
export function pageOf<T extends { id: string }>(
  items: readonly T[],
  paging: Paging = {},
  defaultSize: number,
): Page<T> {
  const { first, last, after, before } = paging;
  const from = typeof after === 'string' ? indexOf(items, after) + 1 : 0;
  const to = typeof before === 'string' ? indexOf(items, before) : items.length;
  const window = items.slice(from, to);
  const page = typeof last === 'number' ? window.slice(-last) : window.slice(0, first ?? defaultSize);
  const edges = page.map((node) => ({ node, cursor: cursorOf(node.id) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: typeof last !== 'number' && window.length > page.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64');
}

function indexOf(items: readonly { id: string }[], cursor: string): number {
  const id = Buffer.from(cursor, 'base64').toString();
  return items.findIndex((item) => item.id === id);
}
