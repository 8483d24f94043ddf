export { numbersOf } from './composites.ts';
export { createCrm } from './crm.ts';
export type { Crm } from './crm.ts';
export { createCrmFiles } from './files/files.ts';
export type { CrmFiles } from './files/files.ts';
export type { RoleView } from './permissions/reader.ts';
export type { SessionReport } from './session/report.ts';
