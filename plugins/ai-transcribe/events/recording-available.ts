import {
  type EventSubscription,
  type FileKeep,
  job,
  recordingAvailable,
  type StoredEvent,
} from '@switchboard/core/contract';
import type { z } from 'zod';
import type { Context } from '../services.ts';
import { addTranscript } from '../store/transcripts.ts';
import { changeOf } from '../topic.ts';
import { beginTranscript, stepKey, takeOverText } from '../work.ts';

type Available = z.output<typeof recordingAvailable.payload>;

/** A recording whose work has not ended by then will never be text. */
const KEPT_MS = 70 * 86_400_000;

/** A recording is there: either somebody has to write it down, or the telephone system does and its text is taken over. */
export const onRecording: EventSubscription<Context> = {
  type: recordingAvailable,
  async handle(context: Context, { payload }: StoredEvent<Available>) {
    const { callId, recordingId, file, mimeType, startedAt, agentExtension, wantsTranscript } = payload;
    if (!wantsTranscript && !context.services.takesOver) return;
    const name = { callId, recordingId };
    const engine = wantsTranscript ? '' : '3cx';
    await context.commit({
      keeps: wantsTranscript && file !== null ? [keptUntilDone(name, file, context.clock.now())] : [],
      rows: async (tables) => {
        const run = await addTranscript(tables, { ...name, file, mimeType, startedAt, agentExtension, engine });
        if (run === undefined) return {};
        const type = wantsTranscript ? beginTranscript : takeOverText;
        return {
          jobs: [job(type, { ...name, run }, stepKey({ ...name, run }))],
          live: [changeOf(callId, context.clock.now())],
        };
      },
    });
  },
};

type Name = { readonly callId: string; readonly recordingId: string };

/** Bytes that somebody borrowed for an hour are needed for as long as the work takes. */
export function keptUntilDone(name: Name, file: string, now: number): FileKeep {
  return { key: keepKey(name), file, until: new Date(now + KEPT_MS) };
}

export function keepKey({ callId, recordingId }: Name): string {
  return `${callId}/${recordingId}`;
}
