import { GraphqlError } from '../errors.ts';
import { quoteText } from '../store.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import { formatAggregate, selectedAggregates } from './aggregate.ts';
import { type Arguments, checkAllowed, invalidQueryInput, isObject } from './arguments.ts';
import { projectConnection } from './connection.ts';
import { filterSql, visibleSql } from './filter.ts';
import { cursorOf, orderSql, readOrder } from './order.ts';
import { projectRecords } from './project.ts';
import { demandSelection, type Projected } from './selected.ts';
import type { Selection } from './selection.ts';
import { objectById, type Row, type Session, shapeOf } from './session.ts';
import { columnSql, createParams, readAllSql, tableSql } from './sql.ts';

/** Sample records of each group. */
const RECORDS_PER_GROUP = 10;

/** Groups with their aggregates and, when edges are selected, sample records. */
export async function groupBy(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  selection: Selection | null,
): Promise<Projected[]> {
  checkAllowed(args, ['groupBy', 'filter', 'orderBy', 'orderByForRecords', 'limit', 'viewId', 'offsetForRecords']);
  session.permissions.demand('read', object);
  const { groupBy: wanted } = args;
  if (!Array.isArray(wanted)) throw invalidQueryInput('Missing required argument: "groupBy" must be an array.');
  const dimensions = wanted.map((entry) => dimensionSql(session.model, object, 'r', entry));
  const aggregates = selectedAggregates(session, object, selection);
  const groups = await loadGroups(session, object, args, dimensions, aggregates);
  return Promise.all(
    groups.map(async (row) => {
      const values = dimensions.map((_, index) => row[`d${index}`] ?? null);
      const edges =
        selection?.has('edges') === true
          ? await groupRecords(session, object, args, dimensions, values, selection)
          : [];
      const found = [...aggregates.keys()].map((name, index) => [name, formatAggregate(row[`a${index}`])]);
      return projectConnection(object, selection, {
        edges,
        hasNextPage: false,
        hasPreviousPage: false,
        aggregates: { ...Object.fromEntries(found), groupByDimensionValues: values },
      });
    }),
  );
}

async function loadGroups(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  dimensions: readonly string[],
  aggregates: ReadonlyMap<string, string>,
): Promise<Row[]> {
  const params = createParams();
  const { filter, limit } = args;
  const table = tableSql(session.model.workspace.recordSchema, object);
  const list = [
    ...dimensions.map((sql, index) => `${sql} as "d${index}"`),
    ...[...aggregates.values()].map((sql, index) => `${sql} as "a${index}"`),
    'count(*) as "__size"',
  ];
  const where = `${visibleSql('r', filter)} and ${filterSql(session.model, object, 'r', filter, params)}`;
  const grouping = dimensions.length === 0 ? '' : `group by ${dimensions.map((_, index) => index + 1).join(', ')}`;
  const order = groupOrderSql(session, object, args['orderBy'], dimensions);
  const cut = typeof limit === 'number' ? `limit ${params.add(limit)}` : '';
  const text = `select ${list.join(', ')} from ${table} r where ${where} ${grouping} ${order} ${cut}`;
  return (await session.db.query(text, params.values)).rows;
}

function groupOrderSql(
  session: Session,
  object: ObjectMetadata,
  orderBy: unknown,
  dimensions: readonly string[],
): string {
  const entries = (Array.isArray(orderBy) ? orderBy : [orderBy]).filter(isObject);
  const keys = entries.flatMap((entry) =>
    Object.entries(entry).flatMap(([name, value]) => {
      const inner = isObject(value) ? Object.entries(value) : [];
      if (name !== 'aggregate')
        return [`${dimensionSql(session.model, object, 'r', { [name]: groupingOf(value) })} ${directionSql(value)}`];
      return inner.flatMap(([aggregate, direction]) => {
        const sql = selectedAggregates(session, object, new Map([[aggregate, null]])).get(aggregate);
        return sql === undefined ? [] : [`${sql} ${directionSql(direction)}`];
      });
    }),
  );
  const fallback = dimensions.map((_, index) => `${index + 1} nulls last`);
  return [...keys, ...fallback].length === 0 ? '' : `order by ${[...keys, ...fallback].join(', ')}`;
}

function groupingOf(value: unknown): unknown {
  if (!isObject(value)) return true;
  const { orderBy: _direction, ...grouping } = value;
  return Object.keys(grouping).length === 0 || Object.values(grouping).some(isObject) ? grouping : mapToTrue(grouping);
}

function mapToTrue(grouping: Record<string, unknown>): Record<string, unknown> {
  const isDate = 'granularity' in grouping;
  return isDate ? grouping : Object.fromEntries(Object.keys(grouping).map((name) => [name, true]));
}

function directionSql(value: unknown): string {
  const text = JSON.stringify(value);
  const direction = text.includes('Desc') ? 'desc' : 'asc';
  return `${direction} nulls ${text.includes('NullsFirst') ? 'first' : 'last'}`;
}

async function groupRecords(
  session: Session,
  object: ObjectMetadata,
  args: Arguments,
  dimensions: readonly string[],
  values: readonly unknown[],
  selection: Selection,
): Promise<{ cursor: string; node: Projected }[]> {
  const params = createParams();
  const nodes = selection.get('edges')?.get('node') ?? null;
  demandSelection(session, object, nodes);
  const order = readOrder(session.model, object, 'r', args['orderByForRecords']);
  const same = dimensions.map(
    (sql, index) => `(${sql})::text is not distinct from ${params.add(textOf(values[index]))}::text`,
  );
  const { filter } = args;
  const where = [visibleSql('r', filter), filterSql(session.model, object, 'r', filter, params), ...same].join(' and ');
  const columns = readAllSql('r', shapeOf(session.model, object).columns.values());
  const table = tableSql(session.model.workspace.recordSchema, object);
  const { rows } = await session.db.query(
    `select ${columns} from ${table} r where ${where} order by ${orderSql(order, false)} limit ${RECORDS_PER_GROUP}`,
    params.values,
  );
  const records = await projectRecords(session, object, rows, nodes);
  return rows.map((row, index) => ({ cursor: cursorOf(order, row), node: records[index] ?? {} }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const GRANULARITIES: Readonly<Record<string, string>> = {
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
};

/** SQL of one dimension: a field, a part of a composite, a date by granularity, or one of these through a relation. */
function dimensionSql(model: Model, object: ObjectMetadata, alias: string, entry: unknown): string {
  const [only] = isObject(entry) ? Object.entries(entry) : [];
  if (only === undefined) throw invalidQueryInput('Invalid groupBy: each entry names one field');
  const [name, value] = only;
  const member = shapeOf(model, object).members.get(name);
  if (member === undefined || member.kind === 'many') {
    throw invalidQueryInput(`Unidentified field in groupBy: ${name}`);
  }
  if (member.kind === 'one') {
    const target = objectById(model, member.end.targetObjectId);
    const table = tableSql(model.workspace.recordSchema, target);
    const inner = dimensionSql(model, target, 'grouped', value);
    return `(select ${inner} from ${table} grouped where grouped.id = ${columnSql(alias, member.column.name)})`;
  }
  if (member.kind === 'composite') {
    const [part] = isObject(value) ? Object.keys(value) : [];
    const found = member.parts.find((candidate) => candidate.part.name === part);
    if (found === undefined)
      throw invalidQueryInput(`Sub field "${part}" not found for composite type: ${member.field.type}`);
    return castForGroup(columnSql(alias, found.column.name), found.column.type);
  }
  const sql = columnSql(alias, member.column.name);
  if (member.kind === 'scalar' && isObject(value)) return dateSql(sql, member.field.type, value);
  return castForGroup(sql, member.column.type);
}

function castForGroup(sql: string, type: string): string {
  if (type === 'numeric') return `${sql}::float8`;
  return ['double precision', 'boolean', 'uuid', 'text', 'text[]'].includes(type) ? sql : `${sql}::text`;
}

function dateSql(sql: string, type: string, value: Record<string, unknown>): string {
  const { granularity, timeZone } = value;
  const unit = GRANULARITIES[String(granularity)];
  if (unit === undefined) throw invalidQueryInput(`Unknown date granularity ${String(granularity)}`);
  if (type === 'DATE') return `date_trunc('${unit}', ${sql})::date::text`;
  if (typeof timeZone !== 'string') {
    throw new GraphqlError(
      'Time zone should be specified for a group by date on Day, Week, Month, Quarter or Year',
      'BAD_USER_INPUT',
      { subCode: 'MISSING_TIMEZONE_FOR_DATE_GROUP_BY', userFriendlyMessage: 'An error occurred.' },
    );
  }
  return `date_trunc('${unit}', ${sql} at time zone ${quoteText(timeZone)})::date::text`;
}
