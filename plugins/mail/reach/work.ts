import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** Tells the CRM which people mail does not reach, and which it does again. Enqueued where an address changes; comes by the clock as well. */
export const tellPeople = defineJob({ name: 'mail.tell-people', payload: z.object({}), lane: 'bulk' });
