import { GraphqlError } from '../errors.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import { invalidQueryInput, isObject } from './arguments.ts';
import { type Comparable, comparableOf, comparablePart, comparisonSql } from './conditions.ts';
import { formatPartNamed, formatValue } from './format.ts';
import { objectById, type Row, shapeOf } from './session.ts';
import type { Member } from './shape.ts';
import { columnSql, type Params, tableSql } from './sql.ts';

type Direction = { isDescending: boolean; nullsFirst: boolean };

/** One ordered column: of the record itself, or of a record it belongs to. */
export type OrderKey = Direction & {
  sql: string;
  /** How the value stands in the cursor; absent for a related record, which no cursor can carry. */
  own?: { target: Comparable; path: readonly string[]; member: Member };
};

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  AscNullsFirst: { isDescending: false, nullsFirst: true },
  AscNullsLast: { isDescending: false, nullsFirst: false },
  DescNullsFirst: { isDescending: true, nullsFirst: true },
  DescNullsLast: { isDescending: true, nullsFirst: false },
};

/** The keys of an orderBy argument, always completed by the id. */
export function readOrder(model: Model, object: ObjectMetadata, alias: string, orderBy: unknown): OrderKey[] {
  const entries = (Array.isArray(orderBy) ? orderBy : [orderBy]).flatMap((entry) =>
    isObject(entry) ? Object.entries(entry) : [],
  );
  const keys = entries.flatMap(([name, value]) => keysOf(model, object, alias, name, value));
  const hasId = keys.some((key) => key.own?.path.length === 1 && key.own.path[0] === 'id');
  return hasId ? keys : [...keys, ...keysOf(model, object, alias, 'id', 'AscNullsLast')];
}

export function orderSql(keys: readonly OrderKey[], isReversed: boolean): string {
  const parts = keys.map((key) => {
    const isDescending = key.isDescending !== isReversed;
    const nullsFirst = key.nullsFirst !== isReversed;
    return `${key.sql} ${isDescending ? 'desc' : 'asc'} nulls ${nullsFirst ? 'first' : 'last'}`;
  });
  return parts.join(', ');
}

/**
 * Base64 of the ordered values and the id: `{"name":"page-3","id":"..."}`. A value that was not selected is missing,
 * so such a cursor does not lead to the next page (Twenty 2.21, measured).
 */
export function cursorOf(keys: readonly OrderKey[], row: Row): string {
  const values: Record<string, unknown> = {};
  for (const { own } of keys) {
    if (own === undefined) continue;
    const [name = '', part] = own.path;
    if (part === undefined || own.member.kind !== 'composite') {
      values[name] = isRead(own.target, row) ? formatValue(own.member, row) : undefined;
    } else {
      const value = isRead(own.target, row) ? formatPartNamed(own.member, part, row) : undefined;
      values[name] = { ...(values[name] as object), [part]: value };
    }
  }
  return Buffer.from(JSON.stringify(values)).toString('base64');
}

/**
 * Rows beyond a cursor. Only the values that the cursor has are compared, NULL matches nothing, and times compare by
 * milliseconds although rows carry microseconds: rows get lost exactly as they do in Twenty 2.21 (measured).
 */
export function beyondSql(
  alias: string,
  keys: readonly OrderKey[],
  cursor: string,
  isBackward: boolean,
  params: Params,
): string {
  const values = decodeCursor(cursor);
  const present = keys.flatMap((key) => {
    if (key.own === undefined) return [];
    const value = valueAt(values, key.own.path);
    return value === undefined
      ? []
      : [{ target: key.own.target, value, operator: key.isDescending !== isBackward ? 'lt' : 'gt' }];
  });
  const compare = ({ target, value }: (typeof present)[number], operator: string) =>
    comparisonSql(columnSql(alias, target.column.name), target, operator, value, params);
  const alternatives = present.map((last, index) => {
    const equal = present.slice(0, index).map((key) => compare(key, 'eq'));
    return `(${[...equal, compare(last, last.operator)].join(' and ')})`;
  });
  return alternatives.length === 0 ? 'true' : `(${alternatives.join(' or ')})`;
}

function isRead(target: Comparable, row: Row): boolean {
  return target.column.name in row;
}

function decodeCursor(cursor: string): Record<string, unknown> {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    if (isObject(values)) return values;
  } catch {
    // Falls through to the refusal: text that is no JSON is as bad as JSON that is no object.
  }
  throw new GraphqlError(`Invalid cursor: ${cursor}`, 'BAD_USER_INPUT', {
    subCode: 'INVALID_CURSOR',
    userFriendlyMessage: 'An error occurred.',
  });
}

function valueAt(values: Record<string, unknown>, path: readonly string[]): unknown {
  const [name = '', part] = path;
  const value = values[name];
  if (part === undefined) return value;
  return isObject(value) ? value[part] : undefined;
}

function keysOf(model: Model, object: ObjectMetadata, alias: string, name: string, value: unknown): OrderKey[] {
  const member = shapeOf(model, object).members.get(name);
  if (member === undefined || member.kind === 'many') {
    if (member === undefined) throw notSortable(name);
    throw needsNesting(name);
  }
  if (member.kind === 'composite') return partKeys(member, alias, value);
  if (member.kind === 'one') return relatedKeys(model, member, alias, value);
  const target = comparableOf(member);
  return [{ ...directionOf(name, value), sql: sortable(alias, target), own: { target, path: [name], member } }];
}

function partKeys(member: Extract<Member, { kind: 'composite' }>, alias: string, value: unknown): OrderKey[] {
  if (!isObject(value)) {
    const example = `{ ${member.name}: { subFieldName: 'AscNullsFirst' } }`;
    throw invalidQueryInput(`Composite field "${member.name}" requires subfield ordering (e.g., ${example})`);
  }
  return Object.entries(value).map(([name, direction]) => {
    const part = member.parts.find((candidate) => candidate.part.name === name);
    if (part === undefined)
      throw invalidQueryInput(`Sub field "${name}" not found for composite type: ${member.field.type}`);
    const target = comparablePart(member.name, part);
    return {
      ...directionOf(`${member.name}.${name}`, direction),
      sql: sortable(alias, target),
      own: { target, path: [member.name, name], member },
    };
  });
}

function relatedKeys(
  model: Model,
  member: Extract<Member, { kind: 'one' }>,
  alias: string,
  value: unknown,
): OrderKey[] {
  if (!isObject(value)) throw needsNesting(member.name);
  const target = objectById(model, member.end.targetObjectId);
  const table = tableSql(model.workspace.recordSchema, target);
  const from = `from ${table} ordered where ordered.id = ${columnSql(alias, member.column.name)}`;
  return Object.entries(value).flatMap(([name, inner]) =>
    keysOf(model, target, 'ordered', name, inner).map(({ own: _own, sql, ...direction }) => ({
      ...direction,
      sql: `(select ${sql} ${from})`,
    })),
  );
}

function notSortable(name: string): GraphqlError {
  return new GraphqlError(`Field "${name}" does not exist or is not sortable`, 'BAD_USER_INPUT', {
    subCode: 'FIELD_NOT_FOUND',
    userFriendlyMessage: 'An error occurred.',
  });
}

function needsNesting(name: string): GraphqlError {
  const example = `{ ${name}: { fieldName: 'AscNullsFirst' } }`;
  return invalidQueryInput(`Relation field "${name}" requires nested field ordering (e.g., ${example})`);
}

function directionOf(name: string, value: unknown): Direction {
  const direction = typeof value === 'string' ? DIRECTIONS[value] : undefined;
  if (direction !== undefined) return direction;
  const names = Object.keys(DIRECTIONS).join(', ');
  throw invalidQueryInput(`Scalar field "${name}" requires a direction value (${names})`);
}

/** Texts are ordered by code point, upper case before lower case (Twenty 2.21, measured). */
function sortable(alias: string, target: Comparable): string {
  const sql = columnSql(alias, target.column.name);
  return target.kind === 'text' ? `${sql} collate "C"` : sql;
}
