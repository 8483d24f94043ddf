import { quoteName, quoteText, type Queryable } from '../store.ts';
import type { FieldMetadata, IndexMetadata, Model, ObjectMetadata } from '../types.ts';
import { compositeParts, isComposite, partColumn, UNIQUE_PARTS } from '../values/composites.ts';
import { type Column, columnsOf, columnTypeSql, hashedName, qualified } from './columns.ts';

/** Creates the table of an object with all its columns; foreign keys follow once every table exists. */
export async function createTable(tx: Queryable, schema: string, object: ObjectMetadata): Promise<void> {
  const columns = object.fields
    .filter((field) => field.type !== 'TS_VECTOR')
    .flatMap((field) => columnsOf(object, field));
  const table = qualified(schema, object.tableName);
  await runAll(tx, [
    ...enumStatements(schema, columns),
    `create table ${table} (${columns.map((column) => columnSql(schema, column)).join(', ')})`,
    `create index on ${table} ("position")`,
    ...searchStatements(schema, object),
  ]);
}

/** One round trip for many statements: a workspace starts with some 500 of them. */
async function runAll(tx: Queryable, statements: readonly string[]): Promise<void> {
  if (statements.length > 0) await tx.query(statements.join(';\n'));
}

export async function dropTable(tx: Queryable, schema: string, object: ObjectMetadata): Promise<void> {
  await tx.query(`drop table ${qualified(schema, object.tableName)} cascade`);
  await dropEnums(
    tx,
    schema,
    object.fields.flatMap((field) => columnsOf(object, field)),
  );
}

export async function addColumns(
  tx: Queryable,
  schema: string,
  object: ObjectMetadata,
  field: FieldMetadata,
): Promise<void> {
  const columns = columnsOf(object, field);
  if (columns.length === 0) return;
  const additions = columns.map((column) => `add column ${columnSql(schema, column)}`);
  await runAll(tx, [
    ...enumStatements(schema, columns),
    `alter table ${qualified(schema, object.tableName)} ${additions.join(', ')}`,
  ]);
}

export async function dropColumns(
  tx: Queryable,
  schema: string,
  object: ObjectMetadata,
  field: FieldMetadata,
): Promise<void> {
  const columns = columnsOf(object, field);
  if (columns.length === 0) return;
  const drops = columns.map((column) => `drop column ${quoteName(column.name)} cascade`);
  await tx.query(`alter table ${qualified(schema, object.tableName)} ${drops.join(', ')}`);
  await dropEnums(tx, schema, columns);
}

/** Foreign keys and indexes of the many-to-one ends of fields of one object. */
export async function addForeignKeys(
  tx: Queryable,
  model: Model,
  object: ObjectMetadata,
  fields: readonly FieldMetadata[],
): Promise<void> {
  const schema = model.workspace.recordSchema;
  const table = qualified(schema, object.tableName);
  const ends = fields.flatMap((field) => field.relations);
  const statements = ends.flatMap((end) => {
    const target = model.byId.get(end.targetObjectId);
    if (end.joinColumn === null || target === undefined) return [];
    const column = quoteName(end.joinColumn);
    const key = quoteName(hashedName('FK', object.tableName, end.joinColumn));
    const index = quoteName(hashedName('IDX', object.tableName, end.joinColumn));
    const action = (end.onDelete ?? 'SET_NULL').replace('_', ' ');
    return [
      `alter table ${table} add constraint ${key} foreign key (${column})
       references ${qualified(schema, target.tableName)} (id) on delete ${action}`,
      `create index ${index} on ${table} (${column})`,
    ];
  });
  await runAll(tx, statements);
}

/** Columns covered by an index: a composite field stands for the parts that identify it. */
export function indexColumns(object: ObjectMetadata, index: IndexMetadata): string[] {
  return index.fields.flatMap((entry) => {
    const field = object.fields.find((candidate) => candidate.id === entry.fieldMetadataId);
    if (field === undefined) return [];
    if (!isComposite(field.type)) return columnsOf(object, field).map((column) => column.name);
    const parts = entry.subFieldName === null ? UNIQUE_PARTS[field.type] : [entry.subFieldName];
    return (parts ?? []).map((part) => partColumn(field.name, part));
  });
}

export async function createIndex(
  tx: Queryable,
  schema: string,
  object: ObjectMetadata,
  index: IndexMetadata,
): Promise<void> {
  const columns = indexColumns(object, index).map(quoteName);
  if (columns.length === 0) return;
  await tx.query(
    `create ${index.isUnique ? 'unique ' : ''}index ${quoteName(index.name)}
     on ${qualified(schema, object.tableName)} using ${index.indexType.toLowerCase()} (${columns.join(', ')})
     ${index.whereClause === null ? '' : `where ${index.whereClause}`}`,
  );
}

export async function dropIndex(tx: Queryable, schema: string, index: IndexMetadata): Promise<void> {
  await tx.query(`drop index if exists ${qualified(schema, index.name)}`);
}

/** Replaces the options of a SELECT, RATING or MULTI_SELECT column; rows with a removed option lose it silently. */
export async function replaceEnum(
  tx: Queryable,
  schema: string,
  object: ObjectMetadata,
  field: FieldMetadata,
): Promise<void> {
  const column = columnsOf(object, field)[0];
  if (column?.enumValues === undefined) return;
  const table = qualified(schema, object.tableName);
  const name = quoteName(column.name);
  const old = `${column.type}_old`;
  await tx.query(`alter table ${table} alter column ${name} drop default`);
  await tx.query(`alter type ${qualified(schema, column.type)} rename to ${quoteName(old)}`);
  await runAll(tx, enumStatements(schema, [column]));
  const type = columnTypeSql(schema, column);
  const allowed = `array[${column.enumValues.map(quoteText).join(', ')}]::text[]`;
  const converted =
    column.isArray === true
      ? `(select nullif(array_agg(item), '{}') from unnest(${name}::text[]) item where item = any(${allowed}))`
      : `case when ${name}::text = any(${allowed}) then ${name}::text end`;
  await tx.query(`alter table ${table} add column "__converted" ${type}`);
  await tx.query(`update ${table} set "__converted" = (${converted})::${type}`);
  await tx.query(`alter table ${table} drop column ${name} cascade`);
  await tx.query(`alter table ${table} rename column "__converted" to ${name}`);
  if (column.defaultSql !== undefined) {
    await tx.query(`alter table ${table} alter column ${name} set default ${column.defaultSql}`);
  }
  await tx.query(`drop type ${qualified(schema, old)}`);
}

export async function renameColumns(
  tx: Queryable,
  schema: string,
  object: ObjectMetadata,
  before: FieldMetadata,
  after: FieldMetadata,
): Promise<void> {
  const next = columnsOf(object, after);
  for (const [index, column] of columnsOf(object, before).entries()) {
    const target = next[index];
    if (target === undefined || target.name === column.name) continue;
    await tx.query(
      `alter table ${qualified(schema, object.tableName)}
       rename column ${quoteName(column.name)} to ${quoteName(target.name)}`,
    );
    if (column.enumValues !== undefined) {
      await tx.query(`alter type ${qualified(schema, column.type)} rename to ${quoteName(target.type)}`);
    }
  }
}

/** Makes the search column anew after the search fields of the object changed. */
export async function createSearchColumn(tx: Queryable, schema: string, object: ObjectMetadata): Promise<void> {
  await runAll(tx, searchStatements(schema, object));
}

/** searchVector is computed by the database from the search fields of the object. */
function searchStatements(schema: string, object: ObjectMetadata): string[] {
  const field = object.fields.find((candidate) => candidate.type === 'TS_VECTOR');
  if (field === undefined) return [];
  const texts = object.searchFieldIds.flatMap((id) => {
    const source = object.fields.find((candidate) => candidate.id === id);
    return source === undefined ? [] : searchTexts(source);
  });
  const document = texts.length === 0 ? `''` : texts.join(` || ' ' || `);
  const table = qualified(schema, object.tableName);
  const name = quoteName(field.name);
  return [
    `alter table ${table} drop column if exists ${name}`,
    `alter table ${table} add column ${name} tsvector generated always as (to_tsvector('simple', ${document})) stored`,
    `create index on ${table} using gin (${name})`,
  ];
}

function searchTexts(field: FieldMetadata): string[] {
  const text = (column: string) => `coalesce(${quoteName(column)}::text, '')`;
  if (field.type === 'PHONES') {
    const number = text(partColumn(field.name, 'primaryPhoneNumber'));
    const international = `${text(partColumn(field.name, 'primaryPhoneCallingCode'))} || ${number}`;
    return [number, international, `replace(${international}, '+', '')`];
  }
  if (field.type === 'TEXT' || field.type === 'UUID') return [text(field.name)];
  if (field.type === 'EMAILS') {
    const column = quoteName(partColumn(field.name, 'primaryEmail'));
    return [text(partColumn(field.name, 'primaryEmail')), `coalesce(split_part(${column}, '@', 2), '')`];
  }
  if (field.type === 'RICH_TEXT') return [text(partColumn(field.name, 'markdown'))];
  const parts = compositeParts(field.type) ?? [];
  return parts.filter((part) => part.kind === 'text').map((part) => text(partColumn(field.name, part.name)));
}

function enumStatements(schema: string, columns: readonly Column[]): string[] {
  return columns.flatMap(({ type, enumValues }) =>
    enumValues === undefined
      ? []
      : [`create type ${qualified(schema, type)} as enum (${enumValues.map(quoteText).join(', ')})`],
  );
}

async function dropEnums(tx: Queryable, schema: string, columns: readonly Column[]): Promise<void> {
  for (const column of columns) {
    if (column.enumValues !== undefined) await tx.query(`drop type if exists ${qualified(schema, column.type)}`);
  }
}

function columnSql(schema: string, column: Column): string {
  const key = column.name === 'id' ? ' primary key' : '';
  const required = column.isNullable || column.name === 'id' ? '' : ' not null';
  const fallback = column.defaultSql === undefined ? '' : ` default ${column.defaultSql}`;
  return `${quoteName(column.name)} ${columnTypeSql(schema, column)}${fallback}${required}${key}`;
}
