import type { ColumnType, Generated } from 'kysely';

export interface EventTable {
  id: string;
  tenant_id: string;
  name: string;
  dedupe_key: string;
  payload: ColumnType<unknown, string, never>;
  occurred_at: Date;
  created_at: Generated<Date>;
}

export interface EventTables {
  event: EventTable;
}
