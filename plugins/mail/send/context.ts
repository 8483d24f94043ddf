import type { CrmReader, PluginContext } from '@switchboard/core/contract';
import type { OwnIds } from '../file/own-ids.ts';
import type { MailboxRules } from '../mailbox-rules.ts';
import type { SmtpAccount } from './dialogue.ts';

/** A mailbox of the tenant, as sending and filing see it. */
export type Mailbox = {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  /** The member whose own it is. */
  readonly ownerId: string | undefined;
  /** The name beside the address in From. */
  readonly name: string;
  readonly address: string;
  /** False while somebody has to act, such as to enter a new password. */
  readonly isActive: boolean;
  readonly rules: MailboxRules;
};

/** The folder in which a mailbox keeps what was sent from it. */
export type SentFolder = {
  /** Providers that save by themselves: a copy of ours would be the second. */
  readonly isFilledByProvider: boolean;
  readonly has: (messageId: string, signal: AbortSignal) => Promise<boolean>;
  /** The very bytes that were sent, marked as read. */
  readonly append: (raw: Buffer, signal: AbortSignal) => Promise<void>;
};

/** What sending needs beside the host. */
export type SendServices = {
  readonly ownIds: () => Promise<OwnIds>;
  readonly mailboxes: {
    readonly find: (id: string) => Promise<Mailbox | undefined>;
    readonly list: () => Promise<Mailbox[]>;
  };
  /** @throws CredentialsError, UpstreamError */
  readonly smtp: (mailboxId: string) => Promise<SmtpAccount>;
  readonly sentFolder: (mailboxId: string) => Promise<SentFolder>;
  /** Whether a stored message proves itself that the domain of its author has sent it. */
  readonly isProven: (messageId: string) => Promise<boolean>;
};

export type SendContext = Pick<
  PluginContext,
  'tenant' | 'clock' | 'crm' | 'tables' | 'capability' | 'commit' | 'files' | 'log' | 'tokens'
> & {
  readonly services: SendServices;
  /** The mirror as the role of the member reads it who writes: what that does not show is in no mail. Without it, the hub's own. */
  readonly reader?: CrmReader | undefined;
};
