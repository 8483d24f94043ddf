import type { Column } from '../metadata/columns.ts';
import { checkDate, checkDateTime, checkNumber, checkUuid, type Purpose } from '../values/scalars.ts';
import { invalidQueryInput } from './arguments.ts';
import type { Member, PartColumn } from './shape.ts';
import { castSql, columnSql, type Params } from './sql.ts';

/** A column that a filter compares, with the operators Twenty accepts for it at run time (2.21, measured). */
export type Comparable = {
  name: string;
  typeName: string;
  column: Column;
  kind: 'text' | 'number' | 'uuid' | 'boolean' | 'date' | 'dateTime' | 'enum' | 'enumList' | 'list' | 'json' | 'vector';
  operators: readonly string[];
};

const ORDERED = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'];

const OPERATORS: Readonly<Record<Comparable['kind'], readonly string[]>> = {
  text: [...ORDERED, 'like', 'ilike', 'startsWith', 'endsWith'],
  number: ORDERED,
  uuid: ORDERED,
  boolean: ['eq', 'is'],
  date: ORDERED,
  dateTime: ORDERED,
  enum: ['eq', 'neq', 'in', 'is', 'containsAny'],
  enumList: ['containsAny', 'is', 'isEmptyArray'],
  list: ['containsIlike', 'is', 'isEmptyArray'],
  json: ['like', 'is'],
  vector: ['eq', 'neq', 'is'],
};

const KINDS: Readonly<Record<string, Comparable['kind']>> = {
  ARRAY: 'list',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATE_TIME: 'dateTime',
  FILES: 'json',
  MULTI_SELECT: 'enumList',
  NUMBER: 'number',
  NUMERIC: 'number',
  POSITION: 'number',
  RATING: 'enum',
  RAW_JSON: 'json',
  SELECT: 'enum',
  TEXT: 'text',
  TS_VECTOR: 'vector',
  UUID: 'uuid',
};

const PART_KINDS = {
  text: 'text',
  email: 'text',
  number: 'number',
  uuid: 'uuid',
  json: 'json',
  list: 'json',
  actorSource: 'enum',
} as const;

export function comparableOf(member: Extract<Member, { kind: 'scalar' | 'key' }>): Comparable {
  const { name, field, column } = member;
  const kind = member.kind === 'key' ? 'uuid' : (KINDS[field.type] ?? 'text');
  const operators = field.type === 'FILES' ? ['is'] : OPERATORS[kind];
  return { name, column, kind, operators, typeName: member.kind === 'key' ? 'UUID' : field.type };
}

export function comparablePart(fieldName: string, { part, column }: PartColumn): Comparable {
  const kind = PART_KINDS[part.kind];
  const typeName = kind === 'json' ? 'RAW_JSON' : kind === 'enum' ? 'SELECT' : kind.toUpperCase();
  return { name: `${fieldName}.${part.name}`, typeName, column, kind, operators: OPERATORS[kind] };
}

const COMPARISONS: Readonly<Record<string, string>> = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** SQL of one operator; the operand is checked as the field's values are. */
export function conditionSql(
  schema: string,
  alias: string,
  target: Comparable,
  operator: string,
  operand: unknown,
  params: Params,
): string {
  const sql = columnSql(alias, target.column.name);
  switch (operator) {
    case 'is':
      return `${sql} is ${operand === 'NOT_NULL' ? 'not null' : 'null'}`;
    case 'in':
      return inSql(schema, sql, target, operand, params);
    case 'like':
    case 'ilike':
      return `${sql}::text ${operator} ${params.add(String(operand))}`;
    case 'startsWith':
      return `${sql} like ${params.add(`${literal(operand)}%`)}`;
    case 'endsWith':
      return `${sql} like ${params.add(`%${literal(operand)}`)}`;
    case 'containsAny':
      return `${sql} && ${params.add(operand)}::${castSql(schema, { ...target.column, isArray: false }, true)}`;
    case 'containsIlike':
      return `exists (select from unnest(${sql}) item where item ilike ${params.add(String(operand))})`;
    case 'isEmptyArray':
      return `${sql} = '{}'`;
    default:
      if (operand === null) return `${sql} is ${operator === 'neq' ? 'not null' : 'null'}`;
      return comparisonSql(sql, target, operator, checkOperand(target, operand), params);
  }
}

/** Text in which the wildcards of LIKE stand for themselves. */
function literal(operand: unknown): string {
  return String(operand).replace(/[\\%_]/g, '\\$&');
}

function inSql(schema: string, sql: string, target: Comparable, operand: unknown, params: Params): string {
  if (!Array.isArray(operand) || operand.length === 0) {
    const message = `Invalid filter value for field ${target.name}. Expected non-empty array`;
    throw invalidQueryInput(message, 'Invalid filter value: ""');
  }
  const values = operand.map((value) => checkOperand(target, value));
  if (target.kind === 'dateTime') {
    return `(${values.map((value) => comparisonSql(sql, target, 'eq', value, params)).join(' or ')})`;
  }
  const condition = `${sql} = any(${params.add(values)}::${castSql(schema, target.column, true)})`;
  return target.kind === 'text' && values.includes('') ? `(${condition} or ${sql} is null)` : condition;
}

/** A comparison with a value that was checked, or that a cursor carries, which is not checked. */
export function comparisonSql(
  sql: string,
  target: Comparable,
  operator: string,
  value: unknown,
  params: Params,
): string {
  // Unset texts read as '' and are stored as NULL.
  if (target.kind === 'text' && value === '' && operator === 'eq') return `(${sql} is null or ${sql} = '')`;
  if (target.kind === 'text' && value === '' && operator === 'neq') return `(${sql} is not null and ${sql} <> '')`;
  if (target.kind === 'dateTime') return millisecondSql(sql, operator, value, params);
  const comparison = COMPARISONS[operator] ?? '=';
  const byCodePoint = target.kind === 'text' && operator !== 'eq' && operator !== 'neq' ? ' collate "C"' : '';
  return `${sql}${byCodePoint} ${comparison} ${params.add(value)}`;
}

/** Rows carry microseconds, but are compared by whole milliseconds. Written as ranges so that an index still serves. */
function millisecondSql(sql: string, operator: string, value: unknown, params: Params): string {
  const at = `${params.add(value)}::timestamptz`;
  const after = `${at} + interval '1 millisecond'`;
  switch (operator) {
    case 'gt':
      return `${sql} >= ${after}`;
    case 'gte':
      return `${sql} >= ${at}`;
    case 'lt':
      return `${sql} < ${at}`;
    case 'lte':
      return `${sql} < ${after}`;
    case 'neq':
      return `(${sql} < ${at} or ${sql} >= ${after})`;
    default:
      return `(${sql} >= ${at} and ${sql} < ${after})`;
  }
}

const FILTER: Purpose = 'filter';

function checkOperand(target: Comparable, value: unknown): unknown {
  if (value === null) return null;
  switch (target.kind) {
    case 'uuid':
      return checkUuid(target.name, value, FILTER);
    case 'number':
      return checkNumber(target.name, value, FILTER);
    case 'date':
      return checkDate(target.name, value, FILTER);
    case 'dateTime':
      return checkDateTime(target.name, value, FILTER);
    default:
      return value;
  }
}
