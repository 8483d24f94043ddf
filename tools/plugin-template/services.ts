import type { PluginContext } from '@switchboard/core/contract';
import { type Client, createClient } from './client.ts';
import type { Config } from './config.ts';

/** What lives as long as a tenant's settings. */
export interface Services {
  readonly client: Client;
}

export type Context = PluginContext<Config, Services>;

export function createServices({ http, config }: Pick<Context, 'http' | 'config'>): Services {
  return { client: createClient(http, config) };
}
