import type { Clock } from '../contract/context.ts';
import type { MirroredObject } from '../contract/crm.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Database } from '../store/database.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { mergeDeclarations } from './mirror/declare.ts';
import { createIntake } from './mirror/intake.ts';
import type { Receiver, Receivers } from './mirror/receive.ts';
import { noteHeard } from './mirror/sync-state.ts';
import type { OnRecordChange } from './session/context.ts';
import { isOfTest, noteTestHeard, noteTestRefused } from './webhook-test/state.ts';
import { webhookSecrets } from './session/webhook-secrets.ts';

export type ReceiverOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly declared: (tenantId: string) => Promise<MirroredObject[]>;
  readonly onRecordChange: OnRecordChange;
};

/**
 * Webhooks come in bursts of hundreds; who they are for is looked up once in a while. Not longer than the copy takes to begin that a newly
 * enabled plugin asks for: what arrives until then is read without the fields that it added, and the copy makes up for it.
 */
const rememberMs = 1000;

/** Strangers with wrong signatures must not have it looked up at every try. */
const renewMs = 500;

type Known = {
  readonly receiver: Promise<Receiver | undefined>;
  readonly until: number;
  readonly renewableAt: number;
};

export function createReceivers(options: ReceiverOptions): Receivers {
  const known = new Map<string, Known>();
  const load = async (tenantSlugOrId: string, renewableAt: number): Promise<Receiver | undefined> => {
    const receiver = loadReceiver(options, tenantSlugOrId);
    known.set(tenantSlugOrId, { receiver, until: options.clock.now() + rememberMs, renewableAt });
    // Strangers may ask for any name: nothing about them is kept.
    const isKnown = await receiver.then(
      (loaded) => loaded !== undefined && loaded.secrets.length > 0,
      () => false,
    );
    if (!isKnown) known.delete(tenantSlugOrId);
    return receiver;
  };
  return {
    find: async (tenantSlugOrId) => {
      const found = known.get(tenantSlugOrId);
      const isFresh = found !== undefined && found.until > options.clock.now();
      return isFresh ? found.receiver : await load(tenantSlugOrId, 0);
    },
    findAnew: async (tenantSlugOrId) => {
      const now = options.clock.now();
      const found = known.get(tenantSlugOrId);
      const isTooSoon = found !== undefined && found.renewableAt > now;
      return isTooSoon ? found.receiver : await load(tenantSlugOrId, now + renewMs);
    },
  };
}

async function loadReceiver(options: ReceiverOptions, tenantSlugOrId: string): Promise<Receiver | undefined> {
  const tenant = await options.tenants.find(tenantSlugOrId);
  if (tenant === undefined || tenant.state !== 'active') return undefined;
  const { db } = options.database;
  const { id: tenantId, country } = tenant;
  const [connection, secrets, declared] = await Promise.all([
    options.connections.find(tenantId),
    webhookSecrets(options.secrets, tenantId, options.clock.now()),
    options.declared(tenantId),
  ]);
  const specs = mergeDeclarations(declared);
  return {
    tenantId,
    workspaceId: connection?.workspaceId,
    secrets,
    intake: createIntake({ db, tenantId, country, specs, onRecordChange: options.onRecordChange }),
    heard: createHeard(options, tenantId),
    heardTest: async (delivery) => {
      if (!isOfTest(tenantId, delivery)) return false;
      await noteTestHeard(db, tenantId, delivery);
      return true;
    },
    refused: async (refusal) => await noteTestRefused(db, tenantId, refusal),
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
