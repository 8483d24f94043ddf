import type { PluginContext } from '@switchboard/core/contract';
import { type Channels, createChannels } from './channels.ts';
import { createPbx, type Pbx } from './client/pbx.ts';
import { createPhoneControl } from './client/phone.ts';
import type { Config } from './config.ts';
import type { PhoneControl } from './calls/phone/control.ts';
import { createSightings, type Sightings } from './sightings.ts';

/** What lives as long as a tenant's settings. */
export type Services = {
  readonly sightings: Sightings;
  readonly pbx: Pbx;
  readonly channels: Channels;
  /** Control of the telephones; undefined where the tenant has none. */
  readonly phone: PhoneControl | undefined;
};

export type Context = PluginContext<Config, Services>;

type Wanted = Pick<Context, 'store' | 'clock' | 'http' | 'tokens' | 'config'>;

export function createServices({ store, clock, http, tokens, config }: Wanted): Services {
  const pbx = createPbx({ http, tokens, clock, config });
  return {
    sightings: createSightings(store, clock),
    pbx,
    channels: createChannels(store, clock, pbx.account),
    phone: createPhoneControl(pbx.callControl, pbx.xapi),
  };
}
