import type { AnyPlugin, Topic } from '../contract/index.ts';

/** The topics that the plugins of this hub declare. */
export interface Topics {
  readonly names: readonly string[];
  readonly find: (name: string) => Topic | undefined;
  /** @returns the id of the plugin */
  readonly ownerOf: (name: string) => string | undefined;
}

export function collectTopics(plugins: readonly AnyPlugin[]): Topics {
  const known = new Map(
    plugins.flatMap((plugin) => (plugin.topics ?? []).map((topic) => [topic.name, { topic, owner: plugin.id }])),
  );
  return {
    names: [...known.keys()],
    find: (name) => known.get(name)?.topic,
    ownerOf: (name) => known.get(name)?.owner,
  };
}
