import { type Column, columnTypeSql, qualified } from '../metadata/columns.ts';
import { quoteName } from '../store.ts';
import type { ObjectMetadata } from '../types.ts';

/** The parameters of one statement, collected while its text is written. */
export type Params = { values: unknown[]; add: (value: unknown) => string };

export function createParams(): Params {
  const values: unknown[] = [];
  return { values, add: (value) => `$${values.push(value)}` };
}

export function tableSql(schema: string, object: ObjectMetadata): string {
  return qualified(schema, object.tableName);
}

export function columnSql(alias: string, column: string): string {
  return `${alias}.${quoteName(column)}`;
}

/** A column as read: dates as text, numbers and enum lists in forms the driver turns into plain values. */
export function readSql(alias: string, column: Column): string {
  const sql = columnSql(alias, column.name);
  if (column.isArray === true) return `${sql}::text[] as ${quoteName(column.name)}`;
  if (column.type === 'date' || column.type === 'tsvector') return `${sql}::text as ${quoteName(column.name)}`;
  if (column.type === 'numeric') return `${sql}::float8 as ${quoteName(column.name)}`;
  return sql;
}

export function readAllSql(alias: string, columns: Iterable<Column>): string {
  return [...columns].map((column) => readSql(alias, column)).join(', ');
}

/** A value as parameter of a column; JSON is sent as text so that lists are not taken for PostgreSQL arrays. */
export function parameterOf(column: Column, value: unknown): unknown {
  return column.type === 'jsonb' && value !== null ? JSON.stringify(value) : value;
}

export function castSql(schema: string, column: Column, isList: boolean): string {
  return `${columnTypeSql(schema, column)}${isList ? '[]' : ''}`;
}
