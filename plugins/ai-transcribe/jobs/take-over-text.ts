import { handle, job, PostponedError } from '@switchboard/core/contract';
import { factsOf, whyNot } from '../pipeline/consent.ts';
import { endWithout, proposal } from '../pipeline/end.ts';
import { linesOf } from '../pipeline/foreign-text.ts';
import { markdownOf } from '../pipeline/markdown.ts';
import type { Context } from '../services.ts';
import { findUnderWay, setState, setTexts, setWriter } from '../store/transcripts.ts';
import { changeOf } from '../topic.ts';
import { publishTranscript, stepKey, takeOverText as type } from '../work.ts';

const MINUTE_MS = 60_000;
/** As long as the telephone system is asked for its text, and an hour for the way. */
const PATIENCE_MS = 26 * 60 * MINUTE_MS;
/** Of what has passed: soon while it is new, seldom later. */
const SHARE = 0.2;

/** Takes over what the telephone system has written down of a call: searchable and without card numbers, as everything else. */
export const takeOverText = handle<Context, typeof type.payload>(type, async (context, run) => {
  const { tables, crm, clock, config, tenant, commit } = context;
  const row = await findUnderWay(tables, run);
  if (row === undefined) return;
  const call = await crm.get('phoneCall', run.callId);
  const text = markdownOf(call);
  const age = clock.now() - row.created_at.getTime();
  if (text === '') {
    if (age < PATIENCE_MS)
      throw new PostponedError('The telephone system has no text yet', Math.max(MINUTE_MS, age * SHARE));
    return await endWithout(context, run, {
      state: 'refused',
      reason: 'no-text',
      detail: 'the telephone system has written nothing down.',
    });
  }
  const refusal = whyNot(factsOf(call, tenant.country), config);
  if (refusal !== undefined) return await endWithout(context, run, refusal);
  const lines = linesOf(text, [tenant.country, ...config.redactCountries.split(' ')]);
  await commit({
    rows: async (rows) => {
      await setTexts(rows, run, lines);
      await setWriter(rows, run, { engine: '3cx', model: '', language: '' });
      await setState(rows, run, { state: 'ready' });
    },
    jobs: [job(publishTranscript, run, stepKey(run, 'publish')), ...proposal(context, run)],
    live: [changeOf(run.callId, clock.now())],
  });
});
