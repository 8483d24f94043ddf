import type { AnyPlugin } from '../contract/plugin.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Executor } from '../store/database.ts';
import { announceChange } from './announce.ts';
import { assertSettable, describeChange, mergeConfig, parseConfig, splitConfig } from './plugin-config.ts';
import type { PluginConfigValues } from './plugin-config.ts';
import { settingRows } from './plugin-rows.ts';
import type { PluginSettingDeps } from './plugin-rows.ts';
import type { PluginState } from './tables.ts';
import { getTenant } from './tenants.ts';

export type Storing = {
  readonly slugOrId: string;
  readonly plugin: AnyPlugin;
  readonly changes: PluginConfigValues;
  readonly actor: string;
  readonly enable: boolean;
};

/** @returns the tenant's id */
export async function storeSettings(
  deps: PluginSettingDeps,
  { slugOrId, plugin, changes, actor, enable }: Storing,
): Promise<string> {
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
  return tenantId;
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

type Switching = {
  readonly slugOrId: string;
  readonly pluginId: string;
  readonly actor: string;
  readonly from: readonly PluginState[];
  readonly to: 'paused' | 'disabled';
  readonly reason: string | null;
};

/** @returns the state afterwards; doing it twice changes and logs nothing more */
export function switchState(
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
