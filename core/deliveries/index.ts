export { countByHour, type HourlyCount } from './hourly.ts';
export { readArrival, storeArrival } from './inbox.ts';
export {
  type DeliveryFilter,
  type DeliveryLine,
  type DeliveryPage,
  getDelivery,
  listDeliveries,
  logArrival,
  logNote,
  logOutcome,
} from './log.ts';
