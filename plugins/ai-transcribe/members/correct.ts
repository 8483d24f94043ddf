import {
  bodyOf,
  type Changes,
  ConflictError,
  ForbiddenError,
  job,
  type MemberRequest,
  type MemberRoute,
  NotFoundError,
  PayloadError,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { redact } from '../redact/redact.ts';
import type { Context } from '../services.ts';
import { type CorrectedLine, keepCorrection, lastCorrector, lockLine } from '../store/corrections.ts';
import { findTranscript } from '../store/transcripts.ts';
import { changeOf, clashOf } from '../topic.ts';
import { publishTranscript, stepKey } from '../work.ts';
import { callFor, mayCorrect, PERMISSION } from './call.ts';

const asked = z.object({
  callId: z.uuid().toLowerCase(),
  recordingId: z.string().max(100),
  number: z.number().int().nonnegative(),
  /** Of the line as the person saw it. */
  version: z.number().int().nonnegative(),
  text: z.string().max(4_000),
});

type Asked = z.output<typeof asked>;

/** A person knows better what was said. What the engine wrote is kept. */
export const correct: MemberRoute<Context> = {
  method: 'POST',
  path: '/transcripts/lines',
  summary: 'Corrects a line; what the engine wrote is kept. 409 with the line of now when somebody else was faster',
  permission: PERMISSION,
  async handle(context, request) {
    const wanted = bodyOf(asked, request);
    await callFor(request, wanted.callId);
    if (!(await mayCorrect(request))) throw notYours();
    const text = cleaned(wanted.text, context);
    if (text === '')
      throw new PayloadError('body.text: must not be empty', {
        field: 'body.text',
        remedy: 'Enter what was said, or leave the line as it is.',
      });
    const theirs = await correctLine(context, request, { ...wanted, text });
    return theirs === undefined
      ? { body: { corrected: true, text } }
      : await collided(context, request, wanted, theirs);
  },
};

/** @returns the line as somebody else has left it, when it is not the one that the person saw */
async function correctLine(
  context: Context,
  { member }: MemberRequest,
  { version, ...wanted }: Asked,
): Promise<CorrectedLine | undefined> {
  const { clock, commit } = context;
  const at = new Date(clock.now());
  let theirs: CorrectedLine | undefined;
  await commit({
    rows: async (tables): Promise<Changes | void> => {
      const row = await findTranscript(tables, wanted);
      const line = row?.state === 'ready' ? await lockLine(tables, wanted) : undefined;
      if (row === undefined || line === undefined) throw noLine();
      if (line.version !== version) return void (theirs = line);
      if (line.text === wanted.text && line.state === 'clear') return;
      const name = member.name || member.email;
      await keepCorrection(tables, line, { ...wanted, version, member: { id: member.id, name }, at });
      const run = { callId: wanted.callId, recordingId: wanted.recordingId, run: row.run };
      return {
        jobs: [job(publishTranscript, run, stepKey(run, `publish/${wanted.number}/${version + 1}`))],
        live: [changeOf(wanted.callId, at.getTime())],
        audit: [
          {
            actor: member.email,
            action: 'transcript.corrected',
            subject: `phoneCall/${wanted.callId}`,
            details: { recordingId: wanted.recordingId, line: wanted.number, version: version + 1 },
          },
        ],
      };
    },
  });
  return theirs;
}

/** Both hear of it: who came second gets the line of now, who was first is told that somebody else is at it. */
async function collided(context: Context, { member }: MemberRequest, wanted: Asked, theirs: CorrectedLine) {
  const { callId, recordingId, number } = wanted;
  const first = await lastCorrector(context.tables, wanted);
  if (first !== undefined && first.memberId !== member.id) {
    const clash = { callId, recordingId, number, by: member.name || member.email, memberId: first.memberId };
    await context.commit({ live: [clashOf(clash, context.clock.now())] });
  }
  const { code, message, remedy } = new ConflictError('Somebody has corrected this line meanwhile', {
    remedy: 'Look at the line as it is now, and save again if yours is better.',
  });
  return {
    status: 409,
    body: {
      error: { code, message, remedy },
      line: { number, text: theirs.text, version: theirs.version, by: first?.name ?? '' },
    },
  };
}

/** One line, without what PostgreSQL refuses, and without the numbers that are left out of every text. */
function cleaned(text: string, { tenant, config }: Pick<Context, 'tenant' | 'config'>): string {
  const plain = text.toWellFormed().replaceAll('\u0000', '').replaceAll(/\s+/g, ' ').trim();
  return redact([plain], [tenant.country, ...config.redactCountries.split(' ')])[0] ?? '';
}

function notYours(): ForbiddenError {
  return new ForbiddenError('Your role may not change transcripts', {
    remedy: 'An administrator can let the role edit the field "Transcript" of calls in Twenty under Settings, Roles.',
  });
}

function noLine(): NotFoundError {
  return new NotFoundError('There is no such line in a transcript that is ready', {
    remedy: 'Load the page again: the transcript was deleted, or is being made anew.',
  });
}
