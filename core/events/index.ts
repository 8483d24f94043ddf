export { readEvent, storeEvents } from './events.ts';
