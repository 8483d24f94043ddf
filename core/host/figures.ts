import { type Kysely, sql } from 'kysely';
import type { AnyPlugin } from '../contract/index.ts';
import type { TenantTables } from '../tenants/tables.ts';
import { readOwnTables } from './plugin-tables.ts';

/** A figure of a plugin as the metrics show it. */
export interface PluginFigure {
  /** `switchboard_mail_silent_mailboxes` */
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** What the plugins have operators watch, each over the tenants that have the plugin enabled. */
export function pluginFigures(db: Kysely<TenantTables>, plugins: readonly AnyPlugin[]): PluginFigure[] {
  return plugins.flatMap(({ id, figures = [] }) =>
    figures.map(({ name, help, read }) => ({
      name: `switchboard_${id.replaceAll('-', '_')}_${name}`,
      help,
      read: async () => {
        const [row] = await readOwnTables<{ value: number | null }>(db, id, read(await enabledFor(db, id)));
        return row?.value ?? 0;
      },
    })),
  );
}

async function enabledFor(db: Kysely<TenantTables>, pluginId: string): Promise<string[]> {
  const { rows } = await sql<{ tenant_id: string }>`
    select setting.tenant_id from plugin_setting setting join tenant on tenant.id = setting.tenant_id
      where setting.plugin_id = ${pluginId} and setting.state = 'enabled' and tenant.state = 'active'
  `.execute(db);
  return rows.map(({ tenant_id: tenantId }) => tenantId);
}
