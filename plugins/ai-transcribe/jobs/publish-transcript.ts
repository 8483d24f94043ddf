import { type Changes, event, handle, type Transcript, transcriptReady } from '@switchboard/core/contract';
import { transcriptAsMarkdown } from '../pipeline/markdown.ts';
import type { Context } from '../services.ts';
import { transcriptsOf } from '../store/read.ts';
import { publishTranscript as type, type Run, stepKey } from '../work.ts';

/** Shows a text on the record of its call, together with those of the call's other recordings, and tells everybody. */
export const publishTranscript = handle<Context, typeof type.payload>(type, async ({ tables, commit }, run) => {
  const transcripts = await transcriptsOf(tables, run.callId);
  const own = transcripts.find(({ recordingId }) => recordingId === run.recordingId);
  if (own === undefined) return;
  const ready = transcripts.filter(({ state }) => state === 'ready');
  await commit({ ...shownInCrm(run.callId, ready), events: [readyEvent(own, run)] });
});

function shownInCrm(callId: string, ready: readonly Transcript[]): Pick<Changes, 'writes'> {
  if (ready.length === 0) return {};
  const fields = {
    transcript: { markdown: transcriptAsMarkdown(ready) },
    transcriptLanguage: ready.find(({ language }) => language !== '')?.language ?? '',
  };
  return { writes: [{ object: 'phoneCall', id: callId, fields, lane: 'bulk' }] };
}

function readyEvent({ callId, recordingId, state, engine, language, seconds, lines }: Transcript, run: Run) {
  return event(
    transcriptReady,
    {
      callId,
      recordingId,
      isSilent: state === 'silent',
      engine,
      language,
      seconds,
      lines: lines.length,
      unclearLines: lines.filter((line) => line.state !== 'clear').length,
    },
    stepKey(run),
  );
}
