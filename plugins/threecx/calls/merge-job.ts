import { defineJob, job, type JobInput } from '@switchboard/core/contract';
import { z } from 'zod';
import { partyKey } from '../party.ts';
import { type Account, account } from './account.ts';
import { digest, serialKey } from './line.ts';

/** Takes in what Call Control or the call log tells of a call. */
export const mergeCall = defineJob({
  name: 'threecx.merge-call',
  lane: 'live',
  payload: z.object({
    account,
    receivedAt: z.iso.datetime(),
    transcript: z.string().default(''),
    summary: z.string().default(''),
  }),
  serialize: ({ account: { party } }) => serialKey(partyKey(party)),
});

/**
 * The same account with the same content is one job, so a window of the call log that is read again costs nothing.
 *
 * @param texts what was said, where the log has it
 */
export function mergeJob(
  told: Account,
  receivedAt: Date,
  texts: { readonly transcript?: string; readonly summary?: string } = {},
): JobInput {
  const content = digest(JSON.stringify([withoutReading(told), texts]));
  return job(mergeCall, { account: told, receivedAt: receivedAt.toISOString(), ...texts }, `${told.id} ${content}`);
}

/** Puts an account to the work on its line at a later time. It has no place in that line until then, or all behind it would wait as long. */
export const mergeLater = defineJob({
  name: 'threecx.merge-call-later',
  lane: 'live',
  payload: mergeCall.payload,
});

export function later(told: Account, receivedAt: Date, dedupeKey: string, delayMs: number): JobInput {
  return job(mergeLater, { account: told, receivedAt: receivedAt.toISOString() }, dedupeKey, delayMs);
}

/** When a row was read is no news. */
function withoutReading(told: Account): Account {
  if (told.channel !== 'ledger') return told;
  return { ...told, segments: told.segments.map((segment) => ({ ...segment, readAt: '' })) };
}
