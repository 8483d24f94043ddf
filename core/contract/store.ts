/**
 * Small facts of a plugin about a tenant: cursors, merged calls, choices. Strings up to 512 characters as keys, JSON up to
 * 256 KiB as values. Rows belong to (tenant, plugin); nobody else sees them.
 */
export interface KeyValueStore {
  readonly get: (key: string) => Promise<unknown>;
  /** Entries whose key lies in [from, to), in key order. @param limit default 100, at most 1000 */
  readonly range: (from: string, to: string, limit?: number) => Promise<{ key: string; value: unknown }[]>;
  readonly set: (key: string, value: unknown, options?: { expiresAt?: Date }) => Promise<void>;
  readonly delete: (key: string) => Promise<void>;
}

/** A change of the store that is committed together with writes and events. A value of `undefined` deletes. */
export interface StoreChange {
  readonly key: string;
  readonly value: unknown;
  readonly expiresAt?: Date;
}
