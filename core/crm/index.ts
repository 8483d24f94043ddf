export { createAsMember } from './as-member.ts';
export type { AsMember } from './as-member.ts';
export { numbersOf } from './composites.ts';
export { createCrm } from './crm.ts';
export type { Crm } from './crm.ts';
export { createCrmFiles } from './files/files.ts';
export type { CrmFiles } from './files/files.ts';
export type { RoleReader, RoleView } from './permissions/reader.ts';
export type { SessionReport } from './session/report.ts';
