import { type Changes, job } from '@switchboard/core/contract';
import { keepKey } from '../events/recording-available.ts';
import type { Context } from '../services.ts';
import { setState, type StateChange } from '../store/transcripts.ts';
import { changeOf } from '../topic.ts';
import { propose, publishTranscript, type Run, stepKey } from '../work.ts';

/** Why a recording will not be text. */
export interface Verdict {
  readonly state: 'refused' | 'failed';
  /** A word for programs. */
  readonly reason: string;
  /** A sentence for people. */
  readonly detail: string;
}

/** Ends the work on a recording without a text; people see why, in the delivery log and with the transcript. */
export async function endWithout(context: Context, run: Run, { state, reason, detail }: Verdict): Promise<void> {
  const { callId, recordingId } = run;
  await context.commit({
    ...(state === 'refused' ? released(run) : {}),
    notes: [
      {
        direction: 'in',
        kind: 'transcript',
        result: state === 'refused' ? 'ignored' : 'failed',
        summary: `Recording ${recordingId}: ${detail}`,
        recordId: callId,
      },
    ],
    rows: async (tables) => await setState(tables, run, { state, reason, detail }),
    live: [changeOf(callId, context.clock.now())],
  });
}

/** Ends it with one, or with the certainty that nobody said anything. */
export async function endWith(context: Context, run: Run, state: 'ready' | 'silent'): Promise<void> {
  await context.commit({
    ...released(run),
    rows: async (tables) => await setState(tables, run, { state }),
    jobs: [job(publishTranscript, run, stepKey(run, 'publish')), ...(state === 'ready' ? proposal(context, run) : [])],
    live: [changeOf(run.callId, context.clock.now())],
  });
}

/** A language model reads what is ready, where the tenant wants it. */
export function proposal({ services }: Pick<Context, 'services'>, run: Run): NonNullable<Changes['jobs']> {
  return services.assistant === undefined ? [] : [job(propose, run, stepKey(run, 'propose'))];
}

function released(run: Run): Pick<Changes, 'keeps'> {
  return { keeps: [{ key: keepKey(run), file: undefined }] };
}

/** Notes that the work goes on later, and why. */
export async function noteWaiting(
  { commit, clock }: Context,
  run: Run,
  change: Omit<StateChange, 'state'>,
): Promise<void> {
  await commit({
    rows: async (tables) => await setState(tables, run, { ...change, state: 'waiting' }),
    live: [changeOf(run.callId, clock.now())],
  });
}
