import type { Job, JobOutcome, Queue } from '@switchboard/queue';
import type { Clock, CrmFileSource, CrmReader, HttpClient } from '../contract/index.ts';
import type { Blobs } from '../blobs/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Leases } from '../leases/leases.ts';
import type { Logger as PinoLogger } from 'pino';
import type { Secrets } from '../secrets/index.ts';
import { coalesce } from '../store/coalesce.ts';
import type { Database } from '../store/database.ts';
import { type PluginSettings, tenantChannel, type Tenants } from '../tenants/index.ts';
import type { Commit } from './commit.ts';
import { createContextFactory } from './context.ts';
import { createDoors, type Doors } from './doors.ts';
import { createResolver, logJobOutcome } from './handlers.ts';
import { createInstances, type Instance, type Instances } from './instances.ts';
import { createLinks } from './links.ts';
import type { Registry } from './registry.ts';
import { updateSchedules } from './schedules.ts';

export interface HostDeps {
  readonly database: Database;
  readonly queue: Queue;
  readonly registry: Registry;
  readonly tenants: Tenants;
  readonly settings: PluginSettings;
  readonly leases: Leases;
  readonly commit: Commit;
  readonly journal: Pick<Journal, 'reader'>;
  readonly crmReader: (tenantId: string) => CrmReader;
  readonly crmFiles: (tenantId: string) => CrmFileSource;
  readonly blobs: Blobs;
  readonly http: HttpClient;
  readonly secrets: Secrets;
  readonly log: PinoLogger;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Runs the plugins of all tenants in this process. */
export interface Host {
  readonly instances: Instances;
  readonly doors: Doors;
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
  /** The plugin that offers a capability to a tenant, by its id; undefined when none does. */
  readonly offererOf: (tenantId: string, capability: string) => string | undefined;
  readonly resolveJob: ReturnType<typeof createResolver>;
  readonly onOutcome: (outcome: JobOutcome) => Promise<void>;
  /** Worker role: holds live links and keeps schedules in line with the settings. */
  readonly startLinks: () => Promise<void>;
  readonly close: () => Promise<void>;
}

type Offered = { readonly pluginId: string; readonly implementation: unknown };

export async function createHost(deps: HostDeps): Promise<Host> {
  const { database, queue, registry, tenants, settings, leases, log } = deps;
  const { db } = database;
  const capabilities = new Map<string, Map<string, Offered>>();
  const createContext = createContextFactory({ ...deps, db, findCapability });
  const instances = createInstances({
    registry,
    loadSettings: (tenantId, plugin) => settings.load(tenantId, plugin),
    createContext,
  });
  const links = createLinks(leases);
  const idsBySlug = new Map<string, string>();
  const takingOver = new Map<string, () => Promise<void>>();
  const underWay = new Set<Promise<void>>();
  let holdsLinks = false;

  /** Capabilities are looked up while plugins work, long after they were built; so the answer may be kept per tenant. */
  function findCapability(tenantId: string, name: string): unknown {
    return capabilities.get(tenantId)?.get(name)?.implementation;
  }

  async function enabledInstances(tenantId: string): Promise<Instance[]> {
    const found: Instance[] = [];
    for (const plugin of registry.plugins) {
      try {
        const instance = await instances.get(tenantId, plugin.id);
        if (instance !== undefined) found.push(instance);
      } catch (error) {
        log.error({ tenantId, plugin: plugin.id, err: error }, 'A plugin could not be set up for a tenant');
      }
    }
    return found;
  }

  async function refresh(tenantId: string): Promise<void> {
    const found = await enabledInstances(tenantId);
    capabilities.set(
      tenantId,
      new Map(
        found.flatMap(({ plugin, capabilities: offered }) =>
          offered.map(({ name, implementation }) => [name, { pluginId: plugin.id, implementation }] as const),
        ),
      ),
    );
    if (!holdsLinks) return;
    const paused = new Set(
      (await settings.list(tenantId)).filter((one) => one.state === 'paused').map((one) => one.pluginId),
    );
    await links.update(
      tenantId,
      found.filter(({ plugin }) => !paused.has(plugin.id)),
    );
    await updateSchedules(queue, tenantId, found);
  }

  async function takeOver(tenantId: string): Promise<void> {
    try {
      idsBySlug.clear();
      await instances.renew(tenantId);
      await refresh(tenantId);
    } catch (error) {
      log.error({ tenantId, err: error }, 'Could not take over a change of settings');
    }
  }

  /** In turn: what an earlier change found must not replace what a later one did. */
  async function onTenantChange(tenantId: string): Promise<void> {
    const takeOverInTurn = takingOver.get(tenantId) ?? coalesce(async () => await takeOver(tenantId));
    takingOver.set(tenantId, takeOverInTurn);
    const turn = takeOverInTurn();
    underWay.add(turn);
    await turn.finally(() => underWay.delete(turn));
  }

  async function refreshAll(): Promise<void> {
    for (const tenant of await tenants.list()) await onTenantChange(tenant.id);
  }

  const stopListening = await database.listen(
    tenantChannel,
    (tenantId) => void onTenantChange(tenantId),
    () => void refreshAll(),
  );
  await refreshAll();

  return {
    instances,
    doors: createDoors({ db, queue }),
    async findInstance(tenantSlug, pluginId) {
      const tenantId = idsBySlug.get(tenantSlug) ?? (await tenants.find(tenantSlug))?.id;
      if (tenantId === undefined) return undefined;
      idsBySlug.set(tenantSlug, tenantId);
      return await instances.get(tenantId, pluginId);
    },
    offererOf: (tenantId, capability) => capabilities.get(tenantId)?.get(capability)?.pluginId,
    resolveJob: createResolver({
      db,
      registry,
      instances,
      isSuspended: async (tenantId) => (await tenants.find(tenantId))?.state === 'suspended',
    }),
    async onOutcome(outcome) {
      await logJobOutcome(db, outcome);
      if (outcome.kind === 'paused') await pauseForTenant(settings, outcome.job, outcome.error);
    },
    async startLinks() {
      holdsLinks = true;
      await refreshAll();
    },
    async close() {
      stopListening();
      // A change that is being taken over still needs the database.
      await Promise.all(underWay);
      await links.close();
      await instances.close();
    },
  };
}

/** The queue has paused the owner's jobs; the setting tells the admin why, and every process hears of it. */
async function pauseForTenant(settings: PluginSettings, job: Job, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : 'Its credentials were refused.';
  if (job.tenantId !== null) await settings.pause(job.tenantId, job.owner, reason, 'hub');
}
