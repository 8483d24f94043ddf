/**
 * Tables that a plugin brings itself, for what the key-value store is not made for: rows by the hundred thousand, queries, unique indexes. The
 * definition names the folder of its migrations; every table is named `<plugin id>_…`, has `tenant_id` first in its primary key, and
 * `references tenant (id) on delete cascade`.
 *
 * @example
 * await context.tables.query<{ id: string }>(sql`select id from mail_message where tenant_id = ${thisTenant} and case_id = ${caseId}`);
 */
export interface PluginTables {
  /**
   * Runs one statement and returns its rows. Every table in it has to be the plugin's own and to be bound to the tenant: a statement has at
   * least as many `${thisTenant}` as it names tables, or it is refused before it runs.
   */
  readonly query: <Row extends object>(statement: Sql) => Promise<Row[]>;
}

/** Stands for the id of the tenant whose context runs the statement. No statement gets along without it. */
export const thisTenant: unique symbol = Symbol('this tenant');

/** What a statement may hold as a value. Arrays become PostgreSQL arrays: `= any(${ids}::uuid[])`. */
export type SqlValue = string | number | boolean | Date | Buffer | null | readonly (string | number | null)[];

/** A statement or a part of one: fixed text with values beside it. */
export interface Sql {
  /** One more than there are values. */
  readonly texts: readonly string[];
  readonly values: readonly (SqlValue | typeof thisTenant)[];
}

/** A statement from text and values; parts made by `sql` may stand in it. Values never become text. */
export function sql(strings: TemplateStringsArray, ...values: (SqlValue | typeof thisTenant | Sql)[]): Sql {
  const texts = [strings[0] ?? ''];
  const kept: (SqlValue | typeof thisTenant)[] = [];
  const append = (text: string) => texts.push((texts.pop() ?? '') + text);
  values.forEach((value, index) => {
    if (isSql(value)) {
      append(value.texts[0] ?? '');
      texts.push(...value.texts.slice(1));
      kept.push(...value.values);
      append(strings[index + 1] ?? '');
    } else {
      kept.push(value);
      texts.push(strings[index + 1] ?? '');
    }
  });
  return { texts, values: kept };
}

/** A JSON value for a statement: `${json(rows)}::jsonb`. Without NUL and halves of characters, which PostgreSQL refuses. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return unstorable.test(text) ? JSON.stringify(value, (_key, held: unknown) => storable(held)) : text;
}

const unstorable = /\\u(?:0000|d[89a-f])/i;

function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value;
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'texts' in value;
}
