import { version } from '../../version.ts';
import { describeEndpoints, type Endpoint } from '../endpoint.ts';
import { auditEndpoints } from './audit.ts';
import { crmEndpoints } from './crm.ts';
import { deliveryEndpoints } from './deliveries.ts';
import { ownEndpoints } from './own.ts';
import { pluginEndpoints } from './plugins.ts';
import { roleEndpoints } from './roles.ts';
import { securityEndpoints } from './security.ts';
import { tenantEndpoints } from './tenants.ts';
import { workEndpoints } from './work.ts';

/** The hub's own API, below `/api/v1` for operators and below `/console/v1` for members; described at `/openapi.json`. */
export const endpoints: readonly Endpoint[] = [
  ...tenantEndpoints,
  ...crmEndpoints,
  ...pluginEndpoints,
  ...deliveryEndpoints,
  ...workEndpoints,
  ...auditEndpoints,
  ...securityEndpoints,
  ...roleEndpoints,
  ...ownEndpoints,
];

/** The OpenAPI description of this API. @param url where the hub is reached */
export function describeApi(url: string) {
  return describeEndpoints(endpoints, { version, url });
}
