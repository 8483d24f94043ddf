import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** Writes what a call is about to its record. Before there is a record it does nothing: the end of the call asks again. */
export const writeCallLink = defineJob({
  name: 'service-desk.write-call-link',
  payload: z.object({ callId: z.uuid(), isOver: z.boolean() }),
});

/** Removes what no click, no page and no call asks for any more. */
export const tidyDesk = defineJob({ name: 'service-desk.tidy', payload: z.object({}), lane: 'bulk' });
