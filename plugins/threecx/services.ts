import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';
import { createSightings, type Sightings } from './sightings.ts';

/** What lives as long as a tenant's settings. */
export type Services = { readonly sightings: Sightings };

export type Context = PluginContext<Config, Services>;

export function createServices({ store, clock }: Pick<Context, 'store' | 'clock'>): Services {
  return { sightings: createSightings(store, clock) };
}
