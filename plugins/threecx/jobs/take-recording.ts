import { type Changes, handle, job, type JobInput, PostponedError } from '@switchboard/core/contract';
import { createRecordings, type Recordings } from '../client/recordings.ts';
import { availableEvent } from '../recordings/announce.ts';
import { findCallOf, type RecordedCall } from '../recordings/find-call.ts';
import { holdAudio } from '../recordings/hold.ts';
import { findKept, keep, type KeptRecording } from '../recordings/kept.ts';
import type { Recording } from '../recordings/recording.ts';
import { pauseBefore, stepAfter } from '../recordings/text-times.ts';
import { noteConsent, readRecordingText, takeRecording as type, whenAllowed } from '../recordings/work.ts';
import type { Context } from '../services.ts';
import { whyNotRecorded } from '../whether.ts';
import { readOtherSide } from '../calls/other-side.ts';

const DAY_MS = 86_400_000;
/** The log of a call is read within a minute, and once more the night after. */
const PATIENCE_MS = 2 * DAY_MS;
/** A file may be complete minutes after its call. */
const FILE_LATE_MS = 10 * 60_000;
const SOON_MS = 30_000;
const LATER_MS = 10 * 60_000;

/** Keeps a recording with its call, by the rules of the tenant. Doing it twice changes nothing more. */
export const takeRecording = handle<Context, typeof type.payload>(type, async (context, payload, { signal }) => {
  const { recording, pbxDays } = payload;
  const { config, clock, services } = context;
  const { xapi } = services.pbx;
  const days = Math.min(config.recordingDays, pbxDays ?? Number.POSITIVE_INFINITY);
  const until = new Date(Date.parse(recording.startedAt) + days * DAY_MS);
  if (xapi === undefined || until.getTime() <= clock.now()) return;
  const party = readOtherSide(context)(recording.number, recording.direction);
  if (whyNotRecorded(party, config) !== undefined) return;
  const call = await findCallOf(context, recording);
  if (call === undefined) return await waitForCall(context, recording);
  await whenAllowed(async () => {
    await take(context, createRecordings(xapi), { recording, call, until }, signal);
  });
});

async function waitForCall(context: Context, recording: Recording): Promise<void> {
  const age = context.clock.now() - Date.parse(recording.endedAt);
  if (age < PATIENCE_MS) {
    throw new PostponedError('The call of this recording has no record yet', age < LATER_MS ? SOON_MS : LATER_MS);
  }
  const summary = `Recording ${recording.id} of extension ${recording.extension} belongs to no call that is known; it stays in 3CX.`;
  await context.commit({ notes: [{ direction: 'in', kind: 'recording', result: 'ignored', summary }] });
}

type Taking = { readonly recording: Recording; readonly call: RecordedCall; readonly until: Date };

async function take(
  context: Context,
  recordings: Recordings,
  { recording, call, until }: Taking,
  signal: AbortSignal,
): Promise<void> {
  const { config, crm, store } = context;
  const callId = crm.idFor('phoneCall', call.key);
  const known = await findKept(store, { callId, id: recording.id });
  const { isForbidden, isExternalOnly, queue } = await recordings.rules(recording.extension, call.queue, signal);
  const row: KeptRecording = known ?? {
    id: recording.id,
    callId,
    startedAt: recording.startedAt,
    endedAt: recording.endedAt,
    extension: recording.extension,
    audio: config.recordings === 'copy' ? 'held' : 'linked',
    mimeType: '',
    isTextAsked: false,
    consent: { forbidden: isForbidden, externalCallsOnly: isExternalOnly, queue },
    until: until.toISOString(),
  };
  const isNeeded = row.audio === 'held' || config.transcripts === 'hub';
  const { kept, keeps } = isNeeded ? await holdAudio(context, recordings, row, signal) : { kept: row, keeps: [] };
  if (kept.audio === 'gone' && context.clock.now() - Date.parse(recording.endedAt) < FILE_LATE_MS)
    throw new PostponedError('The file of this recording is not there yet', SOON_MS);
  const isDecided = config.transcripts !== '3cx-then-hub';
  const consent = job(noteConsent, { callId, callKey: call.key }, `${callId}/${recording.id}`);
  const looks = config.transcripts === 'hub' ? [] : firstLook(context, { recording, call }, callId);
  const changes: Changes = {
    store: [keep(kept)],
    keeps,
    events: isDecided ? [availableEvent(kept, config.transcripts === 'hub')] : [],
    jobs: [consent, ...looks],
    notes: known === undefined ? [{ direction: 'in', kind: 'recording', ...resultOf(kept), recordId: callId }] : [],
  };
  await context.commit(changes);
}

function resultOf({ id, extension, audio }: KeptRecording) {
  const of = `Recording ${id} of extension ${extension}`;
  if (audio === 'gone') return { result: 'ignored', summary: `${of}: the file is no longer in 3CX.` } as const;
  const where = audio === 'held' ? 'copied into the hub' : 'stays in 3CX';
  return { result: 'done', summary: `${of}: ${where}.` } as const;
}

function firstLook(context: Context, { recording, call }: Omit<Taking, 'until'>, callId: string): JobInput[] {
  const now = context.clock.now();
  const step = stepAfter(-1, recording.endedAt, now);
  const payload = { callId, recordingId: recording.id, recording, callKey: call.key, step };
  const pause = pauseBefore(step, recording.endedAt, now) ?? 0;
  return [job(readRecordingText, payload, `${callId}/${recording.id}/0`, pause)];
}
