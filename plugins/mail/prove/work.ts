import { defineJob, job, type JobInput } from '@switchboard/core/contract';
import { z } from 'zod';

/** So many mails are one job: few rows for the queue, and a slow server of names holds up few others. */
const AT_A_TIME = 50;

/** Checks who has sent mails that came; those that nobody answers for wait for a later try. */
export const verifySenders = defineJob({
  name: 'mail.verify-senders',
  payload: z.object({
    messageIds: z.array(z.uuid()).min(1),
    /** How often these mails were tried. */
    tried: z.number().int().min(0),
  }),
  timeoutMs: 600_000,
  // Slow servers of names keep one worker, not all of them.
  serialize: ({ tried }) => (tried === 0 ? 'verify-senders' : undefined),
});

/** @param run what makes it another work than what was asked for the same mails before; '' for the first time */
export function verifying(messageIds: readonly string[], run = ''): JobInput[] {
  const jobs: JobInput[] = [];
  for (let start = 0; start < messageIds.length; start += AT_A_TIME) {
    const some = messageIds.slice(start, start + AT_A_TIME);
    jobs.push(job(verifySenders, { messageIds: some, tried: 0 }, `${some[0]}/0${run}`));
  }
  return jobs;
}

const MINUTE_MS = 60_000;
/** Together somewhat more than a day: so long the servers of a domain may be down. */
const pauses = [1, 5, 15, 60, 180, 420, 840].map((minutes) => minutes * MINUTE_MS);

/** @returns undefined where they were tried often enough */
export function verifyingLater(messageIds: readonly string[], tried: number): JobInput | undefined {
  const pause = pauses[tried];
  if (pause === undefined) return undefined;
  const again = job(verifySenders, { messageIds: [...messageIds], tried: tried + 1 }, `${messageIds[0]}/${tried + 1}`);
  return { ...again, delayMs: pause, lane: 'bulk' };
}
