import { isDeepStrictEqual } from 'node:util';
import type { AnyPlugin, OfferedCapability, PluginContext, Tenant } from '../contract/index.ts';
import type { Registry } from './registry.ts';

/** A context whose configuration and services are of no concern to the holder. */
export type AnyContext = PluginContext<never, never>;

/** A plugin as configured for one tenant. */
export interface Instance {
  readonly plugin: AnyPlugin;
  readonly context: AnyContext;
  readonly capabilities: readonly OfferedCapability[];
}

/** What the instance is made of; read anew whenever the tenant's settings change. */
export interface InstanceSettings {
  readonly tenant: Tenant;
  /** Validated by the plugin's schema, secrets in clear. */
  readonly config: object;
}

interface InstanceDeps {
  readonly registry: Registry;
  /** @returns undefined when the plugin is not enabled for the tenant */
  readonly loadSettings: (tenantId: string, plugin: AnyPlugin) => Promise<InstanceSettings | undefined>;
  readonly createContext: (settings: InstanceSettings, plugin: AnyPlugin) => PluginContext<never, undefined>;
}

/** The plugins of each tenant, built when first needed. */
export interface Instances {
  /** @returns undefined when the plugin is not enabled for the tenant */
  readonly get: (tenantId: string, pluginId: string) => Promise<Instance | undefined>;
  /** Stops what is made of settings that do not hold any more; the next need builds it anew. What a change left alone goes on. */
  readonly renew: (tenantId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Built {
  readonly settings: InstanceSettings;
  readonly instance: Instance;
}

export function createInstances({ registry, loadSettings, createContext }: InstanceDeps): Instances {
  const tenants = new Map<string, Map<string, Promise<Built | undefined>>>();

  async function build(tenantId: string, pluginId: string): Promise<Built | undefined> {
    const plugin = registry.find(pluginId);
    if (plugin === undefined) return undefined;
    const settings = await loadSettings(tenantId, plugin);
    if (settings === undefined) return undefined;
    const bare = createContext(settings, plugin);
    const services = plugin.setup?.(bare) as never;
    const context: AnyContext = { ...bare, services };
    return { settings, instance: { plugin, context, capabilities: plugin.capabilities?.(context) ?? [] } };
  }

  async function holds(tenantId: string, { settings, instance }: Built): Promise<boolean> {
    return isDeepStrictEqual(await loadSettings(tenantId, instance.plugin), settings);
  }

  return {
    async get(tenantId, pluginId) {
      const plugins = tenants.get(tenantId) ?? new Map<string, Promise<Built | undefined>>();
      tenants.set(tenantId, plugins);
      const known = plugins.get(pluginId);
      if (known !== undefined) return (await known)?.instance;
      const built = build(tenantId, pluginId);
      plugins.set(pluginId, built);
      // A failed build is tried again at the next need: the cause may have been the database.
      built.catch(() => drop(plugins, pluginId, built));
      return (await built)?.instance;
    },
    async renew(tenantId) {
      const plugins = tenants.get(tenantId) ?? new Map<string, Promise<Built | undefined>>();
      const renewals = [...plugins].map(async ([pluginId, building]) => {
        const built = await building.catch(() => undefined);
        if (built !== undefined && (await holds(tenantId, built))) return;
        if (drop(plugins, pluginId, building)) await stop(built);
      });
      await Promise.allSettled(renewals);
    },
    async close() {
      const all = [...tenants.values()].flatMap((plugins) => [...plugins.values()]);
      tenants.clear();
      await Promise.allSettled(all.map(async (building) => await stop(await building)));
    },
  };
}

/** @returns whether it was still that one */
function drop<Value>(values: Map<string, Value>, key: string, value: Value): boolean {
  return values.get(key) === value && values.delete(key);
}

async function stop(built: Built | undefined): Promise<void> {
  await built?.instance.plugin.stop?.(built.instance.context);
}
