import type { Generated } from 'kysely';

export interface SecretTable {
  tenant_id: string;
  plugin_id: string;
  name: string;
  sealed: string;
  updated_at: Generated<Date>;
}

export interface SecretTables {
  secret: SecretTable;
}
