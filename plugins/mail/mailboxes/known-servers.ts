import { ConflictError, PayloadError } from '@switchboard/core/contract';
import type { Mailbox, SignIn } from './mailbox.ts';
import { hostsOf } from './providers.ts';
import type { MailboxSettings } from './settings.ts';

/**
 * What is stored of a mailbox, its password or its sign-in, is shown to the servers that have had it, and to no other: whoever may enter a server would
 * read it there. The same goes for another certificate authority, by which somebody in between could pass for the server.
 *
 * @throws PayloadError where the password has to be entered again; ConflictError for a sign-in with Google or Microsoft, whose servers are fixed
 */
export function demandKnownServers(
  { auth, settings: stored }: Pick<Mailbox, 'auth' | 'settings'>,
  { imap, smtp, ca }: MailboxSettings,
): void {
  const known = new Set([stored.imap.host, stored.smtp.host]);
  const [unknown] = [imap.host, smtp.host].filter((host) => !known.has(host));
  if (unknown === undefined && (ca === undefined || ca === stored.ca)) return;
  if (auth !== 'password') {
    throw new ConflictError('The servers of a mailbox with a sign-in cannot be changed', {
      field: 'body.settings',
      reason: 'mail.servers-of-sign-in',
      remedy: 'Remove the mailbox and add it anew with the other servers.',
    });
  }
  throw new PayloadError('password: is needed again, because the server or its certificate authority is another one', {
    field: 'body.password',
    reason: 'mail.password-for-new-server',
    remedy: 'Enter the password of the mailbox; what is stored is sent to no server that has not had it.',
  });
}

/**
 * The token of a sign-in goes to the servers of its provider alone: whoever adds a mailbox for a colleague, and enters a server of his own, would read
 * there what opens all of the colleague's mail.
 *
 * @throws PayloadError
 */
export function demandServersOfProvider(auth: SignIn, { imap, smtp, ca }: MailboxSettings): void {
  if (auth === 'password') return;
  const hosts = hostsOf(auth);
  const [unknown] = [imap.host, smtp.host].filter((host) => !hosts.includes(host));
  if (unknown === undefined && ca === undefined) return;
  throw new PayloadError(`settings: ${unknown ?? 'a certificate authority'} does not go with a sign-in`, {
    field: 'body.settings',
    reason: 'mail.servers-of-provider',
    remedy: `Leave the servers to the sign-in: it is for ${hosts.join(' and ')}. Other servers need a password.`,
  });
}
