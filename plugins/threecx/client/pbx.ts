import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Context } from '../services.ts';
import { type CallControl, createCallControl } from './call-control.ts';
import { createSession } from './session.ts';
import { createXapi, type Xapi } from './xapi.ts';

/** The APIs of a tenant's PBX, as far as its settings name clients for them. */
export type Pbx = {
  readonly xapi: Xapi | undefined;
  readonly callControl: CallControl | undefined;
  /** Tells the credentials apart from others, without telling them. */
  readonly account: string;
};

/** No I/O: a token is fetched with the first request. */
export function createPbx({ http, tokens, clock, config }: Pick<Context, 'http' | 'tokens' | 'clock' | 'config'>): Pbx {
  const { pbxUrl } = config;
  const sessionOf = (clientId: string | undefined, secret: string | undefined) =>
    pbxUrl === undefined || clientId === undefined || secret === undefined
      ? undefined
      : createSession({ http, tokens, clock, url: pbxUrl, account: { clientId, secret } });
  const sync = sessionOf(config.syncClientId, config.syncSecret);
  const live = sessionOf(config.liveClientId, config.liveSecret);
  return {
    xapi: sync && createXapi(sync),
    callControl: live && createCallControl(live),
    account: fingerprint(config),
  };
}

function fingerprint({ pbxUrl, syncClientId, syncSecret, liveClientId, liveSecret }: Config): string {
  const facts = JSON.stringify([pbxUrl, syncClientId, syncSecret, liveClientId, liveSecret]);
  return createHash('sha256').update(facts).digest('hex').slice(0, 12);
}
