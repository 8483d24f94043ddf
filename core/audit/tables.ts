import type { ColumnType } from 'kysely';

export interface AuditEntryTable {
  chain: string;
  sequence: number;
  at: ColumnType<Date, Date, never>;
  actor: string;
  action: string;
  subject: string;
  details: ColumnType<Record<string, unknown>, string, never>;
  previous_hash: string;
  hash: string;
}

export interface AuditHeadTable {
  chain: string;
  sequence: number;
  hash: string;
}

export interface AuditTables {
  audit_entry: AuditEntryTable;
  audit_head: AuditHeadTable;
}
