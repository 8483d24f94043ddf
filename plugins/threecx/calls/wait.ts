import type { JobInput } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import type { Row } from './line.ts';
import { later } from './merge-job.ts';

/**
 * A post of the template tells of one agent's part of a call. Where other channels are at work they are about to tell of the whole, so a record
 * is made from posts alone only when nobody else has told of the call for a while.
 */

/** Two rounds of asking the call log. */
const PATIENCE_MS = 60_000;
/** A channel that was silent so long is not at work. */
const SILENCE_MS = 300_000;

export async function mayWait({ services, clock }: Context, members: readonly Row[]): Promise<boolean> {
  if (members.some(({ account }) => account.channel !== 'template')) return false;
  const oldest = Math.min(...members.map(({ receivedAt }) => Date.parse(receivedAt)));
  if (clock.now() >= oldest + PATIENCE_MS) return false;
  const heard = await Promise.all([services.sightings.last('live'), services.sightings.last('ledger')]);
  return heard.some((at) => at !== undefined && clock.now() - at.getTime() < SILENCE_MS);
}

/** Looks again when the time is over. */
export function lookAgain({ account, receivedAt }: Row): JobInput {
  return later(account, new Date(receivedAt), `wait ${account.id}`, PATIENCE_MS);
}
