import { type MemberRoute, NotFoundError, queryOf, type Transcript } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { transcriptsOf } from '../store/read.ts';
import { type SuggestionRow, suggestionsOf } from '../store/suggestions.ts';
import { findTranscript, waveformOf } from '../store/transcripts.ts';
import { callFor, mayCorrect, PERMISSION } from './call.ts';
import { noteReading } from './note-reading.ts';

/** What was said in a call, or what it waits for. */
export const read: MemberRoute<Context> = {
  method: 'GET',
  path: '/transcripts',
  summary:
    'What was said in the recordings of a call: lines with times and speakers, and the state of each (?callId=ID)',
  permission: PERMISSION,
  async handle(context, request) {
    const { callId } = queryOf(z.object({ callId: z.uuid().toLowerCase() }), request);
    await callFor(request, callId);
    const transcripts = await transcriptsOf(context.tables, callId);
    if (transcripts.some(({ lines }) => lines.length > 0))
      await noteReading(context, request, {
        action: 'transcript.read',
        subject: `phoneCall/${callId}`,
        details: { recordings: transcripts.map(({ recordingId }) => recordingId) },
      });
    const suggestions = await suggestionsOf(context.tables, callId);
    const [canCorrect, mayExport, mayMakeAgain] = await Promise.all([
      mayCorrect(request),
      request.may('data.export'),
      request.may('operations.manage'),
    ]);
    return {
      body: {
        transcripts: transcripts.map(shown),
        suggestions: suggestions.map(shownSuggestion),
        mayCorrect: canCorrect,
        mayExport,
        mayMakeAgain,
      },
    };
  },
};

/** JSON leaves out what is undefined; pages get null. */
function shown({ lines, ...transcript }: Transcript): object {
  return {
    ...transcript,
    lines: lines.map(({ correction, fromMs, toMs, confidence, ...line }) => ({
      ...line,
      fromMs: fromMs ?? null,
      toMs: toMs ?? null,
      confidence: confidence ?? null,
      correction: correction ?? null,
    })),
  };
}

function shownSuggestion({ run: _run, waitingSince: _since, decidedAt, ...suggestion }: SuggestionRow): object {
  return { ...suggestion, decidedAt: decidedAt?.toISOString() ?? null };
}

/** How loud a recording is, for a picture of it. Tells nothing of what is said, but who speaks when. */
export const waveform: MemberRoute<Context> = {
  method: 'GET',
  path: '/transcripts/waveform',
  summary: 'How loud each channel of a recording is, in steps from 0 to 255 (?callId=ID&recordingId=ID)',
  permission: PERMISSION,
  async handle({ tables }, request) {
    const name = queryOf(z.object({ callId: z.uuid().toLowerCase(), recordingId: z.string().max(100) }), request);
    await callFor(request, name.callId);
    const row = await findTranscript(tables, name);
    if (row === undefined) throw new NotFoundError('There is no transcript of this recording');
    const channels = await waveformOf(tables, name);
    return { body: { seconds: row.seconds, channels: channels.map((levels) => [...levels]) } };
  },
};
