import type { Clock } from '../contract/context.ts';
import type { MirroredObject } from '../contract/crm.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Database } from '../store/database.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { mergeDeclarations } from './mirror/declare.ts';
import type { Receiver } from './mirror/receive.ts';
import { noteHeard } from './mirror/sync-state.ts';
import { webhookSecrets } from './session/webhooks.ts';

export type ReceiverOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly declared: (tenantId: string) => Promise<MirroredObject[]>;
};

/** Webhooks come in bursts of hundreds; who they are for is looked up once in a while. */
const rememberMs = 5000;

export function createReceivers(options: ReceiverOptions): (tenantSlugOrId: string) => Promise<Receiver | undefined> {
  const known = new Map<string, { readonly receiver: Promise<Receiver | undefined>; readonly until: number }>();
  return async (tenantSlugOrId) => {
    const now = options.clock.now();
    const found = known.get(tenantSlugOrId);
    if (found !== undefined && found.until > now) return found.receiver;
    const receiver = loadReceiver(options, tenantSlugOrId);
    known.set(tenantSlugOrId, { receiver, until: now + rememberMs });
    // Strangers may ask for any name: nothing about them is kept.
    const isKnown = await receiver.then(
      (loaded) => loaded !== undefined && loaded.secrets.length > 0,
      () => false,
    );
    if (!isKnown) known.delete(tenantSlugOrId);
    return receiver;
  };
}

async function loadReceiver(options: ReceiverOptions, tenantSlugOrId: string): Promise<Receiver | undefined> {
  const tenant = await options.tenants.find(tenantSlugOrId);
  if (tenant === undefined || tenant.state !== 'active') return undefined;
  const [connection, secrets, declared] = await Promise.all([
    options.connections.find(tenant.id),
    webhookSecrets(options.secrets, tenant.id),
    options.declared(tenant.id),
  ]);
  const specs = mergeDeclarations(declared);
  const { id: tenantId, country } = tenant;
  return {
    tenantId,
    country,
    workspaceId: connection?.workspaceId,
    secrets,
    specs,
    heard: createHeard(options, tenantId),
  };
}

/** Written down once per object as long as a receiver is remembered: that is often enough to tell whether webhooks arrive. */
function createHeard({ database }: ReceiverOptions, tenantId: string): (object: string) => Promise<void> {
  const heard = new Set<string>();
  return async (object) => {
    if (heard.has(object)) return;
    heard.add(object);
    await noteHeard(database.db, tenantId, object);
  };
}
