import type { ColumnType, Generated } from 'kysely';

export interface InboxTable {
  id: string;
  tenant_id: string;
  plugin_id: string;
  webhook: string;
  delivery_key: string;
  method: string;
  path: string;
  query: string;
  headers: ColumnType<Record<string, string>, string, never>;
  body: Buffer;
  repeats: Generated<number>;
  received_at: Generated<Date>;
}

export type DeliveryResult = 'waiting' | 'done' | 'ignored' | 'rejected' | 'failed';

export interface DeliveryTable {
  id: string;
  tenant_id: string;
  plugin_id: string;
  direction: 'in' | 'out';
  kind: string;
  result: DeliveryResult;
  summary: string;
  error_code: string | null;
  remedy: string | null;
  record_id: string | null;
  inbox_id: string | null;
  job_id: string | null;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export interface DeliveryTables {
  inbox: InboxTable;
  delivery: DeliveryTable;
}
