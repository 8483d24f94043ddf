import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

/** Takes the files out of messages that an earlier version has stored with everything in one piece; some at a time, until none is left. */
export const setFilesApart = defineJob({
  name: 'mail.set-files-apart',
  payload: z.object({}),
  lane: 'bulk',
  timeoutMs: 300_000,
});

/** Removes files that no message carries any more. */
export const sweepFiles = defineJob({ name: 'mail.sweep-files', payload: z.object({}), lane: 'bulk' });
