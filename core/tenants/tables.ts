import type { ColumnType, Generated } from 'kysely';

export type TenantState = 'active' | 'suspended';
export type PluginState = 'enabled' | 'paused' | 'disabled';

export interface TenantTable {
  id: string;
  slug: string;
  name: string;
  country: string;
  time_zone: string;
  locale: string;
  state: Generated<TenantState>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface CrmConnectionTable {
  tenant_id: string;
  url: string;
  workspace_id: string | null;
  server_version: string | null;
  checked_at: Date | null;
  updated_at: Generated<Date>;
}

export interface PluginSettingTable {
  tenant_id: string;
  plugin_id: string;
  state: PluginState;
  pause_reason: string | null;
  config: ColumnType<Record<string, unknown>, string, string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface TenantTables {
  tenant: TenantTable;
  crm_connection: CrmConnectionTable;
  plugin_setting: PluginSettingTable;
}
