import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** `recent`: what is new, often. `wide`: two days, at night, for what came late. */
export const readCallLog = defineJob({
  name: 'threecx.read-call-log',
  lane: 'normal',
  payload: z.object({ reach: z.enum(['recent', 'wide']) }),
  serialize: () => 'call log',
});
