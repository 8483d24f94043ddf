import { secret } from '@switchboard/core/contract';
import { z } from 'zod';

const clientKey = 'The key of that client; 3CX shows it once.';

/** The settings of one tenant. */
export const config = z.object({
  apiKey: secret(
    'Key by which 3CX proves to the hub who it is. Make one with `openssl rand -base64 32` and enter it here and in 3CX as "Hub key". ' +
      'Administrators of the PBX can read it there, so use it for nothing else.',
  ).min(24, 'must have at least 24 characters'),
  pbxUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://acme.3cx.eu:5001' })
    .optional()
    .describe(
      'Address of the PBX for its own APIs, which need an Enterprise licence. Without it the hub knows what the template tells.',
    ),
  liveClientId: z
    .string()
    .max(100)
    .optional()
    .describe(
      'Client of 3CX with "Call Control API" and the extensions of all agents: shows calls while they ring, and makes calls.',
    ),
  liveSecret: secret(clientKey).optional().describe(clientKey),
  syncClientId: z
    .string()
    .max(100)
    .optional()
    .describe(
      'Another client of 3CX with "Configuration API" and the role System Owner: reads the call log, recordings and users.',
    ),
  syncSecret: secret(clientKey).optional().describe(clientKey),
  journalInternal: z.boolean().default(false).describe('Record calls between two extensions.'),
  journalWithheld: z.boolean().default(true).describe('Record calls whose caller withheld the number.'),
  followUpHours: z
    .number()
    .int()
    .min(1)
    .max(168)
    .default(24)
    .describe('A missed call counts as followed up when somebody talks to its caller within so many hours.'),
  dialFormat: z
    .enum(['E164', 'Zeros', 'National'])
    .default('E164')
    .describe(
      'How the hub writes numbers that it dials: +31201234567, 0031201234567, or national (020…) within the country of the tenant and with 00 elsewhere.',
    ),
  dialPrefix: z
    .string()
    .regex(/^[0-9*#]{0,8}$/, 'must be at most eight digits, stars and hashes')
    .default('')
    .describe('What has to be dialled before an outside number, if the outbound rules of the PBX want it, such as 0.'),
  recordings: z
    .enum(['off', 'link', 'copy'])
    .default('copy')
    .describe(
      'What becomes of recordings: copied into the store of the hub, left in 3CX and fetched when somebody plays one, or not looked at.',
    ),
  recordingDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('How many days recordings can be played. Where 3CX deletes them sooner, the hub does as well.'),
  transcripts: z
    .enum(['3cx', 'hub', '3cx-then-hub'])
    .default('3cx')
    .describe(
      'Who writes down what was said: 3CX, the hub, or the hub where 3CX has not. The hub needs a plugin for transcription.',
    ),
  transcriptWaitMinutes: z
    .number()
    .int()
    .min(1)
    .max(1440)
    .default(10)
    .describe('With 3cx-then-hub: how long 3CX has time to write it down, from the end of the recording on.'),
  agentNames: z
    .enum(['crm', '3cx', 'neither'])
    .default('neither')
    .describe('Whose first and last names of agents are right: those of the CRM, those of 3CX, or nobody looks.'),
  agentEmails: z
    .enum(['crm', 'neither'])
    .default('neither')
    .describe(
      'Whose e-mail addresses of agents are right: those by which members sign in to the CRM, or nobody looks. 3CX never wins here.',
    ),
  createUnknown: z
    .boolean()
    .default(false)
    .describe('Preset of the template: create a person for every unknown caller. Can be changed in 3CX.'),
  numberPrefix: z
    .enum(['Zeros', 'Plus', 'AsIs', 'Off'])
    .default('Zeros')
    .describe('How 3CX writes the international prefix of numbers it sends: 00, +, as received, or none.'),
  datePasses: z
    .enum(['1', '2'])
    .default('1')
    .describe('How often 3CX evaluates dates. Use 2 if the delivery log rejects calls because of their date.'),
  textPasses: z
    .enum(['0', '1'])
    .default('1')
    .describe('How often 3CX evaluates texts. Use 0 if transcripts arrive with parts in brackets missing.'),
});

export type Config = z.output<typeof config>;
