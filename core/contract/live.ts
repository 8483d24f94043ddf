import type { z } from 'zod';

/**
 * A part of what happens now, as people see it in their browsers: a name and the shape of its items. It is state, not a stream of
 * messages: a topic holds items by key; whoever looks gets all items, then each change. Plugins list their topics in `topics`.
 */
export interface Topic<S extends z.ZodType = z.ZodType> {
  /** Lower case with hyphens, one owner in the whole hub: `calls`. Part of addresses, so never renamed. */
  readonly name: string;
  readonly data: S;
  /** The CRM object that the items are about: only members whose Twenty role may read it see them. Without it every member may. */
  readonly object?: string;
  /**
   * What is left of an item for somebody who may not read all that it shows of the CRM. It is worked out once for all members with the same
   * rights and then kept, so it may depend on nothing but its arguments. Without it everybody who may read `object` sees the whole item.
   */
  show?(data: z.output<S>, rights: ReadRights): z.output<S>;
}

/** What a Twenty role may read. */
export interface ReadRights {
  /** @param field as in records, relations by their `xId` column; without it: whether any of the object may be read */
  readonly sees: (object: string, field?: string) => boolean;
}

/** @example defineTopic('calls', z.object({ phoneNumber: z.string(), state: z.enum(['ringing', 'talking']) }), { object: 'phoneCall' }) */
export function defineTopic<S extends z.ZodType>(
  name: string,
  data: S,
  options: Pick<Topic<S>, 'object' | 'show'> = {},
): Topic<S> {
  return { name, data, ...options };
}

/**
 * One item of a topic as it is from now on. The same state twice is one change; of two changes of a key in one commit the last counts.
 * Keys have up to 200 characters, data up to 64 KiB as JSON.
 */
export interface LiveChange<S extends z.ZodType = z.ZodType> {
  readonly topic: Topic<S>;
  readonly key: string;
  /** `undefined` removes the item. */
  readonly data: z.input<S> | undefined;
  /** Who may see it: everybody who may read the topic, or these workspace members. Who is left out loses the item. Default `all`. */
  readonly members?: 'all' | readonly string[];
  /** When the item goes by itself, within ten seconds. Without it the item stays until it is removed or the plugin is disabled. */
  readonly expiresAt?: Date;
}

/** Types the data against its topic. */
export function live<S extends z.ZodType>(
  topic: Topic<S>,
  key: string,
  data: z.input<S> | undefined,
  options: Pick<LiveChange, 'members' | 'expiresAt'> = {},
): LiveChange {
  return { topic, key, data, ...options };
}
