import type { JobInput } from '@switchboard/core/contract';
import type { Context } from '../../services.ts';
import { whyNotRecorded } from '../../whether.ts';
import type { Watched } from '../account.ts';
import { later, mergeJob } from '../merge-job.ts';
import type { Progress } from './book.ts';
import { isOver, type Tracked } from './tracked.ts';

/** A queue pauses at most so long between two rounds, in which none of its agents is rung. */
const BETWEEN_ROUNDS_MS = 15_000;

/** The call log is asked two or three times meanwhile. */
const OTHERS_TELL_MS = 60_000;

export function progressOf(call: Tracked): Progress {
  const answers = call.legs.filter(({ answeredAt }) => answeredAt !== undefined).length;
  return { answers, isOver: isOver(call), isShown: true };
}

/**
 * What the journal of calls is to learn now. Ringing alone is no news for it: it learns of answers and of ends. An end that nobody saw it learns
 * late: who answered a moment before the link was lost may have talked for an hour, and the call log or the template tells how long it was.
 */
export function journalJobs(context: Context, call: Tracked, told: Watched, before: Progress): JobInput[] {
  const after = progressOf(call);
  if (after.answers === before.answers && after.isOver === before.isOver) return [];
  if (whyNotRecorded(told.party, context.config) !== undefined) return [];
  const at = new Date(context.clock.now());
  if (after.isOver && call.lostSight) return [later(told, at, `${told.id} lost ${call.legs.length}`, OTHERS_TELL_MS)];
  const mayRingAgain = after.isOver && after.answers === 0 && call.legs.some(({ via }) => via !== '');
  if (!mayRingAgain) return [mergeJob(told, at)];
  return [later(told, at, `${told.id} ${call.legs.length}`, BETWEEN_ROUNDS_MS)];
}
