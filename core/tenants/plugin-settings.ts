import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import { ConflictError, NotFoundError } from '../contract/errors.ts';
import type { AnyPlugin } from '../contract/plugin.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { announceChange } from './announce.ts';
import { assertSettable, describeChange, mergeConfig, parseConfig, splitConfig } from './plugin-config.ts';
import type { PluginConfigValues } from './plugin-config.ts';
import type { PluginState } from './tables.ts';
import { findTenant, getTenant } from './tenants.ts';
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

export interface PluginSettingDeps {
  readonly db: Kysely<Tables>;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
}

export function createPluginSettings(deps: PluginSettingDeps): PluginSettings {
  const { db } = deps;
  return {
    list: (tenantId) => listSettings(deps, tenantId),
    find: async (tenantId, pluginId) => (await listSettings(deps, tenantId)).find((each) => each.pluginId === pluginId),
    configure: (slugOrId, plugin, changes, actor) =>
      storeSettings(deps, { slugOrId, plugin, changes, actor, enable: false }),
    enable: (slugOrId, plugin, changes, actor) =>
      storeSettings(deps, { slugOrId, plugin, changes, actor, enable: true }),
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

function settingRows(executor: Executor, tenantId: string) {
  return executor.selectFrom('plugin_setting').selectAll().where('tenant_id', '=', tenantId);
}

type Storing = {
  readonly slugOrId: string;
  readonly plugin: AnyPlugin;
  readonly changes: PluginConfigValues;
  readonly actor: string;
  readonly enable: boolean;
};

async function storeSettings(
  deps: PluginSettingDeps,
  { slugOrId, plugin, changes, actor, enable }: Storing,
): Promise<PluginSetting> {
  const { db, secrets, audit } = deps;
  assertSettable(plugin, changes);
  const { id: tenantId } = await getTenant(db, slugOrId);
  await db.transaction().execute(async (transaction) => {
    // Held until the end, so that two who change different settings at once do not undo each other.
    await transaction.selectFrom('tenant').select('id').where('id', '=', tenantId).forUpdate().execute();
    const row = await settingRows(transaction, tenantId).where('plugin_id', '=', plugin.id).executeTakeFirst();
    const kept = await keptSecrets(secrets, transaction, { tenantId, plugin, changes });
    const before = { ...row?.config, ...kept };
    const after = mergeConfig(plugin, before, changes);
    parseConfig(plugin, after);
    const { plain, secrets: wanted } = splitConfig(plugin, after);
    const state = enable ? 'enabled' : (row?.state ?? 'disabled');
    const values = { state, pause_reason: enable ? null : (row?.pause_reason ?? null), config: JSON.stringify(plain) };
    await transaction
      .insertInto('plugin_setting')
      .values({ tenant_id: tenantId, plugin_id: plugin.id, ...values })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'plugin_id']).doUpdateSet({ ...values, updated_at: new Date() }),
      )
      .execute();
    await replaceSecrets(secrets, transaction, { tenantId, pluginId: plugin.id }, changes, wanted);
    const action = enable ? 'plugin.enable' : 'plugin.configure';
    const details = describeChange(plugin, before, after);
    await audit.append(transaction, { tenantId, actor, action, subject: `plugin/${plugin.id}`, details });
    await announceChange(transaction, tenantId);
  });
  return requireSetting(deps, tenantId, plugin.id);
}

/** The secrets that stay. Those that change are not opened: entering a secret again is the way out of a lost key. */
async function keptSecrets(
  secrets: Secrets,
  transaction: Executor,
  {
    tenantId,
    plugin,
    changes,
  }: { readonly tenantId: string; readonly plugin: AnyPlugin; readonly changes: PluginConfigValues },
): Promise<Record<string, string>> {
  const names = await secrets.names(tenantId, plugin.id, transaction);
  const kept: Record<string, string> = {};
  for (const name of names.filter((each) => !Object.hasOwn(changes, each))) {
    const value = await secrets.get({ tenantId, pluginId: plugin.id, name }, transaction);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

async function replaceSecrets(
  secrets: Secrets,
  transaction: Executor,
  owner: { readonly tenantId: string; readonly pluginId: string },
  changes: PluginConfigValues,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  for (const name of Object.keys(changes)) {
    const value = wanted[name];
    if (value !== undefined) await secrets.set({ ...owner, name }, value, transaction);
    else await secrets.delete({ ...owner, name }, transaction);
  }
}

async function requireSetting(deps: PluginSettingDeps, tenantId: string, pluginId: string): Promise<PluginSetting> {
  const setting = (await listSettings(deps, tenantId)).find((each) => each.pluginId === pluginId);
  if (setting !== undefined) return setting;
  throw new NotFoundError(`The plugin ${pluginId} has no settings for this tenant any more`, {
    remedy: 'The tenant was deleted meanwhile.',
  });
}

type Switching = {
  readonly slugOrId: string;
  readonly pluginId: string;
  readonly actor: string;
  readonly from: readonly PluginState[];
  readonly to: 'paused' | 'disabled';
  readonly reason: string | null;
};

/** @returns the state afterwards; doing it twice changes and logs nothing more */
function switchState(
  { db, audit }: PluginSettingDeps,
  { slugOrId, pluginId, actor, from, to, reason }: Switching,
): Promise<PluginState> {
  return db.transaction().execute(async (transaction) => {
    const { id: tenantId } = await getTenant(transaction, slugOrId);
    const rows = settingRows(transaction, tenantId).where('plugin_id', '=', pluginId);
    const state = (await rows.forUpdate().executeTakeFirst())?.state ?? 'disabled';
    if (!from.includes(state)) return state;
    await transaction
      .updateTable('plugin_setting')
      .set({ state: to, pause_reason: reason, updated_at: new Date() })
      .where('tenant_id', '=', tenantId)
      .where('plugin_id', '=', pluginId)
      .execute();
    const action = to === 'paused' ? 'plugin.pause' : 'plugin.disable';
    const details = reason === null ? {} : { reason };
    await audit.append(transaction, { tenantId, actor, action, subject: `plugin/${pluginId}`, details });
    await announceChange(transaction, tenantId);
    return to;
  });
}
