import type { AnyPlugin, Topic } from '../contract/index.ts';

/** The topics that this hub and its plugins declare. */
export interface Topics {
  readonly names: readonly string[];
  readonly find: (name: string) => Topic | undefined;
  /** @returns the id of the plugin, or `core` */
  readonly ownerOf: (name: string) => string | undefined;
}

export function collectTopics(plugins: readonly AnyPlugin[], own: readonly Topic[] = []): Topics {
  const declared = [{ id: 'core', topics: own }, ...plugins];
  const known = new Map(
    declared.flatMap(({ id, topics = [] }) => topics.map((topic) => [topic.name, { topic, owner: id }])),
  );
  return {
    names: [...known.keys()],
    find: (name) => known.get(name)?.topic,
    ownerOf: (name) => known.get(name)?.owner,
  };
}
