import { GraphqlError } from '../errors.ts';
import type { Model, ObjectMetadata } from '../types.ts';
import { isObject } from './arguments.ts';
import { conditionSql, type Comparable, comparableOf, comparablePart } from './conditions.ts';
import { objectById, shapeOf } from './session.ts';
import type { Member } from './shape.ts';
import { columnSql, type Params, tableSql } from './sql.ts';

type FilterScope = { model: Model; object: ObjectMetadata; alias: string; params: Params; hops: number };

/** SQL of a record filter; `true` for an empty one. Throws INVALID_ARGS_FILTER for what Twenty refuses. */
export function filterSql(
  model: Model,
  object: ObjectMetadata,
  alias: string,
  filter: unknown,
  params: Params,
): string {
  return groupSql({ model, object, alias, params, hops: 0 }, filter);
}

/** Soft-deleted rows are hidden unless the filter mentions deletedAt anywhere. */
export function visibleSql(alias: string, filter: unknown): string {
  return mentionsDeletedAt(filter) ? 'true' : `${alias}."deletedAt" is null`;
}

function mentionsDeletedAt(filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.some(mentionsDeletedAt);
  if (!isObject(filter)) return false;
  return 'deletedAt' in filter || Object.values(filter).some(mentionsDeletedAt);
}

function groupSql(scope: FilterScope, filter: unknown): string {
  if (!isObject(filter)) return 'true';
  const conditions = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => entrySql(scope, name, value));
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
}

function entrySql(scope: FilterScope, name: string, value: unknown): string {
  if (name === 'and' || name === 'or') {
    const groups = (Array.isArray(value) ? value : [value]).map((entry) => groupSql(scope, entry));
    return groups.length === 0 ? 'true' : `(${groups.join(` ${name} `)})`;
  }
  if (name === 'not') return `not ${groupSql(scope, value)}`;
  const member = shapeOf(scope.model, scope.object).members.get(name);
  if (member === undefined) throw unknownField(scope.object, name);
  return memberSql(scope, member, value);
}

function memberSql(scope: FilterScope, member: Member, value: unknown): string {
  switch (member.kind) {
    case 'many': {
      const friendly = `Invalid filter: filtering by relation field "${member.name}" is not supported`;
      throw invalidFilter(`Cannot filter by relation field "${member.name}"`, friendly);
    }
    case 'one':
      return relatedSql(scope, member, value);
    case 'composite':
      return compositeSql(scope, member, value);
    default:
      return operatorSql(scope, comparableOf(member), value);
  }
}

function relatedSql(scope: FilterScope, member: Extract<Member, { kind: 'one' }>, value: unknown): string {
  if (scope.hops > 0) {
    throw invalidFilter(
      'Relation filter nesting deeper than 1 hop is not supported',
      'Relation filters can only traverse one relation deep',
    );
  }
  const target = objectById(scope.model, member.end.targetObjectId);
  const alias = 'related';
  const inner = groupSql({ ...scope, object: target, alias, hops: scope.hops + 1 }, value);
  const table = tableSql(scope.model.workspace.recordSchema, target);
  return `exists (select from ${table} ${alias} where ${alias}.id = ${columnSql(scope.alias, member.column.name)} and ${inner})`;
}

function compositeSql(scope: FilterScope, member: Extract<Member, { kind: 'composite' }>, value: unknown): string {
  if (!isObject(value)) throw notAnObject(member.name);
  const conditions = Object.entries(value).map(([name, operators]) => {
    const found = member.parts.find((candidate) => candidate.part.name === name);
    if (found === undefined) {
      const message = `Sub field "${name}" not found for composite type: ${member.field.type}`;
      throw invalidFilter(message, 'An error occurred.');
    }
    return operatorSql(scope, comparablePart(member.name, found), operators);
  });
  return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
}

function operatorSql(scope: FilterScope, target: Comparable, value: unknown): string {
  if (!isObject(value)) throw notAnObject(target.name);
  const operators = Object.entries(value).filter(([, operand]) => operand !== undefined);
  const [only, ...others] = operators;
  if (only === undefined || others.length > 0) throw exactlyOneOperator(target.name);
  const [operator, operand] = only;
  if (!target.operators.includes(operator)) throw operatorRefused(target, operator);
  checkOperand(target, operator, operand);
  return conditionSql(scope.model.workspace.recordSchema, scope.alias, target, operator, operand, scope.params);
}

const TEXT_OPERATORS = new Set(['like', 'ilike', 'startsWith', 'endsWith', 'containsIlike']);

function checkOperand(target: Comparable, operator: string, operand: unknown): void {
  if (operator === 'is' && operand !== 'NULL' && operand !== 'NOT_NULL') {
    const message = 'Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"';
    throw invalidFilter(message, 'Invalid value for "is" operator');
  }
  if (TEXT_OPERATORS.has(operator) && typeof operand !== 'string') {
    throw invalidFilter(
      `Filter operator "${operator}" requires a string value for field "${target.name}", got ${typeof operand}`,
      `Invalid filter: "${operator}" operator requires a String`,
    );
  }
}

function notAnObject(name: string): GraphqlError {
  const friendly = 'Invalid filter: filter value must be an object';
  return invalidFilter(`Filter value for field "${name}" must be an object`, friendly);
}

function operatorRefused(target: Comparable, operator: string): GraphqlError {
  return invalidFilter(
    `Operator "${operator}" is not valid for field "${target.name}" of type ${target.typeName}` +
      ` - Allowed operators: ${target.operators.join(', ')}`,
    `Invalid filter : Operator "${operator}" is not valid for this "${target.name}" ${target.typeName} field`,
  );
}

function exactlyOneOperator(name: string): GraphqlError {
  return invalidFilter(
    `Filter for field "${name}" must have exactly one operator`,
    'Invalid filter: exactly one operator per field is required',
  );
}

function unknownField(object: ObjectMetadata, name: string): GraphqlError {
  return invalidFilter(
    `Object ${object.nameSingular} doesn't have any "${name}" field.`,
    `Invalid filter : ${object.nameSingular} object doesn't have any "${name}" field.`,
  );
}

function invalidFilter(message: string, userFriendlyMessage: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode: 'INVALID_ARGS_FILTER', userFriendlyMessage });
}
