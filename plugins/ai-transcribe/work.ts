import { defineJob } from '@switchboard/core/contract';
import { z } from 'zod';

const run = z.object({
  callId: z.uuid(),
  recordingId: z.string(),
  /** Of the transcript; a job of an earlier run does nothing. */
  run: z.number().int().positive(),
});

export type Run = z.output<typeof run>;

/** May it be made? */
export const beginTranscript = defineJob({ name: 'ai-transcribe.begin', payload: run, lane: 'bulk' });

/** Hears the recording and cuts it. Two hours take some two minutes. */
export const cutRecording = defineJob({ name: 'ai-transcribe.cut', payload: run, lane: 'bulk', timeoutMs: 1_800_000 });

/** Writes down what is open, as far as a round goes. */
export const writeTranscript = defineJob({
  name: 'ai-transcribe.write',
  payload: run.extend({ round: z.number().int().nonnegative() }),
  lane: 'bulk',
  timeoutMs: 1_200_000,
});

/** Tells what is ready. One after the other per call: the record shows all recordings of it. */
export const publishTranscript = defineJob({
  name: 'ai-transcribe.publish',
  payload: run,
  lane: 'bulk',
  serialize: ({ callId }) => callId,
});

/** Has a language model read a text that is ready. */
export const propose = defineJob({ name: 'ai-transcribe.propose', payload: run, lane: 'bulk', timeoutMs: 180_000 });

/** Looks whether the telephone system has written it down. */
export const takeOverText = defineJob({ name: 'ai-transcribe.take-over', payload: run, lane: 'bulk' });

/** Names one step of one run. */
export function stepKey({ callId, recordingId, run: number }: Run, step = ''): string {
  return `${callId}/${recordingId}/${number}/${step}`;
}
