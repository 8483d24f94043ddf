/** What starts the hub: used by main.ts, the command line and the test harness. Plugins import `@switchboard/core/contract` instead. */
export {
  type Config,
  type Environment,
  loadConfig,
  readEnvironment,
  readPlaces,
  renderEnvExample,
} from './config/index.ts';
export type { Admin } from './admin/index.ts';
export { createRegistry, loadRegistry, type PluginSource, type Registry } from './host/registry.ts';
export { createHub, type Hub, type HubOptions } from './hub.ts';
export { describeApi } from './http/api/index.ts';
export { createLog } from './log/index.ts';
export { type HubDatabase, openHubDatabase } from './hub-database.ts';
