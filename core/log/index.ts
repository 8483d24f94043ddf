export { createLog } from './log.ts';
export type { LogOptions } from './log.ts';
