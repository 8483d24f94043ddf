import type { AuditTables } from '../audit/tables.ts';
import type { DeliveryTables } from '../deliveries/tables.ts';
import type { EventTables } from '../events/tables.ts';
import type { HostTables } from '../host/tables.ts';
import type { LeaseTables } from '../leases/tables.ts';
import type { LiveTables } from '../live/tables.ts';
import type { SecretTables } from '../secrets/tables.ts';
import type { TenantTables } from '../tenants/tables.ts';

/** All tables of the hub, for Kysely. Each area describes its own. */
export type Tables = AuditTables &
  DeliveryTables &
  EventTables &
  HostTables &
  LeaseTables &
  LiveTables &
  SecretTables &
  TenantTables;
