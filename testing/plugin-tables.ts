import type pg from 'pg';

/** One sentence per table of a plugin that another tenant's rows could be seen in, or that outlives its tenant. */
export async function findTableProblems(pool: pg.Pool, pluginId: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; keyed: boolean; cascades: boolean }>(
    `select relation.relname as name,
        exists (
          select from pg_index index_row
            join pg_attribute first_column
              on first_column.attrelid = relation.oid and first_column.attnum = index_row.indkey[0]
            where index_row.indrelid = relation.oid and index_row.indisprimary and first_column.attname = 'tenant_id'
        ) as keyed,
        exists (
          select from pg_constraint link
            where link.conrelid = relation.oid and link.contype = 'f' and link.confdeltype = 'c'
              and link.confrelid = 'tenant'::regclass
        ) as cascades
      from pg_class relation
      where relation.relkind in ('r', 'p') and relation.relnamespace = current_schema()::regnamespace
        and relation.relname like $1`,
    [`${pluginId.replaceAll('-', '\\_')}\\_%`],
  );
  return rows.flatMap(({ name, keyed, cascades }) => [
    ...(keyed ? [] : [`${name} does not have tenant_id first in its primary key`]),
    ...(cascades ? [] : [`${name} does not go with its tenant`]),
  ]);
}
