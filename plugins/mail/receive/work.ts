import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** Reads a message once more that was set aside: what could not be read then may be readable by now. */
export const readAgain = defineJob({
  name: 'mail.read-again',
  payload: z.object({ messageId: z.uuid() }),
  lane: 'bulk',
  attempts: 3,
});

/** Removes the bytes of mails that were discarded long enough ago. */
export const sweepDiscarded = defineJob({ name: 'mail.sweep-discarded', payload: z.object({}), lane: 'bulk' });
