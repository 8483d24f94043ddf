import {
  ForbiddenError,
  job,
  type MemberRequest,
  type MemberRoute,
  NotFoundError,
  PayloadError,
  type Reply,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { findKept, type KeptRecording, recordingsOf } from '../recordings/kept.ts';
import { partOf } from '../recordings/range.ts';
import { fetchRecording } from '../recordings/work.ts';
import type { Context } from '../services.ts';

/** A player asks for a file piece by piece; within this time that is one playback. */
const ONE_PLAYBACK_MS = 10 * 60_000;
/** A player that waits asks again and again; a new fetch is begun so often at most. */
const FETCH_AGAIN_MS = 10 * 60_000;

/** The recordings of a call. */
export const recordingList: MemberRoute<Context> = {
  method: 'GET',
  path: '/recordings',
  summary: 'The recordings of a call that the member may hear',
  permission: 'recordings.listen',
  async handle({ store }, request) {
    const callId = await callFor(request);
    return { body: { recordings: (await recordingsOf(store, callId)).map(shown) } };
  },
};

/** The audio of a recording, whole or in parts. What stayed in 3CX is fetched first: 202 until it is here. */
export const recordingAudio: MemberRoute<Context> = {
  method: 'GET',
  path: '/recordings/audio',
  summary: 'The audio of a recording; answers to Range',
  permission: 'recordings.listen',
  async handle(context, request) {
    const callId = await callFor(request);
    const kept = await findKept(context.store, { callId, id: Number(request.query.get('id')) });
    if (kept === undefined || Date.parse(kept.until) <= context.clock.now())
      throw noRecording('There is no such recording of this call');
    if (kept.audio === 'gone') throw noRecording('The telephone system does not have this recording any more');
    const file = kept.file === undefined ? undefined : await context.files.find(kept.file);
    if (file === undefined) return await fetched(context, kept);
    return await audio(context, request, kept, file);
  },
};

/** @throws ForbiddenError for a role that may not read recordings; NotFoundError for a call that the member does not see */
async function callFor({ query, crm }: MemberRequest): Promise<string> {
  const { data: callId } = z.uuid().safeParse(query.get('callId')?.toLowerCase());
  if (callId === undefined) {
    throw new PayloadError('query.callId: must be the id of a call', {
      field: 'query.callId',
      remedy: 'Send the id of the call as Twenty shows it.',
    });
  }
  if (!(await crm.sees('phoneCall', 'recordings'))) {
    throw new ForbiddenError('Your role may not hear recordings', {
      remedy: 'An administrator can give the role the field "Recordings" of calls in Twenty under Settings, Roles.',
    });
  }
  if ((await crm.get('phoneCall', callId)) === undefined) throw noRecording('There is no such call');
  return callId;
}

function shown({ id, startedAt, endedAt, extension, audio: where, consent, until }: KeptRecording): object {
  const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
  return { id, startedAt, seconds, extension, audio: where, consent, until };
}

async function fetched({ commit, clock }: Context, { callId, id }: KeptRecording): Promise<Reply> {
  const turn = Math.floor(clock.now() / FETCH_AGAIN_MS);
  await commit({ jobs: [job(fetchRecording, { callId, recordingId: id }, `${callId}/${id}/${turn}`)] });
  return { status: 202, headers: { 'retry-after': '2' }, body: { state: 'fetching' } };
}

async function audio(
  context: Context,
  request: MemberRequest,
  kept: KeptRecording,
  file: { readonly id: string; readonly bytes: number },
): Promise<Reply> {
  const part = partOf(request.headers['range'], file.bytes);
  if (part === 'none') return { status: 416, headers: { 'content-range': `bytes */${file.bytes}` } };
  await notePlayback(context, request, kept);
  const whole = { first: 0, last: file.bytes - 1 };
  const { first, last } = part === 'all' ? whole : part;
  return {
    status: part === 'all' ? 200 : 206,
    headers: {
      'content-type': kept.mimeType || 'audio/wav',
      'content-length': String(last - first + 1),
      'accept-ranges': 'bytes',
      ...(part === 'all' ? {} : { 'content-range': `bytes ${first}-${last}/${file.bytes}` }),
    },
    body: await context.files.open(file.id, { first, last }),
  };
}

/** Before the first byte goes, whatever part is asked for. */
async function notePlayback(
  { store, commit, clock }: Context,
  { member }: MemberRequest,
  kept: KeptRecording,
): Promise<void> {
  const key = `played/${kept.callId}/${kept.id}/${member.id}`;
  if ((await store.get(key)) !== undefined) return;
  const summary = `${member.name || member.email} played recording ${kept.id} of extension ${kept.extension}.`;
  await commit({
    store: [{ key, value: true, expiresAt: new Date(clock.now() + ONE_PLAYBACK_MS) }],
    notes: [{ direction: 'out', kind: 'recording', result: 'done', summary, recordId: kept.callId }],
    audit: [
      {
        actor: member.email,
        action: 'recording.listened',
        subject: `phoneCall/${kept.callId}`,
        details: { recordingId: kept.id, extension: kept.extension },
      },
    ],
  });
}

function noRecording(message: string): NotFoundError {
  return new NotFoundError(message, { field: 'query', remedy: 'Look at the call in Twenty again.' });
}
