import type { Config } from './config/index.ts';
import type { Logger } from './contract/index.ts';
import { startPostgres } from './store/postgres-server.ts';

/** Where the hub's database is: the operator's own, or the embedded server in the data folder, started when it is not running. */
export interface HubDatabase {
  readonly url: string;
  /** Stops the embedded server, unless another process of the hub still uses it. */
  readonly close: () => Promise<void>;
}

/** @throws ConfigError when the data folder is broken */
export async function openHubDatabase(config: Config, log: Logger): Promise<HubDatabase> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, close: async () => {} };
  return await startPostgres({ dataDir: config.dataDir, log });
}
