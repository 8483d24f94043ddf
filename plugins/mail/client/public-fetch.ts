import { get } from 'node:https';
import { isIP } from 'node:net';
import type { Hosts } from './hosts.ts';

const PATIENCE_MS = 5_000;
const LONGEST = 256 * 1024;

/** A text from a server that somebody else has named: over https, from a public address only, without following it elsewhere. */
export type PublicFetch = (url: string, signal: AbortSignal) => Promise<string | undefined>;

/** @returns undefined for everything but an answer of 200 */
export function createPublicFetch(hosts: Hosts): PublicFetch {
  return async (url, signal) => {
    const { hostname } = new URL(url);
    const address = await hosts.resolve(hostname).catch(() => undefined);
    if (address === undefined) return undefined;
    return await read(url, address, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
  };
}

function read(url: string, address: string, signal: AbortSignal): Promise<string | undefined> {
  const family = isIP(address);
  return new Promise((resolve) => {
    const request = get(
      url,
      {
        signal,
        agent: false,
        // The name was resolved and looked at; a second answer could be another one.
        lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
      },
      (response) => {
        let text = '';
        if (response.statusCode !== 200) response.destroy();
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (text.length > LONGEST) response.destroy();
        });
        response.on('end', () => resolve(text)).on('close', () => resolve(undefined));
      },
    );
    request.on('error', () => resolve(undefined));
  });
}
