import { startThreecx, type Threecx, type ThreecxOptions } from '@switchboard/sandbox/threecx';
import { outside } from '@switchboard/testing';
import type { Config } from '../config.ts';
import { createServices } from '../services.ts';
import { type FakeContext, fakeContext, type Rows } from './fake-context.ts';

/** A tenant and a PBX, with everything switched on unless told otherwise. Both have one clock. */
export async function withPbx(
  rows: Rows = {},
  settings: Partial<Config> = {},
  options: ThreecxOptions = {},
): Promise<{ readonly pbx: Threecx; readonly context: FakeContext }> {
  const time = fakeContext().clock.now();
  let clock = { now: () => time };
  const pbx = await startThreecx({ ...options, now: () => clock.now() });
  const bare = fakeContext(rows, { ...access(pbx), ...settings });
  clock = bare.clock;
  const context = { ...bare, ...outside(bare.clock) };
  return { pbx, context: { ...context, services: createServices(context) } };
}

function access(pbx: Threecx): Partial<Config> {
  const secretOf = (id: string) => pbx.principals.all().find(({ clientId }) => clientId === id)?.secret;
  return {
    pbxUrl: pbx.url,
    liveClientId: 'crmlive',
    liveSecret: secretOf('crmlive'),
    syncClientId: 'crmsync',
    syncSecret: secretOf('crmsync'),
  };
}
