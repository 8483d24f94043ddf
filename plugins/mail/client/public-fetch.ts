import { get } from 'node:https';
import { isIP } from 'node:net';
import type { Hosts } from './hosts.ts';

const PATIENCE_MS = 5_000;
const LONGEST_TEXT = 256 * 1024;

export type PublicAnswer = { readonly bytes: Buffer; readonly mimeType: string };

/** What a server has that somebody else has named: over https, from a public address only, without following it elsewhere. */
export type PublicBytes = (url: string, longest: number, signal: AbortSignal) => Promise<PublicAnswer | undefined>;

/** The same for a text. */
export type PublicFetch = (url: string, signal: AbortSignal) => Promise<string | undefined>;

/** @returns undefined for everything but an answer of 200 */
export function createPublicFetch(hosts: Hosts): PublicFetch {
  const bytesAt = createPublicBytes(hosts);
  return async (url, signal) => (await bytesAt(url, LONGEST_TEXT, signal))?.bytes.toString('utf8');
}

/** @returns undefined for everything but an answer of 200 of no more than `longest` bytes */
export function createPublicBytes(hosts: Hosts): PublicBytes {
  return async (url, longest, signal) => {
    const { hostname } = new URL(url);
    const address = await hosts.resolve(hostname).catch(() => undefined);
    if (address === undefined) return undefined;
    return await read(url, address, { longest, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
  };
}

type Limits = { readonly longest: number; readonly signal: AbortSignal };

function read(url: string, address: string, { longest, signal }: Limits): Promise<PublicAnswer | undefined> {
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
        const chunks: Buffer[] = [];
        let length = 0;
        if (response.statusCode !== 200) response.destroy();
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > longest) response.destroy();
        });
        const mimeType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        response
          .on('end', () => resolve({ bytes: Buffer.concat(chunks), mimeType }))
          .on('close', () => resolve(undefined));
      },
    );
    request.on('error', () => resolve(undefined));
  });
}
