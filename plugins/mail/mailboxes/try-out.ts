import { randomUUID } from 'node:crypto';
import type { CheckLine } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { demandKnownServers } from './known-servers.ts';
import { probeMailbox } from './probe.ts';
import type { MailboxSettings } from './settings.ts';

type Trial = { readonly address: string; readonly password: string; readonly settings: MailboxSettings };

/** Tries a mailbox before it is added, or a new password before it takes the place of the old one. Nothing of it is kept. */
export async function tryOut(
  { services }: Pick<Context, 'services'>,
  { password, ...wanted }: Trial,
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const mailbox = { ...wanted, id: randomUUID(), auth: 'password', grantId: undefined } as const;
  return await probeMailbox(services.accountsWith(password), mailbox, signal);
}

type Change = { readonly id: string; readonly settings: MailboxSettings };

/**
 * Tries other settings of a mailbox with what is stored of it. Nothing of the trial is kept.
 *
 * @throws NotFoundError; PayloadError, ConflictError where what is stored would be shown to a server that never had it
 */
export async function tryChange(
  { services }: Pick<Context, 'services'>,
  { id, settings }: Change,
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const mailbox = await services.mailboxes.get(id);
  demandKnownServers(mailbox, settings);
  return await probeMailbox(services.accounts, { ...mailbox, settings }, signal);
}
