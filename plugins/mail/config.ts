import { secret } from '@switchboard/core/contract';
import { z } from 'zod';

/** The settings of one tenant. Mailboxes are not among them: they are added one by one. */
export const config = z.object({
  googleClientId: z
    .string()
    .max(200)
    .optional()
    .describe('Client of a Google Cloud project (type Web application) by which people sign in to Gmail mailboxes.'),
  googleSecret: secret('Secret of that client.').optional().describe('Secret of that client.'),
  microsoftClientId: z
    .string()
    .max(100)
    .optional()
    .describe('Application (client) id of an app registration in Microsoft Entra, for Microsoft 365 mailboxes.'),
  microsoftSecret: secret('Client secret of that registration.')
    .optional()
    .describe('Client secret of that registration.'),
  microsoftTenant: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,100}$/, 'must be an id, a domain, or "organizations"')
    .default('organizations')
    .describe('Directory (tenant) id in which people sign in; "organizations" allows every work account.'),
  internalHosts: z
    .string()
    .max(2000)
    .default('')
    .describe(
      'Mail servers in your own network that may be connected to, separated by spaces. All others must have public addresses.',
    ),
  trustedAuthserv: z
    .string()
    .max(253)
    .default('')
    .describe(
      'Name of your own mail gateway as it stands first in its Authentication-Results. Without it the hub checks signatures itself.',
    ),
  ownServers: z
    .string()
    .max(2000)
    .default('')
    .describe(
      'Names of your own mail servers as they stand behind "by" in the Received fields that they write, separated by spaces. With them the hub checks SPF itself; without them it cannot be checked.',
    ),
  verifySenders: z
    .boolean()
    .default(true)
    .describe(
      'Check by DNS who has sent each mail that comes, and warn of those that do not prove it. Without it only what claims to come from staff is checked.',
    ),
  maxMessageMb: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('Larger mail is kept with its header fields and text only; the rest stays in the mailbox.'),
  discardedKeptDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe(
      'Mail that could not be read and was discarded is kept for so many days, and can be taken back until then.',
    ),
  silentAfterMinutes: z
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .describe('A mailbox that could not be read for so long is reported.'),
});

export type Config = z.output<typeof config>;
