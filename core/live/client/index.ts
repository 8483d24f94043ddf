/** For browsers: no dependency, nothing of Node. */
export { type LiveClient, type LiveClientOptions, type LiveState, openLive } from './client.ts';
export type { ItemChange } from './items.ts';
export { openShared } from './shared.ts';
