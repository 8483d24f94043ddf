export { type Arrival, readArrival, storeArrival } from './inbox.ts';
export {
  type DeliveryFilter,
  type DeliveryLine,
  getDelivery,
  listDeliveries,
  logArrival,
  logNote,
  logOutcome,
} from './log.ts';
export type { DeliveryResult, DeliveryTables } from './tables.ts';
