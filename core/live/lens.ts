import type { Logger } from '../contract/index.ts';
import type { Entry } from './read.ts';
import type { Viewer } from './scope.ts';
import type { Topics } from './topics.ts';

/** Shows an item as a member's role may see it. @returns its data as JSON; undefined for what cannot be shown */
export type Lens = (entry: Entry, viewer: Viewer) => string | undefined;

/** Two hundred agents have few roles: what a set of rights sees of an item is worked out once and kept for as long as the item is. */
export function createLens(topics: Topics, log: Logger): Lens {
  const known = new WeakMap<Entry, Map<string, string | undefined>>();

  function look(entry: Entry, viewer: Viewer): string | undefined {
    const topic = topics.find(entry.topic);
    if (topic?.show === undefined) return entry.data;
    // An item of an older version of the plugin may have another shape; whom it may be shown to cannot be told then.
    const { data, success } = topic.data.safeParse(JSON.parse(entry.data));
    if (success) return JSON.stringify(topic.show(data, viewer));
    log.warn(
      { tenantId: viewer.tenantId, topic: entry.topic },
      'A live item is not of the shape of its topic; it is not shown',
    );
    return undefined;
  }

  return (entry, viewer) => {
    const views = known.get(entry) ?? new Map<string, string | undefined>();
    known.set(entry, views);
    if (!views.has(viewer.rights)) views.set(viewer.rights, look(entry, viewer));
    return views.get(viewer.rights);
  };
}
