import type { Queue } from '@switchboard/queue';
import {
  type CheckLine,
  type Language,
  NotFoundError,
  type Permission,
  type RawRequest,
  type Reply,
  type Route,
} from '../contract/index.ts';
import type { Host } from '../host/host.ts';
import type { AnyContext } from '../host/instances.ts';
import type { Registry } from '../host/registry.ts';
import type { PluginSetting, PluginSettings, Tenants } from '../tenants/index.ts';
import { runCheck } from './check.ts';
import { type Described, describe } from './plugin-texts.ts';
import { permissionsUsed } from './permissions-used.ts';

/** A plugin as an admin sees it for one tenant. */
export interface PluginCard {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** `broken`: it could not be loaded; `detail` says why. */
  readonly state: 'enabled' | 'paused' | 'disabled' | 'broken';
  readonly detail: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the secrets that are set; their values are never shown. */
  readonly secrets: readonly string[];
  /** JSON Schema of the settings as they are given; a form is drawn from it. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What an admin does with the plugins of a tenant. Every change is in the audit log under the actor's name. */
export interface PluginAdmin {
  /** @param language of the summaries and of what is said of the settings. Default English, as everywhere else here. */
  readonly list: (tenant: string, language?: Language) => Promise<PluginCard[]>;
  /** Ids of those that are enabled or paused. */
  readonly active: (tenantId: string) => Promise<string[]>;
  /** Those that something of the hub or of these plugins asks for. */
  readonly permissions: (tenantId: string) => Promise<readonly Permission[]>;
  /** Changes settings and enables; also ends a pause, and lets what waited run. @throws ConfigError naming the setting */
  readonly enable: (tenant: string, pluginId: string, changes: object, actor: string) => Promise<PluginCard>;
  readonly configure: (tenant: string, pluginId: string, changes: object, actor: string) => Promise<PluginCard>;
  /** What arrives is kept and waits. */
  readonly pause: (tenant: string, pluginId: string, reason: string, actor: string) => Promise<PluginCard>;
  /** Closes its doors; settings and secrets stay for the next time. */
  readonly disable: (tenant: string, pluginId: string, actor: string) => Promise<PluginCard>;
  readonly check: (tenant: string, pluginId: string, signal: AbortSignal) => Promise<readonly CheckLine[]>;
  /** What the plugin lets operators do beside. */
  readonly doors: (pluginId: string) => readonly Pick<Route<AnyContext>, 'method' | 'path' | 'summary'>[];
  /** Calls one of them as the hub's API does. @throws NotFoundError where there is no such door or the plugin is not enabled */
  readonly callDoor: (tenant: string, pluginId: string, call: DoorCall) => Promise<Reply>;
}

interface DoorCall {
  readonly path: string;
  /** The query of a door that is asked, the body of one that does something; with any of them, of two doors the one that does something. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

interface PluginAdminDeps {
  readonly registry: Registry;
  readonly tenants: Tenants;
  readonly settings: PluginSettings;
  readonly queue: Queue;
  readonly instances: Host['instances'];
  readonly doors: Host['doors'];
}

export function createPluginAdmin({
  registry,
  tenants,
  settings,
  queue,
  instances,
  doors,
}: PluginAdminDeps): PluginAdmin {
  async function cards(tenantId: string, language: Language): Promise<PluginCard[]> {
    const known = new Map((await settings.list(tenantId)).map((setting) => [setting.pluginId, setting]));
    const sound = registry.plugins.map((plugin) => toCard(describe(plugin, language), known.get(plugin.id)));
    const broken = registry.broken.map(({ id, reason }): PluginCard => ({
      ...toCard({ id, name: id, summary: '', settings: {} }, known.get(id)),
      state: 'broken',
      detail: `It could not be loaded: ${reason}`,
    }));
    return [...sound, ...broken];
  }

  async function card(tenantId: string, pluginId: string): Promise<PluginCard> {
    return toCard(describe(registry.get(pluginId), 'en'), await settings.find(tenantId, pluginId));
  }

  /** Whoever made a change and asks at once meets what was changed: the news of it comes a moment later. */
  async function takenOver(tenantId: string, pluginId: string): Promise<PluginCard> {
    await instances.renew(tenantId);
    return await card(tenantId, pluginId);
  }

  const doorsOf = (pluginId: string) =>
    (registry.get(pluginId).routes ?? []).filter(({ audience }) => audience === 'operator');

  return {
    doors: doorsOf,
    async callDoor(tenant, pluginId, { path, values, signal }) {
      const { id } = await tenants.get(tenant);
      const found = doorsOf(pluginId).filter((one) => one.path === path);
      const instance = await instances.get(id, pluginId);
      if (instance === undefined) {
        throw new NotFoundError(`The plugin ${pluginId} is not enabled for the tenant ${tenant}`, {
          remedy: `Enable it with "plugin enable ${tenant} ${pluginId}".`,
        });
      }
      return await doors.call(instance, 'operator', requestFor(found, path, values), signal);
    },
    list: async (tenant, language = 'en') => await cards((await tenants.get(tenant)).id, language),
    active: async (tenantId) => [...(await settings.active(tenantId))].toSorted(),
    permissions: async (tenantId) =>
      permissionsUsed([...(await settings.active(tenantId))].flatMap((id) => registry.find(id) ?? [])),
    async enable(tenant, pluginId, changes, actor) {
      const { id } = await tenants.get(tenant);
      await settings.enable(id, registry.get(pluginId), changes as Record<string, unknown>, actor);
      await queue.resume(pluginId, id);
      return await takenOver(id, pluginId);
    },
    async configure(tenant, pluginId, changes, actor) {
      const { id } = await tenants.get(tenant);
      await settings.configure(id, registry.get(pluginId), changes as Record<string, unknown>, actor);
      return await takenOver(id, pluginId);
    },
    async pause(tenant, pluginId, reason, actor) {
      const { id } = await tenants.get(tenant);
      await settings.pause(id, registry.get(pluginId).id, reason, actor);
      await queue.pause(pluginId, id, reason);
      return await takenOver(id, pluginId);
    },
    async disable(tenant, pluginId, actor) {
      const { id } = await tenants.get(tenant);
      await settings.disable(id, registry.get(pluginId).id, actor);
      await queue.pause(pluginId, id, 'The plugin is disabled.');
      return await takenOver(id, pluginId);
    },
    async check(tenant, pluginId, signal) {
      const { id } = await tenants.get(tenant);
      const plugin = registry.get(pluginId);
      return await runCheck(plugin.name, async () => await instances.get(id, pluginId), signal);
    },
  };
}

function requestFor(
  found: readonly Pick<Route<AnyContext>, 'method'>[],
  path: string,
  values: DoorCall['values'],
): RawRequest {
  const isEmpty = Object.keys(values).length === 0;
  const asks = found.find(({ method }) => method === 'GET');
  const does = found.find(({ method }) => method !== 'GET');
  const method = (isEmpty ? (asks ?? does) : (does ?? asks))?.method ?? 'GET';
  const query = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return {
    method,
    path,
    query: new URLSearchParams(method === 'GET' ? query : []),
    headers: { 'content-type': 'application/json' },
    body: method === 'GET' ? Buffer.alloc(0) : Buffer.from(JSON.stringify(values)),
  };
}

function toCard(plugin: Described, setting: PluginSetting | undefined): PluginCard {
  return {
    ...plugin,
    state: setting?.state ?? 'disabled',
    detail: setting?.pauseReason ?? '',
    config: setting?.config ?? {},
    secrets: setting?.secrets ?? [],
  };
}
