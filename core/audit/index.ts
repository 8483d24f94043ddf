export { createAuditLog } from './audit.ts';
export type { AuditEntry, AuditFilter, AuditLog, AuditVerdict, NewAuditEntry } from './audit.ts';
