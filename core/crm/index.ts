export { createCrm } from './crm.ts';
export type { Crm } from './crm.ts';
