import type { Generated } from 'kysely';

export interface LiveHeadTable {
  tenant_id: string;
  version: number;
  forgotten: Generated<number>;
}

export interface LiveItemTable {
  tenant_id: string;
  topic: string;
  key: string;
  plugin_id: string;
  data: unknown;
  members: string[] | null;
  seen_by: string[] | null;
  version: number;
  removed_at: Date | null;
  expires_at: Date | null;
}

export interface LiveTables {
  live_head: LiveHeadTable;
  live_item: LiveItemTable;
}
