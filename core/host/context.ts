import type { Kysely } from 'kysely';
import type { Blobs } from '../blobs/index.ts';
import type {
  AnyPlugin,
  Capability,
  Clock,
  CrmFileSource,
  CrmReader,
  HttpClient,
  Logger,
  PluginContext,
} from '../contract/index.ts';
import { readTogether } from '../crm/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Tables } from '../store/tables.ts';
import type { Commit } from './commit.ts';
import type { Journal } from '../journal/index.ts';
import { createFactStore } from './facts.ts';
import type { InstanceSettings } from './instances.ts';
import { createPluginTables } from './plugin-tables.ts';
import { createSharedTokens } from './shared-tokens.ts';
import { createVault } from './vault.ts';

interface ContextDeps {
  readonly db: Kysely<Tables>;
  readonly log: Logger & { child(fields: object): Logger };
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly secrets: Secrets;
  readonly blobs: Blobs;
  readonly commit: Commit;
  readonly journal: Pick<Journal, 'reader'>;
  readonly publicUrl: string;
  readonly crmReader: (tenantId: string) => CrmReader;
  readonly crmFiles: (tenantId: string) => CrmFileSource;
  readonly findCapability: (tenantId: string, name: string) => unknown;
}

/** Where a plugin's vendor doors of a tenant are reachable, without a trailing slash. */
function doorUrl(publicUrl: string, tenantSlug: string, pluginId: string): string {
  return `${publicUrl}/hooks/${tenantSlug}/${pluginId}`;
}

/** Makes what the host hands to a plugin, bound to one tenant: a plugin cannot name another tenant. */
export function createContextFactory(deps: ContextDeps) {
  return ({ tenant, config }: InstanceSettings, plugin: AnyPlugin): PluginContext<never, undefined> => ({
    tenant,
    config: Object.freeze(config) as never,
    services: undefined,
    log: deps.log.child({ tenant: tenant.slug, plugin: plugin.id }),
    clock: deps.clock,
    crm: readTogether(deps.db, tenant.id, deps.crmReader(tenant.id)),
    store: createFactStore(deps.db, { tenantId: tenant.id, pluginId: plugin.id }),
    tables: createPluginTables(deps.db, { tenantId: tenant.id, pluginId: plugin.id }),
    journal: deps.journal.reader(tenant.id),
    vault: createVault(deps.secrets, { tenantId: tenant.id, pluginId: plugin.id }),
    files: deps.blobs.storeOf(tenant.id),
    crmFiles: deps.crmFiles(tenant.id),
    http: deps.http,
    tokens: createSharedTokens({ ...deps, tenantId: tenant.id, pluginId: plugin.id }),
    commit: (changes) => deps.commit(tenant.id, plugin.id, changes),
    capability: <Interface>(capability: Capability<Interface>) =>
      deps.findCapability(tenant.id, capability.name) as Interface | undefined,
    url: (path) => doorUrl(deps.publicUrl, tenant.slug, plugin.id) + path,
  });
}
