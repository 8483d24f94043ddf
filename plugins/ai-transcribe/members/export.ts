import {
  ConflictError,
  type MemberRoute,
  NotFoundError,
  queryOf,
  ForbiddenError,
  type Transcript,
} from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { transcriptsOf } from '../store/read.ts';
import { callFor, PERMISSION } from './call.ts';
import { asJson, asText, asVtt } from './formats.ts';

const formats = {
  txt: { type: 'text/plain; charset=utf-8', write: asText },
  vtt: { type: 'text/vtt; charset=utf-8', write: asVtt },
  json: { type: 'application/json; charset=utf-8', write: asJson },
} as const;

const asked = z.object({
  callId: z.uuid().toLowerCase(),
  recordingId: z.string().max(100),
  format: z.enum(['txt', 'vtt', 'json']),
});

/** A transcript as a file. Each is an entry of the audit log: what is on somebody's disk, nobody deletes any more. */
export const exportFile: MemberRoute<Context> = {
  method: 'GET',
  path: '/transcripts/file',
  summary: 'The transcript of a recording as a file (?callId=ID&recordingId=ID&format=txt|vtt|json)',
  permission: PERMISSION,
  async handle({ tables, commit }, request) {
    const { callId, recordingId, format } = queryOf(asked, request);
    if (!(await request.may('data.export')))
      throw new ForbiddenError('Your role may not export', {
        remedy: 'An administrator can give the role the permission "Export records".',
      });
    await callFor(request, callId);
    const transcript = (await transcriptsOf(tables, callId)).find((one) => one.recordingId === recordingId);
    if (transcript === undefined || transcript.state !== 'ready')
      throw new NotFoundError('There is no transcript of this recording');
    if (format === 'vtt' && !hasTimes(transcript))
      throw new ConflictError('The times of this transcript are not known', { remedy: 'Export it as text.' });
    const details = { recordingId, format };
    const subject = `phoneCall/${callId}`;
    await commit({ audit: [{ actor: request.member.email, action: 'transcript.exported', subject, details }] });
    const { type, write } = formats[format];
    const name = `transcript-${transcript.startedAt.slice(0, 10)}-${callId.slice(0, 8)}.${format}`;
    return {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
      body: write(transcript),
    };
  },
};

const hasTimes = ({ lines }: Transcript): boolean => lines.some(({ fromMs }) => fromMs !== undefined);
