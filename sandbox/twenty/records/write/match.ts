import { GraphqlError } from '../../errors.ts';
import { indexColumns } from '../../metadata/tables.ts';
import type { ObjectMetadata } from '../../types.ts';
import type { Session } from '../session.ts';
import { shapeOf } from '../session.ts';
import { castSql, columnSql, createParams, tableSql } from '../sql.ts';
import type { Values } from './input.ts';

export type Matched = { updates: { id: string; values: Values }[]; inserts: Values[] };

/** Finds the existing row of each input by id or by any unique index, soft-deleted rows included. */
export async function matchRows(session: Session, object: ObjectMetadata, inputs: readonly Values[]): Promise<Matched> {
  const keys = uniqueKeys(session, object);
  const found = await Promise.all(keys.map((key) => findByKey(session, object, key, inputs)));
  const matched: Matched = { updates: [], inserts: [] };
  for (const values of inputs) {
    const hits = keys.flatMap((key, index) => {
      const id = found[index]?.get(keyText(key, values) ?? '');
      return id === undefined ? [] : [{ key, id }];
    });
    const ids = new Set(hits.map((hit) => hit.id));
    if (ids.size > 1) throw severalMatches(hits, values);
    const [hit] = hits;
    if (hit === undefined) matched.inserts.push(values);
    else matched.updates.push({ id: hit.id, values });
  }
  return matched;
}

/** Indexes with a time among their columns do not count (Twenty 2.21, measured). */
function uniqueKeys(session: Session, object: ObjectMetadata): string[][] {
  const { columns } = shapeOf(session.model, object);
  const indexes = object.indexes
    .filter((index) => index.isUnique)
    .map((index) => indexColumns(object, index))
    .filter((names) => names.length > 0 && names.every((name) => columns.get(name)?.type !== 'timestamptz'));
  return [['id'], ...indexes];
}

async function findByKey(
  session: Session,
  object: ObjectMetadata,
  key: readonly string[],
  inputs: readonly Values[],
): Promise<Map<string, string>> {
  const complete = inputs.filter((values) => keyText(key, values) !== undefined);
  if (complete.length === 0) return new Map();
  const schema = session.model.workspace.recordSchema;
  const { columns } = shapeOf(session.model, object);
  const params = createParams();
  const lists = key.flatMap((name) => {
    const column = columns.get(name);
    if (column === undefined) return [];
    return [`${params.add(complete.map((values) => values[name]))}::${castSql(schema, column, true)}`];
  });
  const names = key.map((_, index) => `c${index}`);
  const conditions = key.map((name, index) => `${columnSql('r', name)} = wanted.c${index}`);
  const { rows } = await session.db.query<Values & { id: string }>(
    `select r.id, ${key.map((name) => columnSql('r', name)).join(', ')}
       from ${tableSql(schema, object)} r
       join unnest(${lists.join(', ')}) wanted (${names.join(', ')}) on ${conditions.join(' and ')}`,
    params.values,
  );
  return new Map(rows.map((row) => [keyText(key, row) ?? '', row.id]));
}

/** The values of a key as one text; undefined when one is missing, because NULL equals nothing. */
function keyText(key: readonly string[], values: Values): string | undefined {
  const parts = key.map((name) => values[name]);
  return parts.some((part) => part === undefined || part === null) ? undefined : JSON.stringify(parts.map(comparable));
}

/** Numeric columns come back as text. */
function comparable(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function severalMatches(hits: readonly { key: readonly string[]; id: string }[], values: Values): GraphqlError {
  const shown = hits.map(({ key }) => {
    const parts = key.map((name) => `${name}: ${String(values[name])}`);
    return `${key.join(', ')} (${parts.join(', ')})`;
  });
  const message = `Multiple records found with the same unique field values for ${shown.join('; ')}. Cannot determine which record to update.`;
  return new GraphqlError(message, 'BAD_USER_INPUT', {
    subCode: 'UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT',
    userFriendlyMessage: message,
  });
}
