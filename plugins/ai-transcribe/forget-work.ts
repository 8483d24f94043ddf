import { defineJob, type Schedule } from '@switchboard/core/contract';
import { z } from 'zod';

/** Takes away what is older than the tenant wants to keep it. */
export const forgetOld = defineJob({
  name: 'ai-transcribe.forget-old',
  payload: z.object({}),
  lane: 'bulk',
  timeoutMs: 600_000,
});

/** Looks through a thousand calls for those of a person, and has each forgotten. */
export const findSaid = defineJob({
  name: 'ai-transcribe.find-said',
  payload: z.object({
    erasureId: z.uuid(),
    /** The last call of the page before. */
    after: z.uuid().optional(),
  }),
  lane: 'bulk',
});

/** Takes everything that was said in a call away. In the queue of what is published of the call: one after the other. */
export const forgetCall = defineJob({
  name: 'ai-transcribe.forget-call',
  payload: z.object({
    callId: z.uuid(),
    /** Of a person's wish; without it the days have passed. */
    erasureId: z.uuid().optional(),
  }),
  lane: 'bulk',
  serialize: ({ callId }) => callId,
});

/** When nobody works, and after the telephone system was asked for its calls. */
export const schedules: readonly Schedule[] = [
  { name: 'forget-old', every: { cron: '20 4 * * *' }, type: forgetOld, payload: {} },
];
