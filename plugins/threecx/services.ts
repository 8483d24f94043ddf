import type { PluginContext } from '@switchboard/core/contract';
import type { PhoneControl } from './calls/phone/control.ts';
import type { Config } from './config.ts';
import { createSightings, type Sightings } from './sightings.ts';

/** What lives as long as a tenant's settings. */
export type Services = {
  readonly sightings: Sightings;
  /** Control of the telephones; undefined where the tenant has none. */
  readonly phone: PhoneControl | undefined;
};

export type Context = PluginContext<Config, Services>;

export function createServices({ store, clock }: Pick<Context, 'store' | 'clock'>): Services {
  return { sightings: createSightings(store, clock), phone: undefined };
}
