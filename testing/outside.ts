import { createHttpClient } from '@switchboard/core/testing';
import type { Clock, HttpClient, SharedToken, SharedTokens } from '@switchboard/core/contract';

/** The way out that the host hands to plugins, for tests of a plugin by itself against a stand-in. */
export function outside(clock: Clock): { readonly http: HttpClient; readonly tokens: SharedTokens } {
  return { http: createHttpClient(clock), tokens: memoryTokens(clock) };
}

/** Shared tokens of one process. */
function memoryTokens(clock: Clock): SharedTokens {
  const known = new Map<string, Promise<SharedToken>>();
  return {
    async use({ name, issue, refused }) {
      const held = known.get(name);
      const current = await held;
      if (current !== undefined && current.token !== refused) return current;
      // Of several who were refused together one asks for a new token, and the others have it too.
      const newer = known.get(name);
      if (newer !== undefined && newer !== held) return await newer;
      const issued = issue(AbortSignal.timeout(20_000)).then((token) => ({
        ...token,
        issuedAt: new Date(clock.now()),
      }));
      known.set(name, issued);
      issued.catch(() => known.delete(name));
      return await issued;
    },
  };
}
