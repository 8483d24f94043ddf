import { GraphqlError } from '../errors.ts';
import type { ObjectMetadata } from '../types.ts';
import { loadAggregates, selectedAggregates } from './aggregate.ts';
import { type Arguments, checkAllowed, invalidQueryInput, isObject } from './arguments.ts';
import { projectConnection } from './connection.ts';
import { filterSql, visibleSql } from './filter.ts';
import { beyondSql, cursorOf, type OrderKey, orderSql, readOrder } from './order.ts';
import { projectRecords } from './project.ts';
import { columnsFor, demandSelection, type Projected } from './selected.ts';
import type { Selection } from './selection.ts';
import { type Row, type Session, shapeOf } from './session.ts';
import { createParams, readSql, tableSql } from './sql.ts';

const DEFAULT_PAGE = 200;

type Page = { limit: number; offset: number; cursor: string | undefined; isBackward: boolean };

export async function findMany(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  selection: Selection | null,
): Promise<Projected> {
  checkAllowed(args, ['filter', 'orderBy', 'first', 'last', 'before', 'after', 'offset', 'limit']);
  const page = readPage(args);
  const order = readOrder(session.model, object, 'r', args['orderBy']);
  const nodes = selection?.get('edges')?.get('node') ?? null;
  demandSelection(session, object, nodes);
  session.permissions.demandReadable(
    order.flatMap((key) => key.own?.member.field ?? []),
    object,
  );
  const wantsRows = selection?.has('edges') === true || selection?.has('pageInfo') === true;
  const found = wantsRows ? await loadPage(session, object, args['filter'], order, page, nodes) : [];
  const rows = found.slice(0, page.limit);
  const hasMore = found.length > page.limit;
  if (page.isBackward) rows.reverse();
  const records = await projectRecords(session, object, rows, nodes);
  return projectConnection(object, selection, {
    edges: rows.map((row, index) => ({ cursor: cursorOf(order, row), node: records[index] ?? {} })),
    hasNextPage: !page.isBackward && hasMore,
    hasPreviousPage: page.isBackward && hasMore,
    aggregates: await aggregatesOf(session, object, args['filter'], selection),
  });
}

/** One record; not found is an error, not null (Twenty 2.21, measured). */
export async function findOne(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  selection: Selection | null,
): Promise<Projected | null> {
  checkAllowed(args, ['filter']);
  const { filter } = args;
  if (!isObject(filter) || Object.keys(filter).length === 0) throw invalidQueryInput('Missing filter argument');
  demandSelection(session, object, selection);
  const order = readOrder(session.model, object, 'r', []);
  const page: Page = { limit: 0, offset: 0, cursor: undefined, isBackward: false };
  const rows = await loadPage(session, object, filter, order, page, selection);
  if (rows.length === 0) throw recordNotFound();
  const [record] = await projectRecords(session, object, rows, selection);
  return record ?? null;
}

export function recordNotFound(): GraphqlError {
  return new GraphqlError('Record not found', 'NOT_FOUND', {
    subCode: 'RECORD_NOT_FOUND',
    userFriendlyMessage: 'This record does not exist or has been deleted.',
  });
}

function readPage(args: Arguments): Page {
  const { first, last, before, after, offset, limit, filter } = args;
  if (isSent(filter) && !isObject(filter)) throw invalidQueryInput('Invalid argument: "filter" must be an object');
  for (const [name, value] of Object.entries({ first, last, offset })) {
    if (isSent(value) && typeof value !== 'number')
      throw invalidQueryInput(`Invalid argument: "${name}" must be a number`);
  }
  if (isSent(first) && isSent(last)) throw pageError('Cannot provide both first and last', 'ARGS_CONFLICT');
  if (isSent(before) && isSent(after)) throw pageError('Cannot provide both before and after', 'ARGS_CONFLICT');
  if (typeof first === 'number' && first < 0)
    throw pageError('First argument must be non-negative', 'INVALID_ARGS_FIRST');
  if (typeof last === 'number' && last < 0) throw pageError('Last argument must be non-negative', 'INVALID_ARGS_LAST');
  const cursor = isSent(before) ? before : after;
  const size = [first, last, limit].find((value) => typeof value === 'number');
  return {
    limit: size ?? DEFAULT_PAGE,
    offset: typeof offset === 'number' ? offset : 0,
    cursor: isSent(cursor) ? String(cursor) : undefined,
    isBackward: isSent(before),
  };
}

function isSent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function pageError(message: string, subCode: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode, userFriendlyMessage: 'An error occurred.' });
}

/** One row more than the page has, so that the caller sees whether there are others. */
async function loadPage(
  session: Session,
  object: ObjectMetadata,
  filter: unknown,
  order: readonly OrderKey[],
  page: Page,
  nodes: Selection | null,
): Promise<Row[]> {
  const { model } = session;
  const schema = model.workspace.recordSchema;
  const params = createParams();
  const conditions = [visibleSql('r', filter), filterSql(model, object, 'r', filter, params)];
  if (page.cursor !== undefined) {
    conditions.push(beyondSql('r', order, page.cursor, page.isBackward, params));
  }
  const { columns } = shapeOf(model, object);
  const names = columnsFor(model, object, nodes);
  const list = [...names].flatMap((name) => columns.get(name) ?? []).map((column) => readSql('r', column));
  const { rows } = await session.db.query(
    `select ${list.join(', ')} from ${tableSql(schema, object)} r where ${conditions.join(' and ')}
     order by ${orderSql(order, page.isBackward)} limit ${params.add(page.limit + 1)} offset ${params.add(page.offset)}`,
    params.values,
  );
  return rows;
}

async function aggregatesOf(
  session: Session,
  object: ObjectMetadata,
  filter: unknown,
  selection: Selection | null,
): Promise<Record<string, unknown>> {
  const params = createParams();
  const condition = `${visibleSql('r', filter)} and ${filterSql(session.model, object, 'r', filter, params)}`;
  return loadAggregates(session, object, selectedAggregates(session, object, selection), condition, params);
}
