import { type Changes, handle, job, type JobInput } from '@switchboard/core/contract';
import type { z } from 'zod';
import { asMarkdown } from '../calls/record.ts';
import { mergeJob } from '../calls/merge-job.ts';
import { createRecordings, type Recordings, type RecordingText } from '../client/recordings.ts';
import { availableEvent } from '../recordings/announce.ts';
import { findCallOf } from '../recordings/find-call.ts';
import { holdAudio } from '../recordings/hold.ts';
import { findKept, keep, type KeptRecording, recordingsOf } from '../recordings/kept.ts';
import { ASKED_FROM_STEP, pauseBefore, stepAfter } from '../recordings/text-times.ts';
import { readRecordingText as type, whenAllowed } from '../recordings/work.ts';
import type { Context } from '../services.ts';

type Look = z.output<typeof type.payload>;

/** Takes over what 3CX has written down of a call, or has the hub write it down when 3CX had its time. */
export const readRecordingText = handle<Context, typeof type.payload>(type, async (context, look, { signal }) => {
  const { xapi } = context.services.pbx;
  if (xapi === undefined) return;
  await whenAllowed(async () => {
    const recordings = createRecordings(xapi);
    const texts = await textsOfCall(context, recordings, look, signal);
    const isThere = texts.get(look.recordingId)?.transcript.trim() !== '' && texts.has(look.recordingId);
    const text = isThere ? await textChanges(context, look, inOrder(texts)) : {};
    const next = isThere ? {} : await withoutText(context, recordings, look, signal);
    const told = isThere ? await announced(context, look) : {};
    await context.commit({ ...text, ...next, ...told });
  });
});

/** A call that was handed on has several recordings; its text is all of theirs. */
async function textsOfCall(
  { store }: Context,
  recordings: Recordings,
  { callId, recordingId }: Look,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, RecordingText>> {
  const others = (await recordingsOf(store, callId)).map(({ id }) => id);
  return await recordings.texts([...new Set([recordingId, ...others])].slice(0, 20), signal);
}

function inOrder(texts: ReadonlyMap<number, RecordingText>): RecordingText {
  const parts = [...texts].toSorted(([one], [other]) => one - other).map(([, text]) => text);
  const joined = (text: (part: RecordingText) => string) =>
    parts
      .map((part) => text(part).trim())
      .filter((part) => part !== '')
      .join('\n\n');
  return { transcript: joined(({ transcript }) => transcript), summary: joined(({ summary }) => summary) };
}

/** By way of the call, which knows the texts of other channels; where only its record is known, into that. */
async function textChanges(context: Context, { recording, callKey }: Look, text: RecordingText): Promise<Changes> {
  const call = await findCallOf(context, recording);
  if (call?.account !== undefined) return { jobs: [mergeJob(call.account, new Date(context.clock.now()), text)] };
  const fields = { transcript: { markdown: asMarkdown(text.transcript) }, summary: text.summary };
  return { writes: [{ object: 'phoneCall', key: callKey, fields }] };
}

async function announced({ config, store }: Context, { callId, recordingId }: Look): Promise<Changes> {
  const kept = await findKept(store, { callId, id: recordingId });
  return kept === undefined || config.transcripts !== '3cx-then-hub' ? {} : { events: [availableEvent(kept, false)] };
}

/** Looks again later, or hands the work to the hub. Where 3CX writes nothing by itself it is asked to, once. */
async function withoutText(
  context: Context,
  recordings: Recordings,
  look: Look,
  signal: AbortSignal,
): Promise<Changes> {
  const { config, clock, store } = context;
  const waitedMs = clock.now() - Date.parse(look.recording.endedAt);
  const known = await findKept(store, { callId: look.callId, id: look.recordingId });
  if (config.transcripts !== '3cx-then-hub' || waitedMs < config.transcriptWaitMinutes * 60_000)
    return { ...(await asked(context, recordings, look, known, signal)), jobs: nextLook(look, clock.now()) };
  if (known === undefined) return {};
  const { kept, keeps } = await holdAudio(context, recordings, known, signal);
  return { store: [keep(kept)], keeps, events: [availableEvent(kept, true)] };
}

async function asked(
  { log }: Context,
  recordings: Recordings,
  { step, recordingId }: Look,
  known: KeptRecording | undefined,
  signal: AbortSignal,
): Promise<Changes> {
  const mayAsk = known !== undefined && !known.isTextAsked && known.consent.forbidden !== true;
  if (!mayAsk || step < ASKED_FROM_STEP) return {};
  const isTaken = await recordings.transcribe([recordingId], signal);
  if (!isTaken) log.info({ recordingId }, '3CX does not write down recordings when asked');
  return { store: [keep({ ...known, isTextAsked: true })] };
}

function nextLook(look: Look, now: number): JobInput[] {
  const step = stepAfter(look.step, look.recording.endedAt, now);
  const pause = pauseBefore(step, look.recording.endedAt, now);
  if (pause === undefined) return [];
  return [job(type, { ...look, step }, `${look.callId}/${look.recordingId}/${step}`, pause)];
}
