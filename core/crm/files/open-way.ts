import type { Kysely } from 'kysely';
import type { Clock, Logger } from '../../contract/context.ts';
import { PostponedError } from '../../contract/errors.ts';
import type { Secrets } from '../../secrets/index.ts';
import type { Tables } from '../../store/tables.ts';
import type { CrmConnections, Tenants } from '../../tenants/index.ts';
import type { Access } from '../access.ts';
import type { Limits } from '../limits.ts';
import { openAccess } from '../session/open-access.ts';
import type { Fetch } from '../twenty/client.ts';

/** How a job reaches the Twenty of its tenant. */
export type TenantWay = { readonly access: Access; readonly serverUrl: string };

export type WayOptions = {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly tenants: Pick<Tenants, 'get'>;
  readonly connections: Pick<CrmConnections, 'open'>;
  readonly limits: Limits;
  readonly fetch: Fetch;
  readonly log: Logger;
  readonly clock: Clock;
};

const lookAgainMs = 300_000;

/** @throws PostponedError for a suspended tenant; ConfigError for one that is not connected */
export async function openWay(options: WayOptions, tenantId: string): Promise<TenantWay> {
  const { state } = await options.tenants.get(tenantId);
  if (state === 'suspended') throw new PostponedError('The tenant is suspended', lookAgainMs);
  const { url, apiKey } = await options.connections.open(tenantId);
  return { access: await openAccess({ ...options, tenantId, url, apiKey }), serverUrl: url };
}
