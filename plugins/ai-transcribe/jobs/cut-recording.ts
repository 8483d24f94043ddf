import { handle, job, NotFoundError } from '@switchboard/core/contract';
import { AudioError } from '../audio/audio.ts';
import { openAudio } from '../audio/open-audio.ts';
import { ThreadError } from '../embedded/threads.ts';
import { factsOf } from '../pipeline/consent.ts';
import { endWith, endWithout } from '../pipeline/end.ts';
import { cut } from '../segments/cut.ts';
import { listen } from '../segments/listen.ts';
import { findSpeech } from '../segments/speech.ts';
import { waveformOf } from '../segments/waveform.ts';
import { speakersOf } from '../segments/speakers.ts';
import type { Context } from '../services.ts';
import { findUnderWay, setCuts, setState, type TranscriptRow } from '../store/transcripts.ts';
import { changeOf } from '../topic.ts';
import { cutRecording as type, type Run, stepKey, writeTranscript } from '../work.ts';

/** A file that breaks the threads so often is not tried again. */
const MOST_BREAKS = 3;

/** Listens once to the whole recording and notes who speaks when. */
export const cutRecording = handle<Context, typeof type.payload>(type, async (context, run, { signal, attempt }) => {
  const row = await findUnderWay(context.tables, run);
  if (row === undefined) return;
  try {
    await cutOne(context, run, row, signal);
  } catch (error) {
    if (error instanceof AudioError)
      return await endWithout(context, run, {
        state: 'failed',
        reason: error.problem,
        detail: `${error.message}. ${error.remedy}`,
      });
    if (error instanceof NotFoundError)
      return await endWithout(context, run, {
        state: 'failed',
        reason: 'gone',
        detail: 'its file is no longer there.',
      });
    if (error instanceof ThreadError && attempt >= MOST_BREAKS)
      return await endWithout(context, run, {
        state: 'failed',
        reason: 'engine',
        detail: 'listening to it hangs or breaks each time.',
      });
    throw error;
  }
});

async function cutOne(context: Context, run: Run, row: TranscriptRow, signal: AbortSignal): Promise<void> {
  const { files, crm, config, services, tenant } = context;
  const audio = await openAudio(await files.open(row.file ?? ''), { mimeType: row.mime_type });
  const { channels, seconds } = await listen(audio, services.threads, signal);
  const speech = findSpeech(channels);
  const facts = factsOf(await crm.get('phoneCall', run.callId), tenant.country);
  const speakers = speakersOf(speech.length, config.left, facts?.direction);
  const cuts = cut(speech);
  await context.commit({
    rows: async (tables) => {
      await setCuts(tables, { ...run, seconds, cuts, speakers, waveform: waveformOf(channels) });
      await setState(tables, run, { state: 'working' });
    },
    jobs: cuts.length === 0 ? [] : [job(writeTranscript, { ...run, round: 0 }, stepKey(run, 'write/0'))],
    live: [changeOf(run.callId, context.clock.now())],
  });
  if (cuts.length === 0) await endWith(context, run, 'silent');
}
