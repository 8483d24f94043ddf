import type { PluginContext } from '@switchboard/core/contract';
import { MailServerError } from '../client/errors.ts';
import { createOAuth } from '../client/oauth.ts';
import type { Config } from '../config.ts';
import { grantName } from './book.ts';
import type { Mailbox } from './mailbox.ts';

/** The access tokens of mailboxes with a sign-in of Google or Microsoft. */
export type AccessTokens = {
  /**
   * The token in force; a new one when it is about to expire, or is the one that a server has refused.
   *
   * @throws MailServerError when somebody has to sign in again
   */
  readonly get: (mailbox: Pick<Mailbox, 'auth' | 'grantId' | 'address'>, refused?: string) => Promise<string>;
};

type Wanted = Pick<PluginContext<Config>, 'tokens' | 'vault' | 'http' | 'config'>;

export function createAccessTokens({ tokens, vault, http, config }: Wanted): AccessTokens {
  return {
    async get({ auth, grantId, address }, refused) {
      if (auth === 'password' || grantId === undefined) throw notSignedIn(address);
      const name = grantName(grantId);
      const { token } = await tokens.use({
        // One at a time over all processes of the hub, because a provider may end a refresh token with its first use.
        name,
        refused,
        issue: async (signal) => {
          const refreshToken = await vault.get(name);
          if (refreshToken === undefined) throw notSignedIn(address);
          const grant = await createOAuth(auth, config, http).refresh(refreshToken, signal);
          // Before the access token is used by anybody: without it there would be no next one.
          if (grant.refreshToken !== undefined) await vault.set(name, grant.refreshToken);
          return { token: grant.accessToken, expiresAt: grant.expiresAt };
        },
      });
      return token;
    },
  };
}

function notSignedIn(address: string): MailServerError {
  return new MailServerError(
    'credentials',
    `Nobody has signed in for ${address} yet`,
    'Open the sign-in of the mailbox, as the mailbox itself.',
  );
}
