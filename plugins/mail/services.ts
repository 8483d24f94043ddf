import { availableParallelism } from 'node:os';
import type { PluginContext } from '@switchboard/core/contract';
import { createHosts } from './client/hosts.ts';
import { createLookups } from './client/lookups.ts';
import { createPublicBytes, createPublicFetch, type PublicBytes } from './client/public-fetch.ts';
import type { Config } from './config.ts';
import { ownIdsOf } from './file/own-ids-source.ts';
import { createAccessTokens } from './mailboxes/access-tokens.ts';
import { type Accounts, createAccounts } from './mailboxes/accounts.ts';
import { createMailboxBook, type MailboxBook } from './mailboxes/book.ts';
import { createDetect, type Detect } from './mailboxes/detect.ts';
import { createSentFolder } from './mailboxes/sent-folder.ts';
import type { SendServices } from './send/context.ts';
import { createPreparing, type Preparing } from './receive/preparing.ts';
import { createProof } from './receive/proof.ts';
import type { Resolver } from './understand/authentication/verify.ts';

/** What lives as long as a tenant's settings. */
export type Services = Pick<SendServices, 'smtp' | 'sentFolder' | 'ownIds' | 'isProven'> & {
  readonly mailboxes: MailboxBook;
  readonly detect: Detect;
  readonly accounts: Accounts;
  /** As `accounts`, with a password that is nowhere stored. */
  readonly accountsWith: (password: string) => Accounts;
  readonly preparing: Preparing;
  /** Names that senders have written: answers are shared by all mails of the tenant. */
  readonly lookUp: Resolver;
  /** Pictures that lie on servers which senders have named. */
  readonly pictures: PublicBytes;
};

export type Context = PluginContext<Config, Services>;

const MEGABYTE = 1024 * 1024;
/** Threads that read mail, while there is mail to be read. One core is for the hub itself. */
const READERS = Math.min(2, Math.max(1, availableParallelism() - 1));

export function createServices(context: PluginContext<Config, undefined>): Services {
  const { config, vault } = context;
  const maxBytes = config.maxMessageMb * MEGABYTE;
  const mailboxes = createMailboxBook(context);
  const hosts = createHosts(config.internalHosts);
  const reaching = { hosts, accessTokens: createAccessTokens(context), maxBytes };
  const accounts = createAccounts({ ...reaching, vault });
  const lookUp = createLookups();
  return {
    mailboxes,
    accounts,
    accountsWith: (password) => createAccounts({ ...reaching, vault: { get: async () => password } }),
    detect: createDetect(createPublicFetch(hosts)),
    preparing: createPreparing({ workers: READERS, maxBytes }),
    pictures: createPublicBytes(hosts),
    ownIds: ownIdsOf(context),
    lookUp,
    isProven: createProof(context, lookUp),
    smtp: async (mailboxId) => await accounts.smtp(await mailboxes.get(mailboxId)),
    sentFolder: async (mailboxId) => createSentFolder(accounts, await mailboxes.get(mailboxId)),
  };
}

export async function closeServices({ services }: Context): Promise<void> {
  await services.preparing.close();
}
