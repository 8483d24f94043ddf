import { createHash } from 'node:crypto';
import {
  type Clock,
  CredentialsError,
  type HttpAnswer,
  type HttpClient,
  type HttpInit,
  type SharedToken,
  type SharedTokens,
} from '@switchboard/core/contract';
import { NotPermittedError } from './errors.ts';
import { type Account, issueToken } from './token.ts';

/** Requests to a PBX in the name of one API client. */
export type Session = {
  readonly url: string;
  /** @param path below the PBX's address. @throws NotPermittedError for 403: the role, the licence or the scope forbids it */
  readonly request: (path: string, init?: HttpInit) => Promise<HttpAnswer>;
  /** The token in force, for connections that are opened with it. @param refused the one that 3CX did not accept */
  readonly token: (refused?: string) => Promise<string>;
};

export type SessionOptions = {
  readonly http: HttpClient;
  readonly tokens: SharedTokens;
  readonly clock: Clock;
  /** Origin of the PBX. */
  readonly url: string;
  readonly account: Account;
};

/** A token that 3CX refuses so soon after it was made was ended by somebody who made another. */
const EARLY_MS = 60_000;
const TOO_OFTEN = 3;

/**
 * 3CX allows one token per client and ends the one before whenever it makes one. So the token is shared by all processes, and a new one is
 * made only when the very token that is stored was refused.
 */
export function createSession({ http, tokens, clock, url, account }: SessionOptions): Session {
  const name = createHash('sha256')
    .update(JSON.stringify([url, account]))
    .digest('hex')
    .slice(0, 32);
  const early: { readonly token: string; readonly at: number }[] = [];

  async function use(refused?: SharedToken): Promise<SharedToken> {
    if (refused !== undefined) noteRefusal(refused);
    return await tokens.use({
      name,
      refused: refused?.token,
      issue: async (signal) => await issueToken(http, { url, account, now: clock.now(), signal }),
    });
  }

  /**
   * Requests that were under way together lose one token together, which counts once.
   *
   * @throws CredentialsError when somebody else keeps ending our tokens: making more would only end his
   */
  function noteRefusal({ token, issuedAt }: SharedToken): void {
    const now = clock.now();
    if (now - issuedAt.getTime() > EARLY_MS || early.some((one) => one.token === token)) return;
    early.push({ token, at: now });
    const recent = early.filter(({ at }) => now - at < 10 * EARLY_MS);
    early.splice(0, early.length, ...recent);
    if (recent.length < TOO_OFTEN) return;
    early.length = 0;
    throw new CredentialsError(`Another program uses the 3CX client "${account.clientId}" and ends our tokens`, {
      remedy: 'Make an API client in 3CX for the hub alone, enter it here, then resume the plugin.',
    });
  }

  async function send(path: string, init: HttpInit, { token }: SharedToken): Promise<HttpAnswer> {
    return await http(new URL(path, url).href, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      accept: [...(init.accept ?? []), 401, 403],
    });
  }

  return {
    url,
    async request(path, init = {}) {
      const token = await use();
      const first = await send(path, init, token);
      const answer = first.status === 401 ? await send(path, init, await use(token)) : first;
      if (answer.status === 401) {
        throw new CredentialsError(`3CX does not accept the token of its client "${account.clientId}"`, {
          remedy:
            'See in 3CX under Integrations, API, whether the client is enabled and the hub is not blocked by Console Restrictions.',
        });
      }
      if (answer.status === 403 && init.accept?.includes(403) !== true) throw new NotPermittedError(path);
      return answer;
    },
    async token(refused) {
      const current = await use();
      return refused === current.token ? (await use(current)).token : current.token;
    },
  };
}
