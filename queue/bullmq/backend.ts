/**
 * Where BullMQ keeps its short queue.
 * - `postgres`: in the hub's own database, in a schema of its own (`bullmq` unless told), created and migrated at start
 * - `redis`: `redis://`, `rediss://` (TLS); Sentinel `redis+sentinel://host:26379,host:26379/0?master=name`;
 *   Cluster `redis+cluster://host:6379,host:6379`; `rediss+sentinel`, `rediss+cluster` with TLS
 */
export type BackendConfig =
  | { readonly kind: 'postgres'; readonly connectionString: string; readonly schema?: string }
  | { readonly kind: 'redis'; readonly url: string };
