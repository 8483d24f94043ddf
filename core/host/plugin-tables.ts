import { CompiledQuery } from 'kysely';
import { type PluginTables, type Sql, thisTenant } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';

interface Owner {
  readonly tenantId: string;
  readonly pluginId: string;
}

/** The tables of one plugin as one tenant's context may use them. */
export function createPluginTables(db: Executor, { tenantId, pluginId }: Owner): PluginTables {
  return {
    async query<Row extends object>(statement: Sql) {
      const text = textOf(statement);
      assertBound(pluginId, text, statement.values.filter((value) => value === thisTenant).length);
      const values = statement.values.map((value) => (value === thisTenant ? tenantId : value));
      const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, values));
      return rows;
    },
  };
}

/** Runs a statement of a plugin that is about many tenants, for the hub alone. */
export async function readOwnTables<Row extends object>(
  db: Executor,
  pluginId: string,
  statement: Sql,
): Promise<Row[]> {
  const text = textOf(statement);
  assertOwn(pluginId, tablesIn(text, tablePrefix(pluginId)));
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...statement.values]));
  return rows;
}

function textOf({ texts }: Sql): string {
  return texts.reduce((before, after, index) => `${before}$${index}${after}`);
}

/** How the names of a plugin's tables begin. */
function tablePrefix(pluginId: string): string {
  return `${pluginId.replaceAll('-', '_')}_`;
}

/** A plugin is code that we trust; this finds what its author has forgotten, at the first run of the statement. */
function assertBound(pluginId: string, text: string, bindings: number): void {
  const tables = tablesIn(text, tablePrefix(pluginId));
  assertOwn(pluginId, tables);
  if (bindings === 0 || bindings < tables.length) {
    const named = tables.length === 0 ? '' : ` (${tables.join(', ')})`;
    throw new Error(`A statement of the plugin ${pluginId} has a table that is not bound to the tenant${named}`);
  }
}

function assertOwn(pluginId: string, tables: readonly string[]): void {
  const foreign = tables.find((name) => !name.startsWith(tablePrefix(pluginId)));
  if (foreign !== undefined) throw new Error(`The plugin ${pluginId} has no table "${foreign}"`);
}

/** A table to change, or one to read; a function may stand where one is read. `for update`, `do update set` and `is distinct from` name none. */
const changedTable = /(?<!\b(?:for|do|key)\s+)\b(?:into|update)\s+(?:only\s+)?([a-z_]\w*)/gi;
const readTable = /(?<!\bdistinct\s+)\b(?:from|join|using)\s+(?:only\s+|lateral\s+)?([a-z_]\w*)\b(?!\s*[.(])/gi;
const listedTable = /,\s*([a-z_]\w*)\b(?!\s*[.(])/gi;
const commonTable = /\b([a-z_]\w*)(?:\s*\([^()]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(/gi;

function tablesIn(text: string, prefix: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/--[^\n]*/g, '');
  const find = (pattern: RegExp) => [...plain.matchAll(pattern)].map(([, name = '']) => name);
  const common = new Set(find(commonTable));
  // After a comma stand columns, too: what is named like a table of the plugin counts as one.
  const listed = find(listedTable).filter((name) => name.startsWith(prefix));
  return [...find(changedTable), ...find(readTable), ...listed].filter((name) => !common.has(name));
}
