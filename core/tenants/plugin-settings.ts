import { ConflictError, NotFoundError } from '../contract/errors.ts';
import type { AnyPlugin } from '../contract/plugin.ts';
import type { Executor } from '../store/database.ts';
import { storeSettings, switchState } from './plugin-changes.ts';
import type { Storing } from './plugin-changes.ts';
import { mergeConfig, parseConfig } from './plugin-config.ts';
import type { PluginConfigValues } from './plugin-config.ts';
import { settingRows } from './plugin-rows.ts';
import type { PluginSettingDeps } from './plugin-rows.ts';
import type { PluginState } from './tables.ts';
import { findTenant } from './tenants.ts';
import type { TenantRecord } from './tenants.ts';

/** How a plugin stands for a tenant, without secrets. */
export interface PluginSetting {
  readonly pluginId: string;
  readonly state: PluginState;
  /** Why it is paused, for the admin. */
  readonly pauseReason: string | undefined;
  readonly config: PluginConfigValues;
  /** The names of the secrets that are set. */
  readonly secrets: readonly string[];
  readonly updatedAt: Date;
}

/** What the host builds an instance from. */
export interface LoadedPlugin {
  readonly tenant: TenantRecord;
  readonly state: 'enabled' | 'paused';
  /** Validated, defaults filled in, secrets in clear. */
  readonly config: object;
}

/** Members that change something write the audit log and announce the change to every process of the hub. */
export interface PluginSettings {
  readonly list: (tenantId: string) => Promise<PluginSetting[]>;
  readonly find: (tenantId: string, pluginId: string) => Promise<PluginSetting | undefined>;
  /**
   * Changes settings; `null` takes one away, what is not named stays. The whole must be valid afterwards.
   * @throws ConfigError naming the field
   */
  readonly configure: (
    slugOrId: string,
    plugin: AnyPlugin,
    changes: PluginConfigValues,
    actor: string,
  ) => Promise<PluginSetting>;
  /** Configures and enables in one step; also ends a pause. */
  readonly enable: (
    slugOrId: string,
    plugin: AnyPlugin,
    changes: PluginConfigValues,
    actor: string,
  ) => Promise<PluginSetting>;
  /** Keeps the settings and secrets for the next time. */
  readonly disable: (slugOrId: string, pluginId: string, actor: string) => Promise<void>;
  /** Work waits and is not lost until the plugin is enabled again. Only an enabled plugin can be paused. */
  readonly pause: (slugOrId: string, pluginId: string, reason: string, actor: string) => Promise<void>;
  /** @returns undefined when the plugin is not enabled, or the tenant is suspended or gone */
  readonly load: (tenantId: string, plugin: AnyPlugin) => Promise<LoadedPlugin | undefined>;
  /** Ids of the plugins that are enabled or paused: those whose events must not be lost. */
  readonly active: (tenantId: string, executor?: Executor) => Promise<ReadonlySet<string>>;
}

export function createPluginSettings(deps: PluginSettingDeps): PluginSettings {
  const { db } = deps;
  const change = async (storing: Storing): Promise<PluginSetting> =>
    requireSetting(deps, await storeSettings(deps, storing), storing.plugin.id);
  return {
    list: (tenantId) => listSettings(deps, tenantId),
    find: async (tenantId, pluginId) => (await listSettings(deps, tenantId)).find((each) => each.pluginId === pluginId),
    configure: (slugOrId, plugin, changes, actor) => change({ slugOrId, plugin, changes, actor, enable: false }),
    enable: (slugOrId, plugin, changes, actor) => change({ slugOrId, plugin, changes, actor, enable: true }),
    disable: async (slugOrId, pluginId, actor) => {
      await switchState(deps, { slugOrId, pluginId, actor, from: ['enabled', 'paused'], to: 'disabled', reason: null });
    },
    pause: async (slugOrId, pluginId, reason, actor) => {
      const state = await switchState(deps, { slugOrId, pluginId, actor, from: ['enabled'], to: 'paused', reason });
      if (state === 'paused') return;
      throw new ConflictError(`The plugin ${pluginId} is not enabled for "${slugOrId}"`, {
        remedy: 'Enable it first.',
      });
    },
    load: (tenantId, plugin) => loadPlugin(deps, tenantId, plugin),
    active: (tenantId, executor = db) => activePlugins(executor, tenantId),
  };
}

async function listSettings({ db, secrets }: PluginSettingDeps, tenantId: string): Promise<PluginSetting[]> {
  const rows = await settingRows(db, tenantId).orderBy('plugin_id').execute();
  return Promise.all(
    rows.map(async (row) => ({
      pluginId: row.plugin_id,
      state: row.state,
      pauseReason: row.pause_reason ?? undefined,
      config: row.config,
      secrets: await secrets.names(tenantId, row.plugin_id),
      updatedAt: row.updated_at,
    })),
  );
}

async function loadPlugin(
  { db, secrets }: PluginSettingDeps,
  tenantId: string,
  plugin: AnyPlugin,
): Promise<LoadedPlugin | undefined> {
  const [tenant, row] = await Promise.all([
    findTenant(db, tenantId),
    settingRows(db, tenantId).where('plugin_id', '=', plugin.id).executeTakeFirst(),
  ]);
  if (tenant?.state !== 'active' || row === undefined || row.state === 'disabled') return undefined;
  const values = { ...row.config, ...(await secrets.getAll(tenantId, plugin.id)) };
  return { tenant, state: row.state, config: parseConfig(plugin, mergeConfig(plugin, values, {})) };
}

async function activePlugins(executor: Executor, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await settingRows(executor, tenantId).where('state', '<>', 'disabled').execute();
  return new Set(rows.map((row) => row.plugin_id));
}

async function requireSetting(deps: PluginSettingDeps, tenantId: string, pluginId: string): Promise<PluginSetting> {
  const setting = (await listSettings(deps, tenantId)).find((each) => each.pluginId === pluginId);
  if (setting !== undefined) return setting;
  throw new NotFoundError(`The plugin ${pluginId} has no settings for this tenant any more`, {
    remedy: 'The tenant was deleted meanwhile.',
  });
}
