import type { RequestHandler } from 'express';
import { RefusedEntry } from '../../auth/refusals.ts';

/**
 * Lets through what the console's own pages ask, and nothing that a page of another site has a browser ask. Browsers say it in `Sec-Fetch-Site`,
 * which no page can forge or suppress; older ones send `Origin` with whatever changes something. So no token in pages is needed (ADR 10).
 */
export function requireSameOrigin(publicUrl: string): RequestHandler {
  const { origin: own } = new URL(publicUrl);
  return (request, _response, next) => {
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    // `none`: somebody typed the address.
    const isOwn =
      site === undefined
        ? origin === own || (origin === undefined && reads)
        : site === 'same-origin' || (site === 'none' && reads);
    if (!isOwn) throw new RefusedEntry('cross-site');
    next();
  };
}
