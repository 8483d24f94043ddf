import type { ObjectMetadata } from '../types.ts';
import { upperFirst } from '../values/composites.ts';
import type { Projected } from './selected.ts';
import type { Selection } from './selection.ts';

export type Connection = {
  edges: readonly { cursor: string; node: Projected }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** totalCount and the aggregates that were selected. */
  aggregates: Readonly<Record<string, unknown>>;
};

/** A connection as selected. */
export function projectConnection(
  object: ObjectMetadata,
  selection: Selection | null,
  connection: Connection,
): Projected {
  const typeName = upperFirst(object.nameSingular);
  return projectNames(selection, (name, below) => {
    if (name === '__typename') return `${typeName}Connection`;
    if (name === 'pageInfo') return projectPageInfo(below, connection);
    if (name !== 'edges') return connection.aggregates[name];
    return connection.edges.map((edge) =>
      projectNames(below, (part) => {
        if (part === '__typename') return `${typeName}Edge`;
        return part === 'cursor' ? edge.cursor : part === 'node' ? edge.node : null;
      }),
    );
  });
}

function projectPageInfo(selection: Selection | null, connection: Connection): Projected {
  const values: Readonly<Record<string, unknown>> = {
    __typename: 'PageInfo',
    startCursor: connection.edges[0]?.cursor,
    endCursor: connection.edges.at(-1)?.cursor,
    hasNextPage: connection.hasNextPage,
    hasPreviousPage: connection.hasPreviousPage,
  };
  return projectNames(selection, (name) => values[name]);
}

function projectNames(
  selection: Selection | null,
  valueOf: (name: string, below: Selection | null) => unknown,
): Projected {
  return Object.fromEntries([...(selection ?? [])].map(([name, below]) => [name, valueOf(name, below) ?? null]));
}
