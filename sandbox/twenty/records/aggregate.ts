import type { ObjectMetadata } from '../types.ts';
import type { Selection } from './selection.ts';
import { type Session, shapeOf } from './session.ts';
import type { Member, Shape } from './shape.ts';
import { columnSql, type Params, tableSql } from './sql.ts';

/** SQL of the aggregates among the selected names, by name. */
export function selectedAggregates(
  session: Session,
  object: ObjectMetadata,
  selection: Selection | null,
): Map<string, string> {
  const shape = shapeOf(session.model, object);
  const found = [...(selection?.keys() ?? [])].flatMap((name): [string, string][] => {
    const sql = aggregateSql(shape, name);
    return sql === undefined ? [] : [[name, sql]];
  });
  return new Map(found);
}

/** Aggregates over all rows of a condition, whatever the page. */
export async function loadAggregates(
  session: Session,
  object: ObjectMetadata,
  aggregates: ReadonlyMap<string, string>,
  condition: string,
  params: Params,
): Promise<Record<string, unknown>> {
  if (aggregates.size === 0) return {};
  const names = [...aggregates.keys()];
  const list = names.map((name, index) => `${aggregates.get(name)} as "a${index}"`);
  const table = tableSql(session.model.workspace.recordSchema, object);
  const { rows } = await session.db.query(
    `select ${list.join(', ')} from ${table} r where ${condition}`,
    params.values,
  );
  return Object.fromEntries(names.map((name, index) => [name, formatAggregate(rows[0]?.[`a${index}`])]));
}

export function formatAggregate(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

const NAME =
  /^(countUniqueValues|countEmpty|countNotEmpty|percentageEmpty|percentageNotEmpty|countTrue|countFalse|min|max|avg|sum)([A-Z]\w*)$/;

function aggregateSql(shape: Shape, name: string): string | undefined {
  if (name === 'totalCount') return 'count(*)::int';
  const [, operation, rest = ''] = name.match(NAME) ?? [];
  if (operation === undefined) return undefined;
  const fieldName = rest.charAt(0).toLowerCase() + rest.slice(1);
  const member = shape.members.get(fieldName);
  if (member?.kind === 'scalar' || member?.kind === 'composite') return fieldAggregate(operation, member);
  const currency = shape.members.get(fieldName.replace(/AmountMicros$/, ''));
  if (currency?.kind !== 'composite' || currency.field.type !== 'CURRENCY') return undefined;
  return `${operation}(${columnSql('r', `${currency.name}AmountMicros`)})::float8`;
}

function fieldAggregate(operation: string, member: Extract<Member, { kind: 'scalar' | 'composite' }>): string {
  const columns = member.kind === 'scalar' ? [member.column] : member.parts.map(({ column }) => column);
  const texts = columns.map((column) => columnSql('r', column.name));
  const isEmpty = `(${texts.map((sql) => `nullif(${sql}::text, '') is null`).join(' and ')})`;
  const sql = texts[0] ?? 'null';
  switch (operation) {
    case 'countUniqueValues':
      return texts.length === 1
        ? `count(distinct ${sql})::int`
        : `count(distinct case when not ${isEmpty} then row(${texts.join(', ')})::text end)::int`;
    case 'countEmpty':
      return `(count(*) filter (where ${isEmpty}))::int`;
    case 'countNotEmpty':
      return `(count(*) filter (where not ${isEmpty}))::int`;
    case 'percentageEmpty':
      return `(count(*) filter (where ${isEmpty}))::float8 / nullif(count(*), 0)`;
    case 'percentageNotEmpty':
      return `(count(*) filter (where not ${isEmpty}))::float8 / nullif(count(*), 0)`;
    case 'countTrue':
      return `(count(*) filter (where ${sql}))::int`;
    case 'countFalse':
      return `(count(*) filter (where not ${sql}))::int`;
    default:
      return member.field.type === 'DATE' ? `${operation}(${sql})::text` : `${operation}(${sql})`;
  }
}
