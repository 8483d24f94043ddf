import { createHash } from 'node:crypto';
import { quoteName, quoteText } from '../store.ts';
import type { FieldMetadata, ObjectMetadata } from '../types.ts';
import { ACTOR_SOURCES, compositeParts, partColumn, type PartKind } from '../values/composites.ts';

export type Column = {
  name: string;
  /** PostgreSQL type without schema: for an enum its name, with the values in `enumValues`. */
  type: string;
  enumValues?: readonly string[];
  isArray?: boolean;
  /** SQL of the default; absent means NULL. */
  defaultSql?: string;
  isNullable: boolean;
};

const SCALAR_TYPES: Readonly<Record<string, string>> = {
  ARRAY: 'text[]',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATE_TIME: 'timestamptz',
  FILES: 'jsonb',
  NUMBER: 'double precision',
  NUMERIC: 'numeric',
  POSITION: 'double precision',
  RAW_JSON: 'jsonb',
  TEXT: 'text',
  UUID: 'uuid',
};

const PART_TYPES: Readonly<Record<Exclude<PartKind, 'actorSource'>, string>> = {
  text: 'text',
  email: 'text',
  number: 'numeric',
  uuid: 'uuid',
  json: 'jsonb',
  list: 'jsonb',
};

/** The columns that store a field; none for the one-to-many side of a relation. */
export function columnsOf(object: ObjectMetadata, field: FieldMetadata): Column[] {
  const parts = compositeParts(field.type);
  if (parts !== undefined) {
    return parts.map((part) => partColumnOf(object, field, part.name, part.kind));
  }
  if (field.type === 'RELATION' || field.type === 'MORPH_RELATION') {
    return field.relations.flatMap((end) =>
      end.joinColumn === null ? [] : [{ name: end.joinColumn, type: 'uuid', isNullable: true }],
    );
  }
  if (field.type === 'TS_VECTOR') return [{ name: field.name, type: 'tsvector', isNullable: true }];
  const values = field.options?.map((option) => option.value);
  const isEnum = field.type === 'SELECT' || field.type === 'RATING' || field.type === 'MULTI_SELECT';
  return [
    {
      name: field.name,
      type: isEnum ? enumName(object, field.name) : scalarType(field),
      isNullable: field.isNullable,
      ...(isEnum && { enumValues: values ?? [] }),
      ...(field.type === 'MULTI_SELECT' && { isArray: true }),
      ...defaultOf(field.defaultValue),
    },
  ];
}

function enumName(object: ObjectMetadata, columnName: string): string {
  return `${object.tableName}_${columnName}_enum`;
}

/** `"schema"."table"`: record schemas are never in the search path, as in Twenty, so enum names in errors carry it. */
export function qualified(schema: string, name: string): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/** SQL type of a column, schema-qualified for enums. */
export function columnTypeSql(schema: string, column: Column): string {
  const base = column.enumValues === undefined ? column.type : qualified(schema, column.type);
  return column.isArray === true ? `${base}[]` : base;
}

/** Constraint and index names as Twenty makes them: a prefix and 27 hex digits of a hash. */
export function hashedName(prefix: 'FK' | 'IDX' | 'IDX_UNIQUE', ...parts: readonly string[]): string {
  return `${prefix}_${createHash('sha256').update(parts.join('_')).digest('hex').slice(0, 27)}`;
}

function partColumnOf(object: ObjectMetadata, field: FieldMetadata, part: string, kind: PartKind): Column {
  const name = partColumn(field.name, part);
  const fallback = (field.defaultValue as Record<string, unknown> | null)?.[part];
  const base = { name, isNullable: true, ...defaultOf(fallback) };
  return kind === 'actorSource'
    ? { ...base, type: enumName(object, name), enumValues: ACTOR_SOURCES }
    : { ...base, type: PART_TYPES[kind] };
}

function scalarType(field: FieldMetadata): string {
  const type = SCALAR_TYPES[field.type];
  if (type === undefined) throw new Error(`Fields of type ${field.type} have no column`);
  return type;
}

/** Metadata defaults: `"'NEW'"` is a quoted text, `"now"` and `"uuid"` are functions, everything else is a JSON value. */
function defaultOf(value: unknown): { defaultSql?: string } {
  if (value === null || value === undefined) return {};
  if (value === 'now') return { defaultSql: 'now()' };
  if (value === 'uuid') return { defaultSql: 'gen_random_uuid()' };
  if (typeof value === 'string') return { defaultSql: quoteText(value.replace(/^'(.*)'$/s, '$1')) };
  if (Array.isArray(value)) {
    const items = value.map((item) => String(item).replace(/^'(.*)'$/s, '$1'));
    return items.length === 0 ? {} : { defaultSql: quoteText(`{${items.join(',')}}`) };
  }
  if (typeof value === 'object') return { defaultSql: quoteText(JSON.stringify(value)) };
  return typeof value === 'number' || typeof value === 'boolean' ? { defaultSql: String(value) } : {};
}
