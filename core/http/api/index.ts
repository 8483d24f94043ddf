import type { Admin } from '../../admin/index.ts';
import type { Endpoint } from '../endpoint.ts';
import { auditEndpoints } from './audit.ts';
import { crmEndpoints } from './crm.ts';
import { deliveryEndpoints } from './deliveries.ts';
import { pluginEndpoints } from './plugins.ts';
import { tenantEndpoints } from './tenants.ts';

/** The hub's own API, below `/api/v1`; described at `/openapi.json`. */
export function createEndpoints(admin: Admin): Endpoint[] {
  return [
    ...tenantEndpoints(admin),
    ...crmEndpoints(admin),
    ...pluginEndpoints(admin),
    ...deliveryEndpoints(admin),
    ...auditEndpoints(admin),
  ];
}
