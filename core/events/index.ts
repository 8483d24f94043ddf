export { readEvent, storeEvent } from './events.ts';
export type { EventTables } from './tables.ts';
