export { renderEnvExample } from './env-example.ts';
export { loadConfig, readEnvironment, readPlaces } from './load.ts';
export type { Config, Environment } from './load.ts';
