import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Vault } from '@switchboard/core/contract';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import { MailServerError } from '../client/errors.ts';
import type { Hosts } from '../client/hosts.ts';
import { type Imap, type ImapAccount, openImap } from '../client/imap.ts';
import type { SmtpAccount } from '../send/dialogue.ts';
import type { AccessTokens } from './access-tokens.ts';
import { passwordName } from './book.ts';
import type { Mailbox } from './mailbox.ts';

/** What of a mailbox is needed to reach it, whether it is stored or not. */
export type Reached = Pick<Mailbox, 'id' | 'address' | 'auth' | 'grantId' | 'settings'>;

/** How mailboxes are reached, with what is secret about it. */
export type Accounts = {
  /** Signs in; where a token was refused once more with a new one. @throws MailServerError */
  readonly connect: (mailbox: Reached, signal: AbortSignal) => Promise<Imap>;
  /** @throws MailServerError without credentials; RefusedError for a host that is not public */
  readonly smtp: (mailbox: Reached) => Promise<SmtpAccount>;
};

type Wanted = {
  readonly hosts: Hosts;
  readonly vault: Pick<Vault, 'get'>;
  readonly accessTokens: AccessTokens;
  readonly maxBytes: number;
  /** Silence after which a line counts as dead; the client's own measure when undefined. */
  readonly silenceMs?: number;
};

export function createAccounts({ hosts, vault, accessTokens, ...limits }: Wanted): Accounts {
  async function passwordOf(mailbox: Reached): Promise<string> {
    const password = await vault.get(passwordName(mailbox.id));
    if (password !== undefined) return password;
    throw new MailServerError(
      'credentials',
      `${mailbox.address} has no password`,
      'Enter the password of the mailbox.',
    );
  }

  async function imapAccount(mailbox: Reached, refused?: string): Promise<ImapAccount> {
    const { imap, ca } = mailbox.settings;
    const credential =
      mailbox.auth === 'password'
        ? { password: await passwordOf(mailbox) }
        : { accessToken: await accessTokens.get(mailbox, refused) };
    return { ...imap, address: await hosts.resolve(imap.host), ca, user: imap.user || mailbox.address, credential };
  }

  /** The library asks for another token where the server refuses the first one. */
  async function bearer(mailbox: Reached, user: string): Promise<XOAuth2> {
    const accessToken = await accessTokens.get(mailbox);
    return new XOAuth2({
      user,
      accessToken,
      provisionCallback: (_user, renew, done) =>
        void accessTokens.get(mailbox, renew ? accessToken : undefined).then((token) => done(null, token), done),
    });
  }

  return {
    async connect(mailbox, signal) {
      const account = await imapAccount(mailbox);
      const options = { ...limits, signal };
      try {
        return await openImap(account, options);
      } catch (error) {
        const { credential } = account;
        if (!('accessToken' in credential) || !isRefused(error)) throw error;
        return await openImap(await imapAccount(mailbox, credential.accessToken), options);
      }
    },
    async smtp(mailbox) {
      const { smtp, ca } = mailbox.settings;
      const user = smtp.user || mailbox.address;
      return {
        options: {
          host: await hosts.resolve(smtp.host),
          port: smtp.port,
          secure: smtp.security === 'tls',
          // Without encryption nothing is said, whatever a server offers.
          requireTLS: smtp.security === 'starttls',
          ...(isIP(smtp.host) === 0 && { servername: smtp.host }),
          tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
        },
        auth:
          mailbox.auth === 'password'
            ? { user, pass: await passwordOf(mailbox) }
            : { user, oauth2: await bearer(mailbox, user) },
      };
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof MailServerError && error.trouble === 'credentials';
}
