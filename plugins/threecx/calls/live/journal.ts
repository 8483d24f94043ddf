import type { JobInput } from '@switchboard/core/contract';
import type { Context } from '../../services.ts';
import { whyNotRecorded } from '../../whether.ts';
import { later, mergeJob } from '../merge-job.ts';
import { readOtherSide } from '../other-side.ts';
import type { Progress } from './book.ts';
import { isOver, type Tracked, watchedAccount } from './tracked.ts';

/** A queue pauses at most so long between two rounds, in which none of its agents is rung. */
const BETWEEN_ROUNDS_MS = 15_000;

export function progressOf(call: Tracked): Progress {
  const answers = call.legs.filter(({ answeredAt }) => answeredAt !== undefined).length;
  return { answers, isOver: isOver(call), isShown: true };
}

/** What the journal of calls is to learn now. Ringing alone is no news for it: it learns of answers and of ends. */
export function journalJobs(context: Context, call: Tracked, before: Progress): JobInput[] {
  const after = progressOf(call);
  if (after.answers === before.answers && after.isOver === before.isOver) return [];
  const account = watchedAccount(call, readOtherSide(context));
  if (whyNotRecorded(account.party, context.config) !== undefined) return [];
  const at = new Date(context.clock.now());
  const mayRingAgain = after.isOver && after.answers === 0 && call.legs.some(({ via }) => via !== '');
  if (!mayRingAgain) return [mergeJob(account, at)];
  return [later(account, at, `${account.id} ${call.legs.length}`, BETWEEN_ROUNDS_MS)];
}
