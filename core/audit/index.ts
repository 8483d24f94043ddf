export { createAuditLog } from './audit.ts';
export type { AuditEntry, AuditFilter, AuditLog } from './audit.ts';
