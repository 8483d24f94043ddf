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

/**
 * The plugins of each tenant, built when first needed and thrown away when the tenant's settings change.
 */
export interface Instances {
  /** @returns undefined when the plugin is not enabled for the tenant */
  readonly get: (tenantId: string, pluginId: string) => Promise<Instance | undefined>;
  readonly forget: (tenantId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createInstances({ registry, loadSettings, createContext }: InstanceDeps): Instances {
  const tenants = new Map<string, Map<string, Promise<Instance | undefined>>>();

  async function build(tenantId: string, pluginId: string): Promise<Instance | undefined> {
    const plugin = registry.find(pluginId);
    if (plugin === undefined) return undefined;
    const settings = await loadSettings(tenantId, plugin);
    if (settings === undefined) return undefined;
    const bare = createContext(settings, plugin);
    const services = plugin.setup?.(bare) as never;
    const context: AnyContext = { ...bare, services };
    return { plugin, context, capabilities: plugin.capabilities?.(context) ?? [] };
  }

  async function stop(built: Promise<Instance | undefined>): Promise<void> {
    const instance = await built.catch(() => undefined);
    await instance?.plugin.stop?.(instance.context);
  }

  async function forget(tenantId: string): Promise<void> {
    const plugins = tenants.get(tenantId);
    tenants.delete(tenantId);
    await Promise.allSettled([...(plugins?.values() ?? [])].map(stop));
  }

  return {
    get(tenantId, pluginId) {
      const plugins = tenants.get(tenantId) ?? new Map<string, Promise<Instance | undefined>>();
      tenants.set(tenantId, plugins);
      const known = plugins.get(pluginId);
      if (known !== undefined) return known;
      const built = build(tenantId, pluginId);
      plugins.set(pluginId, built);
      // A failed build is tried again at the next need: the cause may have been the database.
      built.catch(() => plugins.delete(pluginId));
      return built;
    },
    forget,
    async close() {
      await Promise.all([...tenants.keys()].map(forget));
    },
  };
}
