import type { ColumnType } from 'kysely';

export interface PluginFactTable {
  tenant_id: string;
  plugin_id: string;
  key: string;
  value: ColumnType<unknown, string, string>;
  expires_at: Date | null;
}

export interface HostTables {
  plugin_fact: PluginFactTable;
}
