import type { Client, Reply } from './client.ts';

export type ObjectName = { singular: string; plural: string };
export type Filter = Record<string, unknown>;
export type Data = Record<string, unknown>;
export type FindArguments = {
  filter?: Filter;
  orderBy?: unknown;
  first?: number;
  last?: number;
  after?: string;
  before?: string;
  offset?: number;
};

/** The record operations of one object, named as Twenty names them. */
export type Records = {
  findMany(args: FindArguments, selection?: string): Promise<Reply>;
  findOne(filter: Filter, selection?: string): Promise<Reply>;
  groupBy(args: Record<string, unknown>, selection: string): Promise<Reply>;
  create(data: Data, selection?: string, upsert?: boolean): Promise<Reply>;
  createMany(data: Data[], selection?: string): Promise<Reply>;
  upsert(data: Data[], selection?: string): Promise<Reply>;
  update(id: string, data: Data, selection?: string): Promise<Reply>;
  updateMany(filter: Filter, data: Data, selection?: string): Promise<Reply>;
  delete(id: string, selection?: string): Promise<Reply>;
  deleteMany(filter: Filter, selection?: string): Promise<Reply>;
  restore(id: string, selection?: string): Promise<Reply>;
  restoreMany(filter: Filter, selection?: string): Promise<Reply>;
  destroy(id: string, selection?: string): Promise<Reply>;
  /** By ids only: a filter that matches too much would destroy what is not ours. */
  destroyMany(ids: readonly string[], selection?: string): Promise<Reply>;
};

export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const pageSelection =
  'totalCount edges{cursor node{id name}} pageInfo{hasNextPage hasPreviousPage startCursor endCursor}';

export function recordsOf(client: Client, { singular, plural }: ObjectName): Records {
  const one = pascal(singular);
  const many = pascal(plural);
  const query = (root: string, args: object, selection: string) => run(client, 'query', root, args, selection);
  const mutation = (root: string, args: object, selection: string) => run(client, 'mutation', root, args, selection);
  return {
    findMany: (args, selection = pageSelection) => query(plural, args, selection),
    findOne: (filter, selection = 'id name') => query(singular, { filter }, selection),
    groupBy: (args, selection) => query(`${plural}GroupBy`, args, selection),
    create: (data, selection = 'id', upsert) =>
      mutation(`create${one}`, { data, ...(upsert !== undefined && { upsert }) }, selection),
    createMany: (data, selection = 'id') => mutation(`create${many}`, { data }, selection),
    upsert: (data, selection = 'id') => mutation(`create${many}`, { data, upsert: true }, selection),
    update: (id, data, selection = 'id') => mutation(`update${one}`, { id, data }, selection),
    updateMany: (filter, data, selection = 'id') => mutation(`update${many}`, { filter, data }, selection),
    delete: (id, selection = 'id deletedAt') => mutation(`delete${one}`, { id }, selection),
    deleteMany: (filter, selection = 'id deletedAt') => mutation(`delete${many}`, { filter }, selection),
    restore: (id, selection = 'id deletedAt') => mutation(`restore${one}`, { id }, selection),
    restoreMany: (filter, selection = 'id deletedAt') => mutation(`restore${many}`, { filter }, selection),
    destroy: (id, selection = 'id') => mutation(`destroy${one}`, { id }, selection),
    destroyMany: (ids, selection = 'id') => {
      if (ids.length === 0)
        throw new Error('destroyMany needs ids: an empty filter destroys every record of the object.');
      return mutation(`destroy${many}`, { filter: { id: { in: ids } } }, selection);
    },
  };
}

/** Twenty substitutes variables without looking at their declarations, so none are sent ("Twenty 2.21, measured"). */
function run(
  client: Client,
  kind: 'query' | 'mutation',
  root: string,
  args: object,
  selection: string,
): Promise<Reply> {
  const given = Object.keys(args).map((name) => `${name}:$${name}`);
  const call = given.length > 0 ? `${root}(${given.join(',')})` : root;
  return client.graphql(`${kind}{${call}{${selection}}}`, { ...args });
}
