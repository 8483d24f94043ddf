export { createCrm } from './crm.ts';
export type { Crm, CrmFigures, CrmOptions } from './crm.ts';
export { recordIdFor } from './ids.ts';
export type { ParkedFilter, ParkedWrite } from './outbox/parked.ts';
export type { CrmStatus, MirrorStatus } from './status.ts';
