import type { GraphqlError } from '../errors.ts';
import { isUuid } from '../records/arguments.ts';
import type { MutationAction, Operation } from '../records/operations.ts';
import { runOperation } from '../records/run.ts';
import type { Selection } from '../records/selection.ts';
import type { Session } from '../records/session.ts';
import type { ObjectMetadata } from '../types.ts';
import { upperFirst } from '../values/composites.ts';
import { badRequest, type RestAnswer } from './answers.ts';
import { parseFilter, parseOrder } from './filter.ts';
import { fullSelection, withoutConnections } from './shape.ts';

export type RestRequest = { method: string; path: string; query: URLSearchParams; body: unknown };

type Route = { object: ObjectMetadata; id?: string; isBatch?: boolean; action?: 'groupBy' | 'duplicates' };

const DEFAULT_LIMIT = 60;
const MAX_LIMIT = 200;

/** Runs one request to /rest/<plural>; `path` is what follows /rest. */
export async function runRecordRequest(session: Session, request: RestRequest): Promise<RestAnswer> {
  const route = findRoute(session, request.path);
  const { object, id } = route;
  if (route.action === 'groupBy') return { status: 200, body: await groups(session, object, request.query) };
  if (route.action === 'duplicates') return { status: 200, body: await duplicates(session, object, request) };
  switch (request.method) {
    case 'GET':
      return {
        status: 200,
        body:
          id === undefined
            ? await list(session, object, request.query)
            : await find(session, object, id, request.query),
      };
    case 'POST':
      return create(session, object, route.isBatch === true, request);
    case 'PATCH':
    case 'PUT':
      return update(session, object, id, request);
    case 'DELETE':
      return remove(session, object, id, request.query);
    default:
      throw invalidPath(request.path);
  }
}

function findRoute(session: Session, path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const isBatch = parts[0] === 'batch';
  const [plural = '', tail, ...rest] = isBatch ? parts.slice(1) : parts;
  if (rest.length > 0) throw invalidPath(path);
  const object = session.model.byPlural.get(plural);
  if (object === undefined) throw badRequest(`object '${plural}' not found. eg: companies`);
  if (isBatch) return { object, isBatch };
  if (tail === 'groupBy' || tail === 'duplicates') return { object, action: tail };
  if (tail === undefined) return { object };
  if (isUuid(tail)) return { object, id: tail };
  throw badRequest(`'${parts.at(-1)}' is not a valid UUID`);
}

function invalidPath(path: string): GraphqlError {
  const examples = '/rest/companies/id or /rest/companies or /rest/batch/companies';
  return badRequest(`Query path '/rest${path}' invalid. Valid examples: ${examples}`);
}

type Connection = { edges: { node: unknown }[]; totalCount: number; pageInfo: Record<string, unknown> };

async function list(session: Session, object: ObjectMetadata, query: URLSearchParams): Promise<object> {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_LIMIT), MAX_LIMIT);
  const before = query.get('ending_before');
  const after = query.get('starting_after');
  const page = before === null ? { first: limit, ...(after !== null && { after }) } : { last: limit, before };
  const args = { filter: filterOf(query), orderBy: parseOrder(query.get('order_by') ?? ''), ...page };
  const selection = connectionSelection(session, object, query);
  const found = (await runOperation(session, { object, action: 'findMany' }, args, selection)) as Connection;
  const { startCursor, endCursor, ...others } = found.pageInfo;
  // Backwards the two cursors change places, while the rows keep the requested order (Twenty 2.21, measured).
  const cursors = before === null ? { startCursor, endCursor } : { startCursor: endCursor, endCursor: startCursor };
  return {
    data: { [object.namePlural]: found.edges.map((edge) => withoutConnections(edge.node)) },
    totalCount: found.totalCount,
    pageInfo: { ...cursors, ...others },
  };
}

async function find(session: Session, object: ObjectMetadata, id: string, query: URLSearchParams): Promise<object> {
  const selection = fullSelection(session, object, depthOf(query));
  const record = await runOperation(session, { object, action: 'findOne' }, { filter: { id: { eq: id } } }, selection);
  return { data: { [object.nameSingular]: withoutConnections(record) } };
}

async function create(
  session: Session,
  object: ObjectMetadata,
  isBatch: boolean,
  { query, body }: RestRequest,
): Promise<RestAnswer> {
  const args = { data: body, upsert: query.get('upsert') === 'true' };
  const data = await write(session, { object, action: isBatch ? 'createMany' : 'createOne' }, args, query);
  return { status: 201, body: { data } };
}

/** Without a filter all rows are meant, up to 200: there is no protection, unlike deletion (Twenty 2.21, measured). */
async function update(
  session: Session,
  object: ObjectMetadata,
  id: string | undefined,
  { query, body }: RestRequest,
): Promise<RestAnswer> {
  const target = id === undefined ? { filter: filterOf(query) } : { id };
  const action = id === undefined ? 'updateMany' : 'updateOne';
  return { status: 200, body: { data: await write(session, { object, action }, { ...target, data: body }, query) } };
}

/** Destroys for good unless soft_delete=true is asked (Twenty 2.21, measured). */
async function remove(
  session: Session,
  object: ObjectMetadata,
  id: string | undefined,
  query: URLSearchParams,
): Promise<RestAnswer> {
  if (id === undefined && !query.has('filter')) {
    throw badRequest(
      'Filters are mandatory for bulk delete operations. ' +
        'Please provide at least one filter to prevent accidental deletion of all records.',
    );
  }
  const isSoft = query.get('soft_delete') === 'true';
  const scope = id === undefined ? 'Many' : 'One';
  const target = id === undefined ? { filter: filterOf(query) } : { id };
  const action: MutationAction = isSoft ? `delete${scope}` : `destroy${scope}`;
  const data = await write(session, { object, action }, target, query);
  const [name = '', value] = Object.entries(data)[0] ?? [];
  const shown = isSoft ? value : Array.isArray(value) ? value.map(idOnly) : idOnly(value);
  return { status: 200, body: { data: { [name.replace('destroy', 'delete')]: shown } } };
}

function idOnly(record: unknown): object {
  return { id: (record as { id: string }).id };
}

async function write(
  session: Session,
  operation: Operation & { action: MutationAction },
  args: Record<string, unknown>,
  query: URLSearchParams,
): Promise<Record<string, unknown>> {
  const { object, action } = operation;
  const result = await runOperation(session, operation, args, fullSelection(session, object, depthOf(query)));
  const isMany = action.endsWith('Many');
  const name = action.replace(/(One|Many)$/, '') + upperFirst(isMany ? object.namePlural : object.nameSingular);
  return { [name]: Array.isArray(result) ? result.map(withoutConnections) : withoutConnections(result) };
}

async function groups(session: Session, object: ObjectMetadata, query: URLSearchParams): Promise<unknown[]> {
  const aggregates = jsonParameter(query, 'aggregate', []) as string[];
  const selection = leaves([...aggregates, 'groupByDimensionValues']);
  const limit = query.get('limit');
  const args = {
    groupBy: jsonParameter(query, 'group_by', []),
    filter: filterOf(query),
    ...(limit !== null && { limit: Number(limit) }),
  };
  const found = (await runOperation(session, { object, action: 'groupBy' }, args, selection)) as Record<
    string,
    unknown
  >[];
  return found.map((group) =>
    Object.fromEntries(
      Object.entries(group).map(([name, value]) => [name, /^(count|totalCount)/.test(name) ? String(value) : value]),
    ),
  );
}

async function duplicates(session: Session, object: ObjectMetadata, { query, body }: RestRequest): Promise<object> {
  const { data, ids } = (body ?? {}) as { data?: unknown; ids?: unknown };
  const selection = connectionSelection(session, object, query);
  const args = { ...(data !== undefined && { data }), ...(ids !== undefined && { ids }) };
  const found = (await runOperation(session, { object, action: 'findDuplicates' }, args, selection)) as Connection[];
  return {
    data: found.map(({ edges, totalCount, pageInfo }) => ({
      [`${object.nameSingular}Duplicates`]: edges.map((edge) => withoutConnections(edge.node)),
      totalCount,
      pageInfo,
    })),
  };
}

function connectionSelection(session: Session, object: ObjectMetadata, query: URLSearchParams): Selection {
  const nodes: Selection = new Map([['node', fullSelection(session, object, depthOf(query))]]);
  const pageInfo = leaves(['startCursor', 'endCursor', 'hasNextPage', 'hasPreviousPage']);
  return leaves(['totalCount']).set('edges', nodes).set('pageInfo', pageInfo);
}

function leaves(names: readonly string[]): Selection {
  return new Map(names.map((name) => [name, null]));
}

function filterOf(query: URLSearchParams): Record<string, unknown> {
  const text = query.get('filter');
  return text === null ? {} : parseFilter(text);
}

function depthOf(query: URLSearchParams): number {
  return Number(query.get('depth') ?? 1);
}

function jsonParameter(query: URLSearchParams, name: string, fallback: unknown): unknown {
  const text = query.get(name);
  if (text === null) return fallback;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`'${name}' is not valid JSON`);
  }
}
