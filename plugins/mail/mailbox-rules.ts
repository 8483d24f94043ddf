import { z } from 'zod';

/** What an admin, or the owner, decides about a mailbox: how its mail is filed and how mail is sent from it. */
export const mailboxRules = z.object({
  opensCases: z.boolean().default(true).describe('Mail about no case opens one'),
  closedCases: z
    .enum(['reopen', 'follow-up'])
    .default('reopen')
    .describe('What a reply to a closed case does: open it again, or open a new one after it'),
  colleagues: z
    .boolean()
    .default(true)
    .describe("Colleagues of the contact's company may write into the case without being asked about"),
  acknowledgement: z
    .object({ subject: z.string().min(1).max(500), text: z.string().min(1).max(10_000) })
    .nullable()
    .default(null)
    .describe('An automatic answer to mail that opens a case, with fields such as {{case.number}}; none when empty'),
  signature: z.string().max(5000).default('').describe('Plain text below everything sent, with fields'),
  numberInSubject: z.boolean().default(true).describe('Adds the number of the case to subjects: [C-000123]'),
  quotesEarlier: z
    .boolean()
    .default(true)
    .describe('An answer about a case carries the mail that it answers, below what was written'),
  undoSeconds: z
    .number()
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('How long a mail waits so that it can be taken back'),
  perMinute: z
    .number()
    .int()
    .min(1)
    .max(6000)
    .default(60)
    .describe('Mails per minute that the provider takes; Exchange Online takes 30'),
  isShared: z
    .boolean()
    .default(false)
    .describe("For a member's own mailbox: mail that belongs to a case is shown to everybody who sees the case"),
});

export type MailboxRules = z.output<typeof mailboxRules>;
