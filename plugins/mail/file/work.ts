import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** Files messages that were stored: enqueue it in the commit that stores them, with the first of their ids as dedupe key. */
export const fileMail = defineJob({
  name: 'mail.file',
  payload: z.object({ messageIds: z.array(z.uuid()).min(1).max(500) }),
  timeoutMs: 120_000,
});

/** Thanks for a mail that has opened a case, where the mailbox wants that. */
export const acknowledgeMail = defineJob({
  name: 'mail.acknowledge',
  payload: z.object({ messageId: z.uuid(), since: z.iso.datetime() }),
  attempts: 5,
});

/** Removes what no cap and no acknowledgement looks at any more. */
export const tidyMail = defineJob({ name: 'mail.tidy', payload: z.object({}), lane: 'bulk' });
