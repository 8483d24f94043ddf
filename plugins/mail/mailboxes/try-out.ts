import { randomUUID } from 'node:crypto';
import type { CheckLine } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
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
