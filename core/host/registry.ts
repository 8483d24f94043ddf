import { type AnyPlugin, ConfigError } from '../contract/index.ts';

/** The plugins this hub carries. A plugin that cannot be loaded is named with its reason; the rest work. */
export interface Registry {
  readonly plugins: readonly AnyPlugin[];
  readonly broken: readonly { readonly id: string; readonly reason: string }[];
  /** @throws ConfigError naming the plugins there are */
  readonly get: (id: string) => AnyPlugin;
  readonly find: (id: string) => AnyPlugin | undefined;
}

/** A folder under plugins/ and how to load it. The list is generated into plugins/index.ts. */
export interface PluginSource {
  readonly id: string;
  readonly load: () => Promise<{ readonly plugin: unknown }>;
}

export async function loadRegistry(sources: readonly PluginSource[]): Promise<Registry> {
  const plugins: AnyPlugin[] = [];
  const broken: { id: string; reason: string }[] = [];
  for (const source of sources) {
    try {
      const plugin = (await source.load()).plugin as AnyPlugin;
      assertSound(source.id, plugin);
      assertOwnTopics(plugin, plugins);
      plugins.push(plugin);
    } catch (error) {
      broken.push({ id: source.id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return createRegistry(plugins, broken);
}

export function createRegistry(plugins: readonly AnyPlugin[], broken: Registry['broken'] = []): Registry {
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  return {
    plugins,
    broken,
    find: (id) => byId.get(id),
    get(id) {
      const plugin = byId.get(id);
      if (plugin !== undefined) return plugin;
      const reason = broken.find((one) => one.id === id)?.reason;
      if (reason !== undefined)
        throw new ConfigError(`The plugin ${id} could not be loaded: ${reason}`, { field: 'plugin' });
      throw new ConfigError(`There is no plugin ${id}`, {
        field: 'plugin',
        remedy: `Use one of: ${[...byId.keys()].join(', ')}.`,
      });
    },
  };
}

/** What the host relies on and types cannot promise. */
function assertSound(folder: string, plugin: AnyPlugin): void {
  if (plugin?.contract !== 1) throw new Error('it is written for another version of the plugin contract');
  if (plugin.id !== folder) throw new Error(`its id "${plugin.id}" is not the name of its folder`);
  for (const job of plugin.jobs ?? []) {
    if (!job.type.name.startsWith(`${plugin.id}.`))
      throw new Error(`its job "${job.type.name}" must be named "${plugin.id}.…"`);
  }
  const doors = [
    ...(plugin.webhooks ?? []).map((door) => `POST ${door.path}`),
    ...(plugin.routes ?? []).map((door) => `${door.method} ${door.path}`),
  ];
  const doubled = doors.find((door, index) => doors.indexOf(door) !== index);
  if (doubled !== undefined) throw new Error(`two of its doors are ${doubled}`);
  const open = plugin.routes?.find((route) => route.audience === 'vendor' && route.verify === undefined);
  if (open !== undefined) throw new Error(`its route ${open.path} is open to the vendor and verifies nobody`);
}

function assertOwnTopics(plugin: AnyPlugin, others: readonly AnyPlugin[]): void {
  const seen = new Map(others.flatMap((other) => (other.topics ?? []).map(({ name }) => [name, other.id])));
  for (const { name } of plugin.topics ?? []) {
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) throw new Error(`its topic "${name}" is not lower case with hyphens`);
    const owner = seen.get(name);
    if (owner !== undefined) throw new Error(`its topic "${name}" is also a topic of ${owner}`);
    seen.set(name, plugin.id);
  }
}
