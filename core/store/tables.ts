import type { DeliveryTables } from '../deliveries/tables.ts';
import type { EventTables } from '../events/tables.ts';
import type { HostTables } from '../host/tables.ts';
import type { LeaseTables } from '../leases/tables.ts';

/** All tables of the hub, for Kysely. Each area describes its own. */
export type Tables = DeliveryTables & EventTables & HostTables & LeaseTables;
