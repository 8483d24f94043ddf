import { randomUUID } from 'node:crypto';
import { defineJob, job, type JobInput } from '@switchboard/core/contract';
import { z } from 'zod';

const oneMail = z.object({ mailId: z.uuid() });

/** Tries that a mail gets while its server defers it: with the growing pauses about a day. */
export const TRANSMIT_TRIES = 10;

/** More than the longest silence on the line. */
export const TRANSMIT_MS = 300_000;

/** Hands one mail to the server. */
export const transmitMail = defineJob({
  name: 'mail.transmit',
  payload: oneMail,
  attempts: TRANSMIT_TRIES,
  timeoutMs: TRANSMIT_MS,
});

/**
 * For recipients that the same commit queues again, which is what keeps it from being done twice: under a key that was used before, the job would
 * be dropped as known, however long ago that one ended.
 */
export function transmitAgain(mailId: string): JobInput {
  return job(transmitMail, { mailId }, `${mailId}/${randomUUID()}`);
}

export const COPY_TRIES = 8;

/** Puts the sent bytes into the folder Sent. Nothing depends on it. */
export const copyToSent = defineJob({
  name: 'mail.copy-to-sent',
  payload: oneMail,
  lane: 'bulk',
  attempts: COPY_TRIES,
  timeoutMs: 180_000,
});

/** Looks whether a mail arrived whose acceptance was lost on the line. */
export const lookInSent = defineJob({
  name: 'mail.look-in-sent',
  payload: oneMail,
  attempts: 5,
  timeoutMs: 180_000,
});
