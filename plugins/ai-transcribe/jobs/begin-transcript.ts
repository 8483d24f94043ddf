import { handle, job, PostponedError } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { type CallFacts, factsOf, neededFor, whyNot } from '../pipeline/consent.ts';
import { endWithout } from '../pipeline/end.ts';
import type { Context } from '../services.ts';
import { findUnderWay } from '../store/transcripts.ts';
import { beginTranscript as type, cutRecording, stepKey } from '../work.ts';

/** The record of a call, and the rules under which it was recorded, come a moment after the recording. */
const PATIENCE_MS = 10 * 60_000;
const SOON_MS = 15_000;

/** Makes sure that a recording may be written down before anybody listens to it. */
export const beginTranscript = handle<Context, typeof type.payload>(type, async (context, run) => {
  const { tables, crm, clock, config, services, tenant } = context;
  const row = await findUnderWay(tables, run);
  if (row === undefined) return;
  const facts = factsOf(await crm.get('phoneCall', run.callId), tenant.country);
  if (mayComeYet(facts, config) && clock.now() - row.created_at.getTime() < PATIENCE_MS)
    throw new PostponedError('The record of this call is not there yet', SOON_MS);
  const refusal = whyNot(facts, config);
  if (refusal !== undefined) return await endWithout(context, run, refusal);
  if (services.engines.length === 0)
    return await endWithout(context, run, {
      state: 'failed',
      reason: 'no-engine',
      detail: 'no engine can work: a key or an address is missing, or none of them knows the language.',
    });
  await context.commit({ jobs: [job(cutRecording, run, stepKey(run, 'cut'))] });
});

function mayComeYet(facts: CallFacts | undefined, config: Config): boolean {
  return facts === undefined || (facts.consent.length === 0 && neededFor(facts, config) === 'asked');
}
