export { readEvent, storeEvent } from './events.ts';
