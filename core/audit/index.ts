export { createAuditLog } from './audit.ts';
export type { AuditLog } from './audit.ts';
