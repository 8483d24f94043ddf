export { renderEnvExample } from './env-example.ts';
export { loadConfig, readEnvironment } from './load.ts';
export type { Config, Environment } from './load.ts';
