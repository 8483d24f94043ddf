import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** How soon what is new in the call log is known, where no other channel tells of it. */
export const CALL_LOG_EVERY_MS = 20_000;

/** `recent`: what is new, often. `wide`: two days, at night, for what came late. */
export const readCallLog = defineJob({
  name: 'threecx.read-call-log',
  lane: 'normal',
  payload: z.object({ reach: z.enum(['recent', 'wide']) }),
  serialize: () => 'call log',
});
