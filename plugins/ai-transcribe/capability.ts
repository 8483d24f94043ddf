import { ConflictError, job, NotFoundError, type Transcription } from '@switchboard/core/contract';
import { keptUntilDone } from './events/recording-available.ts';
import type { Context } from './services.ts';
import { searchLines, transcriptsOf } from './store/read.ts';
import { findTranscript, restartTranscript } from './store/transcripts.ts';
import { changeOf } from './topic.ts';
import { beginTranscript, stepKey } from './work.ts';

type Wanted = Pick<Context, 'tables' | 'commit' | 'clock'>;

/** What the plugin offers to other plugins and to its own doors. */
export function createTranscription({ tables, commit, clock }: Wanted): Transcription {
  return {
    ofCall: async (callId) => await transcriptsOf(tables, callId),
    search: async (words, { limit } = {}) => await searchLines(tables, words, limit),
    async again(name) {
      const row = await findTranscript(tables, name);
      if (row === undefined) throw new NotFoundError('There is no transcript of this recording');
      const { file } = row;
      if (file === null || (row.state !== 'failed' && row.state !== 'refused'))
        throw new ConflictError('This transcript is there, on its way, or not of the hub', {
          remedy: 'Only what failed or was refused can be made again.',
        });
      await commit({
        keeps: [keptUntilDone(name, file, clock.now())],
        rows: async (rows) => {
          const run = await restartTranscript(rows, name);
          if (run === undefined) return {};
          return {
            jobs: [job(beginTranscript, { ...name, run }, stepKey({ ...name, run }))],
            live: [changeOf(name.callId, clock.now())],
          };
        },
      });
    },
  };
}
